"""`tuiyi knowledge`: check the data, see what is covered, search it as a caller would, show one fact, begin anew, and
look after what is published."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Annotated

import numpy as np
import typer
import yaml
from rich.console import Console

from api.conversations.desk_hours import LOCAL
from api.evaluation.questions import read_questions
from api.evaluation.training import cases_of, off_topic_cases
from api.impact.gate_vectors import make_gate_vectors
from api.releases.command_line import add_to
from api.settings import ROOT
from bot.wording import load_wording
from knowledge.check import Examined, examine
from knowledge.coverage import Coverage, coverage_of
from knowledge.embedding import BASIS, Embedder, brought_down, learn_basis
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import DATA, KnowledgeError, load_library
from knowledge.reference import Reference
from knowledge.scaffold import CannotCreate, create_province
from knowledge.subject import Subject
from knowledge.tuning import train, write

knowledge = typer.Typer(no_args_is_help=True, help="Check, search and show what the assistant knows.")
new = typer.Typer(no_args_is_help=True, help="Lay out the files of something new, to be filled in.")
knowledge.add_typer(new, name="new")
add_to(knowledge)
CASES = ROOT / "tests" / "data"
DEVELOPMENT = CASES / "questions" / "development"
OFF_TOPIC = CASES / "off_topic"
UTTERANCES = ROOT / "nlu" / "development" / "utterances.yml"
ASKING = frozenset(
    {"ask_policy", "explain_term", "ask_items", "ask_materials", "ask_source", "inform", "report_paper", "nlu_fallback"}
)
"""Intents whose messages a guide may answer; those of the others are answered by none."""
SHOWN = 8
COUNTED = ("items", "papers", "questions", "conditions", "combinations", "topics", " gaps", "staff", "facts")


@knowledge.command()
def check(
    hints: Annotated[bool, typer.Option("--hints", help="Show also what may be meant so.")] = False,
) -> None:
    """List every fault of knowledge/data with file and line, and every guide whose age needs a look; exit code 1 when
    there is a fault."""
    began, busy = time.perf_counter(), time.process_time()
    examined = examine(proofs=CASES if CASES.exists() else None)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    for fault in examined.faults:
        typer.echo(fault, err=True)
    for warning in examined.warnings:
        typer.echo(f"warning: {warning}", err=True)
    for hint in examined.hints if hints else ():
        typer.echo(f"hint: {hint}")
    if examined.library:
        _show_counts(examined, examined.library)
        _show_coverage(examined.library)
    found = f"{len(examined.faults) or 'No'} faults, {len(examined.warnings)} warnings, {len(examined.hints)} hints"
    typer.echo(f"{found}, {seconds:.2f} s ({busy:.2f} s of the processor).")
    if examined.faults or examined.library is None:
        raise typer.Exit(1)
    typer.echo(f"Release {examined.library.release}.")


@knowledge.command()
def coverage(guide: Annotated[str, typer.Option(help="A guide's id; all guides when left out.")] = "") -> None:
    """List each section of a guide with the facts that cite it, or the reason why none does."""
    found = [one for province in _library().provinces.values() for one in coverage_of(province)]
    if guide and guide not in [one.guide for one in found]:
        typer.echo(f"tuiyi: no sections of '{guide}'; there are {', '.join(one.guide for one in found)}.", err=True)
        raise typer.Exit(1)
    for one in found:
        if guide in ("", one.guide):
            typer.echo(f"== {_share(one)}")
            for section, facts in one.sections.items():
                typer.echo(f"{section.id} {section.title}: {', '.join(facts) or f'({section.unused})'}")


@knowledge.command()
def search(
    question: Annotated[str, typer.Argument(help="A question in everyday words.")],
    province: Annotated[str, typer.Option(help="The folder's name; all provinces when left out.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show what each signal adds.")] = False,
) -> None:
    """Show what a question resolves to, how sure that is, and what came near."""
    reference = Reference(_library())
    for one in _provinces(reference.library, province):
        resolver = reference.resolver(one)
        found = resolver.resolve(question, Subject())
        typer.echo(f"== {one.id}")
        if found.said:
            typer.echo(f"{found.said.say}\n   {found.said.complete}: {', '.join(found.said.ids)}")
        elif found.outside:
            typer.echo(f"outside: {found.outside.name}")
        typer.echo(f"   chance {found.found.chance:.2f}, release {reference.library.release}")
        for hit in found.found.hits[:SHOWN]:
            typer.echo(f"   {hit.share:5.2f}  {hit.entry.id}  {hit.entry.title}")
            if explain:
                parts = sorted(hit.parts.items(), key=lambda part: -abs(part[1]))
                typer.echo("          " + ", ".join(f"{name} {value:+.2f}" for name, value in parts))


@knowledge.command()
def embed(
    anew: Annotated[bool, typer.Option(help="Learn the directions anew, and every vector with them; minutes.")] = False,
) -> None:
    """Compute the vectors of texts that have none yet, and keep those of today's texts and no others."""
    reference = _with_meaning()
    texts, vectors = reference.texts, reference.vectors
    if anew:
        raw = Embedder().raw(texts)
        asked = reference.phrasings
        basis = learn_basis(raw[: len(asked.texts)], [asked.places(said) for said in asked.of_matter.values()])
        np.savez_compressed(BASIS, mean=basis["mean"], components=basis["components"])
        vectors.keep(texts, brought_down(raw, basis))
    else:
        vectors.add(vectors.missing(texts))
    vectors.save(texts)
    of_gate = make_gate_vectors(reference.library, load_wording(""), datetime.now(LOCAL))
    typer.echo(f"{len(texts)} vectors are kept, and {of_gate} of questions by which changes are judged.")


@knowledge.command()
def tune() -> None:
    """Train anew how much each signal of the ranking counts, on the development questions, the phrasings and what
    is said in a dialogue without asking anything."""
    reference = _with_meaning()
    cases = list(cases_of(read_questions(DEVELOPMENT), reference))
    messages = [
        line for name in ("chat", "injection") for line in (OFF_TOPIC / f"{name}.txt").read_text("utf-8").split("\n")
    ]
    messages += [one["text"] for one in yaml.safe_load(UTTERANCES.read_text("utf-8")) if one["intent"] not in ASKING]
    cases += off_topic_cases([one for one in messages if one], reference)
    write(train(reference.searches, reference.vocabulary, cases))
    typer.echo(f"The ranking is trained on {len(cases)} questions and the phrasings.")


@knowledge.command()
def show(fact: Annotated[str, typer.Argument(help="A knowledge id such as henan.paper.photo.")]) -> None:
    """Show one fact with its source and dates."""
    found = _library().facts.get(fact)
    if found is None:
        typer.echo(f"tuiyi: there is no fact '{fact}'; `tuiyi knowledge search` finds ids.", err=True)
        raise typer.Exit(1)
    Console().print_json(found.model_dump_json(by_alias=True, exclude_none=True))


@new.command()
def province(
    province_id: Annotated[str, typer.Argument(metavar="ID", help="The folder's name, such as hunan; it stays.")],
    region: Annotated[str, typer.Option(help="The province's code, six digits, such as 430000.")],
    title: Annotated[str, typer.Option(help="The title of its guide, where it is known already.")] = "",
) -> None:
    """Lay out a province: all its files with an explanation at every field, and its first cases."""
    try:
        written = create_province(DATA, CASES, province_id, region, title)
    except CannotCreate as error:
        typer.echo(f"tuiyi: {error}.", err=True)
        raise typer.Exit(1) from error
    for path in written:
        typer.echo(path.relative_to(ROOT))
    typer.echo("Fill in what `tuiyi knowledge check` lists. Until that is done, nothing starts with these data.")


def _library() -> Library:
    try:
        return load_library()
    except KnowledgeError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        raise typer.Exit(1) from error


def _with_meaning() -> Reference:
    reference = Reference(_library())
    if not reference.has_meaning:
        typer.echo("tuiyi: the embedding cannot run on this machine; do this on another.", err=True)
        raise typer.Exit(1)
    return reference


def _provinces(library: Library, name: str) -> list[ProvinceKnowledge]:
    if name and name not in library.provinces:
        typer.echo(f"tuiyi: no province '{name}'; there are {', '.join(library.provinces)}.", err=True)
        raise typer.Exit(1)
    return [library.provinces[name]] if name else list(library.provinces.values())


def _show_counts(examined: Examined, library: Library) -> None:
    typer.echo(" ".join(["province    ", *COUNTED]))
    for province in library.provinces.values():
        asked = (province.items, province.papers, province.questionnaire.questions)
        said = (province.topics, province.gaps, province.staff, list(province.facts()))
        ways = (examined.conditions[province.id], examined.combinations[province.id])
        counts = (*(len(one) for one in asked), *ways, *(len(one) for one in said))
        columns = [f"{count:>{len(head)},}" for head, count in zip(COUNTED, counts, strict=True)]
        typer.echo(" ".join([f"{province.id:12}", *columns]))


def _show_coverage(library: Library) -> None:
    for province in library.provinces.values():
        for one in coverage_of(province):
            typer.echo(_share(one))


def _share(one: Coverage) -> str:
    explained = sum(bool(section.unused) for section in one.sections)
    share = f"{one.used} of {len(one.sections)} sections cited ({one.percent:.0f} %)"
    return f"{one.guide}: {share}, {explained} left aside with a reason"


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(knowledge, name="knowledge")

"""`tuiyi knowledge`: check the data, search it as a caller would, and show one fact."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from knowledge.check import check as faults_of
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import KnowledgeError, load_library
from knowledge.reference import Reference
from knowledge.resolve import Subject

knowledge = typer.Typer(no_args_is_help=True, help="Check, search and show what the assistant knows.")
SHOWN = 8


@knowledge.command()
def check() -> None:
    """List every fault of knowledge/data with file and line; exit code 1 when there is one."""
    faults = faults_of()
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    library = load_library()
    table = Table("province", "items", "papers", "questions", "topics", "gaps", "facts")
    for province in library.provinces.values():
        counted = (province.items, province.papers, province.questionnaire.questions, province.topics, province.gaps)
        table.add_row(province.id, *(str(len(one)) for one in counted), str(len(list(province.facts()))))
    Console().print(table)
    typer.echo(f"No faults. Release {library.release}.")


@knowledge.command()
def search(
    question: Annotated[str, typer.Argument(help="A question in everyday words.")],
    province: Annotated[str, typer.Option(help="The folder's name; all provinces when left out.")] = "",
) -> None:
    """Show what a question resolves to, and what came near."""
    reference = Reference(_library())
    for one in _provinces(reference.library, province):
        resolver = reference.resolver(one)
        found = resolver.resolve(question, Subject())
        typer.echo(f"== {one.id}")
        if found.said:
            typer.echo(f"{found.said.say}\n   {found.said.complete}: {', '.join(found.said.ids)}")
        elif found.outside:
            typer.echo(f"outside: {found.outside.name}")
        for hit in resolver.near(question, SHOWN):
            typer.echo(f"   {hit.score:5.2f}  {hit.entry.id}  {hit.entry.title}")


@knowledge.command()
def show(fact: Annotated[str, typer.Argument(help="A knowledge id such as henan.paper.photo.")]) -> None:
    """Show one fact with its source and dates."""
    found = _library().facts.get(fact)
    if found is None:
        typer.echo(f"tuiyi: there is no fact '{fact}'; `tuiyi knowledge search` finds ids.", err=True)
        raise typer.Exit(1)
    Console().print_json(found.model_dump_json(by_alias=True, exclude_none=True))


def _library() -> Library:
    try:
        return load_library()
    except KnowledgeError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        raise typer.Exit(1) from error


def _provinces(library: Library, name: str) -> list[ProvinceKnowledge]:
    if name and name not in library.provinces:
        typer.echo(f"tuiyi: no province '{name}'; there are {', '.join(library.provinces)}.", err=True)
        raise typer.Exit(1)
    return [library.provinces[name]] if name else list(library.provinces.values())


def register(line: typer.Typer) -> None:
    """Adds the group."""
    line.add_typer(knowledge, name="knowledge")

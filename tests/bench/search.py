"""Times the search: `python -m tests.bench.search`, with sizes of a made-up country behind it (1000 10000 100000).

Processor time of this process on one core, so that neighbours on the machine count little; the clock's time beside it.
Questions are those of the development set. In the made-up country vectors come from hashes, that of the question too:
what the embedding takes for a question stands in the first table.
"""

from __future__ import annotations

import os

os.environ.update({"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable

from api.commands.knowledge import DEVELOPMENT
from api.evaluation.questions import read_questions
from knowledge.embedding import Embedder
from knowledge.loader import load_library
from knowledge.reference import Reference
from knowledge.signals import meant_text
from knowledge.subject import Subject
from knowledge.vectors import VectorStore
from tests.bench.country import ByHash, build, made_up
from tests.knowledge.builders import NoModel

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200
Asked = list[tuple[str, str]]
"""Province and question."""


def main() -> None:
    """Prints both tables."""
    library = load_library()
    questions = read_questions(DEVELOPMENT)
    asked = [(province, one.said) for province, group in questions.items() for one in group]
    asked = random.Random(1).sample(asked, QUESTIONS)  # noqa: S311, a fixed sample is wanted
    with_meaning = Reference(library)
    _say("five provinces, 1 question", "median ms", "p95 ms", "median by the clock")
    _say("resolve, with embedding", *_of_each(_resolving(with_meaning), asked))
    by_words = Reference(library, vectors=VectorStore({}, NoModel()))
    _say("resolve, by words alone", *_of_each(_resolving(by_words), asked))
    embedder = Embedder()
    _say("the embedding itself", *_of_each(lambda _, question: embedder.embed([question]), asked))
    _say("\nmade-up country, entries", "phrasings", "build s", "median ms", "p95 ms", "median by the clock")
    for size in map(int, sys.argv[1:] or map(str, SIZES)):
        _country(with_meaning, size, asked)


def _country(reference: Reference, size: int, asked: Asked) -> None:
    country = made_up(reference.library, reference.vocabulary, size)
    entries = list(country.entries)
    vectors = VectorStore({}, ByHash())
    vectors.add(vectors.missing(text for one in entries for text in (*one.phrasings, one.title, meant_text(one))))
    begun = time.process_time()
    searches = build(country, vectors)
    built = time.process_time() - begun
    mentions = {question: reference.vocabulary.find(question) for _, question in asked}
    chance = random.Random(2)  # noqa: S311, a fixed sample is wanted

    def search(_: str, question: str) -> object:
        return chance.choice(searches).rank(question, mentions[question])

    times = _of_each(search, asked)
    _say(f"{len(entries):,}", f"{sum(len(one.phrasings) for one in entries):,}", f"{built:.1f}", *times)


def _resolving(reference: Reference) -> Callable[[str, str], object]:
    provinces = reference.library.provinces
    return lambda province, question: reference.resolver(provinces[province]).resolve(question, Subject())


def _of_each(ask: Callable[[str, str], object], asked: Asked) -> Iterable[str]:
    """Median and 95th percentile of the processor time, and the median by the clock, in milliseconds."""
    ask(*asked[0])
    busy, passed = [], []
    for province, question in asked[1:]:
        begun, busy_before = time.perf_counter(), time.process_time()
        ask(province, question)
        busy.append(1000 * (time.process_time() - busy_before))
        passed.append(1000 * (time.perf_counter() - begun))
    return [f"{one:.1f}" for one in (statistics.median(busy), statistics.quantiles(busy, n=20)[-1])] + [
        f"{statistics.median(passed):.1f}"
    ]


def _say(first: str, *columns: str) -> None:
    print(f"{first:28}", *(f"{one:>12}" for one in columns), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()

"""Replies that speak of policy: text copied from the knowledge, with region, citations and knowledge ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from actions import paper_words
from actions.scope import Scope, place_told
from actions.talk import Talk
from bot.message import Citation, Reply
from knowledge import model
from knowledge.answers import Said
from knowledge.library import ProvinceKnowledge


def citations(province: ProvinceKnowledge, sources: Iterable[model.Source]) -> tuple[Citation, ...]:
    """The sources as channels show them, each place once."""
    return tuple(citation(province, source) for source in dict.fromkeys(sources))


def citation(province: ProvinceKnowledge, source: model.Source) -> Citation:
    """One source as channels show it."""
    guide = province.guide(source.guide)
    return Citation(
        guide=guide.id, title=guide.title, doc_no=guide.doc_no, section=source.section, valid_from=guide.valid_from
    )


def answer(talk: Talk, scope: Scope, province: ProvinceKnowledge, said: Said) -> Reply:
    """The first reply to a policy question. The rest is kept for 「更多」, the plain form for 「说简单点」."""
    said = paper_words.for_him(talk, province, said, scope.text)
    reply = _answer(talk, scope, province, said, None, beside=False)
    if not said.more:
        return reply
    return reply.model_copy(update={"text": reply.text + talk.library.phrase("there_is_more")})


def answer_beside(
    talk: Talk, scope: Scope, province: ProvinceKnowledge, said: Said, title: str | None, beside: bool
) -> Reply:
    """The same without the hint that there is more, to one question of several.

    title: what the question was about. beside: answers to others of the message stand before it.
    """
    return _answer(talk, scope, province, paper_words.for_him(talk, province, said), title, beside)


def _answer(
    talk: Talk, scope: Scope, province: ProvinceKnowledge, said: Said, title: str | None, beside: bool
) -> Reply:
    region = talk.library.region_of(province).short_name
    talk.keep_answer(province, said.sources, said.ids, said.more, said.simple, title, beside)
    return Reply(
        kind="answer",
        text=talk.library.phrase("answer", region=place_told(talk, replace(scope, province=province)), say=said.say),
        citations=tuple(dict.fromkeys((*citations(province, said.sources), *_forwarding(province, said)))),
        data={"completeness": said.complete, "region": region, "knowledge_ids": list(said.ids)},
    )


def _forwarding(province: ProvinceKnowledge, said: Said) -> tuple[Citation, ...]:
    """For callers from a city whose own document passes the province's guide on: that document beside the guide."""
    city = province.city
    if city is None or all(source.guide != city.forwards for source in said.sources):
        return ()
    return (citation(province, model.Source(guide=city.guide.id, section=city.section)),)

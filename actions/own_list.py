"""Answers what is asked of a whole list: which papers need not be brought, which only depend, what comes first."""

from __future__ import annotations

from collections.abc import Sequence

from actions import paper_words, questions, replies
from actions.scope import scope_of
from actions.show_result import first_step
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge import model
from knowledge.library import ProvinceKnowledge
from knowledge.situation import Situation


def asked_of_list(talk: Talk) -> ActionResult | None:
    """The reply, with the open question of a questionnaire behind it; None to any other message."""
    if talk.loop not in (None, "run_questionnaire"):
        return None
    province = scope_of(talk).province
    reply = _reply(talk, province) if province else None
    if reply is None:
        return None
    return questions.put_again(talk, reply) if talk.in_loop else talk.result(reply)


def _reply(talk: Talk, province: ProvinceKnowledge) -> Reply | None:
    situation = talk.own_situation(province)
    own = situation if situation and not situation.not_covered else None
    if own and talk.says("words_for_first_step"):
        tips = [tip for tip in own.tips if tip.begins]
        sources = [source for one in (*tips, *province.head.time_limits) for source in one.source]
        return _said(talk, province, "\n".join(first_step(talk, province, own)), sources)
    mentions = talk.knowledge.vocabulary.find(talk.ask.text)
    if not talk.says("words_for_which") or any(one.kind == "paper" and one.is_said for one in mentions):
        return None
    if talk.says("words_for_not_needed") and not talk.says("words_for_why"):
        return _not_needed(talk, province, own)
    if talk.says("words_for_depending") and talk.says("words_for_papers"):
        return _depending(talk, province, own)
    return None


def _not_needed(talk: Talk, province: ProvinceKnowledge, own: Situation | None) -> Reply:
    """What need not be brought and why; before his answers are known also what only depends on them."""
    say = talk.library.phrase
    if own:
        lines = [say("spared_line", name=one.name, reason=one.reason) for one in own.spared]
        sources = [source for one in own.spared for source in one.fact.source[:1]]
        text = say("spared_own", papers="\n".join(lines)) if lines else say("spared_none")
        return _said(talk, province, text, sources)
    named = [one for one in province.not_needed if one.when is None]
    depends = _dependent(province)
    parts = [say("spared_line", name=one.name, reason=one.reason) for one in named]
    text = say("spared_own", papers="\n".join(parts)) if parts else ""
    text += ("\n" if parts and depends else "") + (_conditions(talk, depends) if depends else "")
    return _said(talk, province, text or say("spared_none"), [one.source[0] for one in (*named, *depends)])


def _depending(talk: Talk, province: ProvinceKnowledge, own: Situation | None) -> Reply:
    """Which papers are only perhaps brought, each with what it depends on."""
    say = talk.library.phrase
    if not own:
        depends = _dependent(province)
        text = _conditions(talk, depends) if depends else say("none_depends")
        return _said(talk, province, text, [one.source[0] for one in depends])
    open_ones = [one for one in own.to_bring if not (one.certain or one.from_the_start)]
    lines = [say("spared_line", name=one.paper.name, reason=paper_words.reason(talk, one)) for one in open_ones]
    text = say("depending_own", papers="\n".join(lines)) if lines else say("none_depends")
    return _said(talk, province, text, [one.paper.source[0] for one in open_ones])


def _dependent(province: ProvinceKnowledge) -> list[model.Paper]:
    return [paper for paper in province.papers.values() if paper.when is not None and not paper.made_by_office]


def _conditions(talk: Talk, depends: Sequence[model.Paper]) -> str:
    say = talk.library.phrase
    lines = [say("depending_line", name=one.name, when=one.when_say) for one in depends]
    return say("depending", papers="\n".join(lines))


def _said(talk: Talk, province: ProvinceKnowledge, text: str, sources: Sequence[model.Source]) -> Reply:
    cited = list(sources) or list(province.questionnaire.source)
    region = talk.library.region_of(province).short_name
    ids = (f"{province.id}.questionnaire.{province.questionnaire.id}",)
    talk.keep_answer(province, cited, ids)
    return Reply(
        kind="answer",
        text=talk.library.phrase("answer", region=region, say=text),
        citations=replies.citations(province, cited),
        data={"completeness": "complete", "region": region, "knowledge_ids": list(ids)},
    )

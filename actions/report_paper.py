"""Ticks papers off in words: what the person has, what is missing and how to get it, and what he still needs."""

from __future__ import annotations

from collections.abc import Collection

from actions import answer_question, paper_words, replies, result_data
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge
from knowledge.model import Paper, Source
from knowledge.paper_talk import Listed, PaperState, Unclear, asks_what_is_left, heard, only_tells, says_lost
from knowledge.situation import Situation


async def report_paper(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `report_paper`. Without a list of his own the message is answered as a question."""
    talk = Talk(ask, services)
    return _ticked(talk) or answer_question.resolve(talk, scope_of(talk))


def told(talk: Talk) -> ActionResult | None:
    """The reply to who tells of papers of his own list, whatever Rasa understood: that one is lost, with whatever else
    the message asks, or what he has, when it asks nothing but what is left. Else None."""
    if talk.ask.intent == "change_answer":
        return None
    is_told = says_lost(talk.ask.text) or only_tells(talk.ask.text)
    return _ticked(talk, or_asked=False) if is_told else None


def ticked(talk: Talk, state: PaperState, paper_ids: list[str]) -> ActionResult:
    """The reply to who said which of several papers he meant."""
    province = talk.questionnaire_province
    situation = talk.own_situation(province) if province else None
    if province is None or situation is None:
        return talk.result(talk.reply("fallback", "choice_gone"))
    groups = paper_words.lines(talk, province, situation.to_bring)
    said = {group[0]: state for group in groups if group[0].id in paper_ids}
    talk.private.paper_states |= {paper.id: state for paper in said}
    return talk.result(_reply(talk, province, situation, groups, said))


def rest_asked(talk: Talk) -> Reply | None:
    """What is still missing of the own list, to who asks for it beside another thing; else None."""
    ticked = _ticked(talk) if asks_what_is_left(talk.ask.text) else None
    return ticked.replies[0] if ticked else None


def _ticked(talk: Talk, or_asked: bool = True) -> ActionResult | None:
    """What was said of the papers of the own list, noted and told; None when nothing was, or there is no list.

    or_asked: also when nothing was said but 「还差什么」.
    """
    province = talk.questionnaire_province
    situation = talk.own_situation(province) if province and not talk.in_loop else None
    if province is None or situation is None:
        return None
    groups = paper_words.lines(talk, province, situation.to_bring)
    said = heard(talk.ask.text, [_listed(talk, group) for group in groups], talk.knowledge.vocabulary)
    if not groups and or_asked and said.asks_rest:
        ask = talk.library.phrase("who_knows", ask=province.head.ask_whom)
        reply = talk.reply("notice", "no_papers_listed")
        return talk.result(reply.model_copy(update={"text": reply.text + ask}))
    if not groups or not (said.states or said.unclear or (or_asked and said.asks_rest)):
        return None
    told = {groups[position][0]: state for position, state in said.states.items()}
    unclear = []
    for one in said.unclear:
        missed = [groups[position][0] for position in one.positions if _is_missing(talk, groups[position][0])]
        told |= dict.fromkeys(missed, one.state) if one.found else {}
        unclear += [one] if not (one.found and missed) else []
    talk.private.paper_states |= {paper.id: state for paper, state in told.items()}
    expired = {groups[position][0].id for position in said.expired}
    reply = _reply(talk, province, situation, groups, told, expired)
    return talk.result(_asked_back(talk, reply, groups, unclear[0]) if unclear else reply)


def _is_missing(talk: Talk, paper: Paper) -> bool:
    return talk.private.paper_states.get(paper.id) == "missing"


def _asked_back(talk: Talk, reply: Reply, groups: list[tuple[Paper, ...]], unclear: Unclear) -> Reply:
    """The reply with the question which of several papers was meant."""
    say = talk.library.phrase
    meant = [groups[position][0] for position in unclear.positions]
    choices = [(paper.name, f"paper:{unclear.state}:{paper.id}") for paper in meant]
    choices.append((say("label_all_of_them"), f"paper:{unclear.state}:{','.join(paper.id for paper in meant)}"))
    text = "\n".join([reply.text, say("which_paper_meant", word=unclear.word)])
    return talk.offer(reply.model_copy(update={"text": text}), *choices)


def _listed(talk: Talk, group: tuple[Paper, ...]) -> Listed:
    """A line of the list by all its ids and the wider ones, such as 照片 for 两寸证件照片."""
    entries = [talk.library.entry("paper", paper.id) for paper in group]
    wider = [entry.kind_of for entry in entries if entry and entry.kind_of]
    label = "".join(f"{paper.name}{paper.spec or ''}" for paper in group)
    aliases = tuple(alias for entry in entries if entry for alias in entry.aliases)
    return Listed((*(paper.id for paper in group), *wider), label, aliases)


def _reply(
    talk: Talk,
    province: ProvinceKnowledge,
    situation: Situation,
    groups: list[tuple[Paper, ...]],
    told: dict[Paper, PaperState],
    expired: Collection[str] = (),
) -> Reply:
    sure = {one.paper.id for one in situation.papers if one.certain or one.from_the_start}
    missing = [paper for paper, state in told.items() if state == "missing"]
    helped = [
        _expired(talk, province, paper) if paper.id in expired else _how_to_get(talk, province, paper)
        for paper in missing
    ]
    parts = [_noted(talk, told, expired), *helped, _rest(talk, groups, sure)]
    sources: list[Source] = [source for paper in missing for source in _sources(paper, paper.id in expired)]
    sources = sources or [paper.source[0] for paper, *_ in groups]
    ids = [f"{province.id}.paper.{paper.id}" for paper, *_ in groups]
    talk.keep_answer(province, sources, ids)
    materials = [result_data.paper(talk, province, one) for one in situation.papers]
    return Reply(
        kind="materials",
        text="\n".join(part for part in parts if part),
        citations=replies.citations(province, sources),
        data={"materials": materials, "not_needed": [result_data.spared(province, one) for one in situation.spared]},
    )


def _noted(talk: Talk, told: dict[Paper, PaperState], expired: Collection[str]) -> str:
    """What was understood, so that a misunderstanding shows."""
    parts = []
    heard_as = {paper: "expired" if paper.id in expired else state for paper, state in told.items()}
    for state in ("have", "missing", "expired"):
        names = "、".join(paper.name for paper, said in heard_as.items() if said == state)
        if names:
            parts.append(talk.library.phrase(f"paper_{state}", names=names))
    return talk.library.phrase("papers_noted", papers="；".join(parts)) if parts else ""


def _how_to_get(talk: Talk, province: ProvinceKnowledge, paper: Paper) -> str:
    """Where a missing paper is got, as far as the guide says so; else who would know."""
    say = talk.library.phrase
    if paper.obtain is None:
        ask = say("who_knows", ask=province.head.ask_whom)
        return say("obtain_unstated", paper=paper.name) + ask
    ask = say("who_knows", ask=paper.obtain.ask) if paper.obtain.ask and paper.obtain.complete != "complete" else ""
    return say("obtain_line", paper=paper.name, say=paper.obtain.say) + ask


def _expired(talk: Talk, province: ProvinceKnowledge, paper: Paper) -> str:
    """That no guide speaks of a paper that is out of date; which other does as well, and who would know."""
    say = talk.library.phrase
    text = say("expired_unstated", paper=paper.name) + (paper.say if paper.or_instead else "")
    return text + say("who_knows", ask=paper.ask or province.head.ask_whom)


def _sources(paper: Paper, is_expired: bool) -> tuple[Source, ...]:
    if is_expired:
        return paper.source
    return paper.obtain.source if paper.obtain else ()


def _rest(talk: Talk, groups: list[tuple[Paper, ...]], sure: set[str]) -> str:
    """What is still to be had: first what is surely brought, apart from it what may be.

    sure: the ids of the papers that are surely brought.
    """
    say, states = talk.library.phrase, talk.private.paper_states
    open_ones = [group for group in groups if states.get(group[0].id) != "have"]
    wanted = [first.name for first, *others in open_ones if sure & {one.id for one in (first, *others)}]
    possible = [first.name for first, *_ in open_ones if first.name not in wanted]
    if not open_ones:
        return say("papers_complete")
    left = say("papers_left", count=len(wanted), names="、".join(wanted)) if wanted else say("papers_sure_complete")
    apart = say("papers_left_possible", count=len(possible), names="、".join(possible)) if possible else ""
    return left + apart

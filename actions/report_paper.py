"""Ticks papers off in words: what the person has, what is missing and how to get it, and what he still needs."""

from __future__ import annotations

from actions import answer_question, replies, result_data
from actions.contract import Ask, Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge
from knowledge.model import Paper, Source
from knowledge.paper_talk import Listed, PaperState, heard, says_lost
from knowledge.situation import Situation


async def report_paper(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `report_paper`. Without a list of his own the message is answered as a question."""
    talk = Talk(ask, services)
    return _ticked(talk) or answer_question.resolve(talk, scope_of(talk))


def lost(talk: Talk) -> ActionResult | None:
    """The reply to who has lost a paper of his own list, whatever else the message asks; else None.

    A word may mean several papers of the list (介绍信), where an answer speaks of one.
    """
    return _ticked(talk) if says_lost(talk.ask.text) else None


def _ticked(talk: Talk) -> ActionResult | None:
    """What was said of the papers of the own list, noted and told; None when nothing was, or there is no list."""
    province = talk.questionnaire_province
    situation = talk.own_situation(province) if province and not talk.in_loop else None
    if province is None or situation is None:
        return None
    groups = province.alternatives(one.paper for one in situation.papers)
    said = heard(talk.ask.text, [_listed(talk, group) for group in groups], talk.knowledge.vocabulary)
    if not groups or not (said.states or said.asks_rest):
        return None
    told = {groups[position][0]: state for position, state in said.states.items()}
    talk.private.paper_states |= {paper.id: state for paper, state in told.items()}
    return talk.result(_reply(talk, province, situation, groups, told))


def _listed(talk: Talk, group: tuple[Paper, ...]) -> Listed:
    """A line of the list by all its ids and the wider ones, such as 照片 for 两寸证件照片."""
    entries = [talk.library.entry("paper", paper.id) for paper in group]
    wider = [entry.kind_of for entry in entries if entry and entry.kind_of]
    label = "".join(f"{paper.name}{paper.spec or ''}" for paper in group)
    return Listed((*(paper.id for paper in group), *wider), label)


def _reply(
    talk: Talk,
    province: ProvinceKnowledge,
    situation: Situation,
    groups: list[tuple[Paper, ...]],
    told: dict[Paper, PaperState],
) -> Reply:
    sure = {one.paper.id for one in situation.papers if one.certain}
    missing = [paper for paper, state in told.items() if state == "missing"]
    parts = [_noted(talk, told), *(_how_to_get(talk, province, paper) for paper in missing), _rest(talk, groups, sure)]
    sources: list[Source] = [source for paper in missing if paper.obtain for source in paper.obtain.source]
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


def _noted(talk: Talk, told: dict[Paper, PaperState]) -> str:
    """What was understood, so that a misunderstanding shows."""
    parts = []
    for state in ("have", "missing"):
        names = "、".join(paper.name for paper, said in told.items() if said == state)
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

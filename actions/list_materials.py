"""Which papers to bring: the person's own list when the questionnaire is done, else the whole list with conditions."""

from __future__ import annotations

from actions import paper_words, replies
from actions.contract import Ask, Services
from actions.general_list import general_list
from actions.show_result import papers_reply
from actions.talk import Talk
from bot.message import ActionResult, Reply
from knowledge.library import ProvinceKnowledge
from knowledge.model import Paper


async def list_materials(ask: Ask, services: Services) -> ActionResult:
    """The action of the intent `ask_materials`. A question that names an item or a paper is answered as a question."""
    return general_list(Talk(ask, services), "materials", papers_of)


def papers_of(talk: Talk, province: ProvinceKnowledge) -> Reply:
    """The person's own papers when the questionnaire of this province is done, else the whole list."""
    own = talk.own_situation(province)
    return papers_reply(talk, province, own) if own and not own.not_covered else all_papers(talk, province)


def all_papers(talk: Talk, province: ProvinceKnowledge) -> Reply:
    """What everybody brings, how many more depend on the situation, and the way to the person's own list."""
    say = talk.library.phrase
    region = talk.library.region_of(province).short_name
    papers = list(province.papers.values())
    everybody = province.alternatives(paper for paper in papers if _is_for_all(paper))
    always = [say("either_or").join(paper.name for paper in group) for group in everybody]
    depends = [paper for paper in papers if paper.when is not None]
    text = (
        say("papers_for_all", region=region, count=len(always), papers="、".join(always))
        if always
        else say("papers_depend", region=region)
    )
    if depends:
        text += say("papers_by_situation", count=len(depends))
    made = [paper for paper in papers if paper.made_by_office and paper.for_window]
    text += "".join(say("paper_made_by_office", paper=paper.name, reason=paper.when_say) for paper in made)
    ids = [f"{province.id}.paper.{paper.id}" for paper in papers]
    warnings = province.list_warnings(paper.id for paper in papers)
    text += "".join(paper_words.not_yet_warned(talk, warnings))
    more = "".join(say("paper_when", paper=paper.name, when=paper.when_say) for paper in depends) or None
    sources = list(dict.fromkeys(paper.source[0] for paper in papers)) or list(province.questionnaire.source)
    sources += [source for gap in warnings for source in gap.source]
    ids += [province.fact_id("gap", gap.id) for gap in warnings]
    talk.keep_answer(province, sources, ids, more)
    data = {"completeness": "partial" if depends else "complete", "region": region, "knowledge_ids": ids}
    shown = replies.citations(province, sources)
    reply = Reply(kind="answer", text=text, citations=shown, data=data)
    choices = ((say("label_my_papers"), "start"), *(((say("label_more"), "more"),) if depends else ()))
    return reply if talk.in_loop else talk.offer(reply, *choices)


def _is_for_all(paper: Paper) -> bool:
    """Whether everybody brings a paper to the window."""
    return paper.when is None and paper.for_window and not paper.made_by_office

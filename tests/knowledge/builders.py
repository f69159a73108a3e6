"""A toy province, built in memory or written to a folder: small enough to see through, and no real policy in it.

The functions give plain data as it stands in the files; `province` and `library` make the typed objects of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge import model
from knowledge.calendar import Calendar
from knowledge.embedding import Embedder, NoEmbedding, Vectors
from knowledge.library import Library, ProvinceKnowledge
from knowledge.loader import DATA
from knowledge.reference import Reference
from knowledge.regions import Regions
from knowledge.vectors import VectorStore

Data = dict[str, Any]
CONTEXT = {"guides": ["toy-guide", "toy-annex"], "dates": {"from": "2024-01-01", "checked_on": "2024-02-01"}}


def is_yes(question_id: str) -> Data:
    """The condition that a question was answered with `yes`."""
    return {"question": question_id, "equals": "yes"}


def statement(say: str, **more: Any) -> Data:
    """Something that the toy guide says in section 一."""
    return {"source": "一", "say": say, **more}


def question(question_id: str, options: tuple[str, ...] = ("yes", "no"), **more: Any) -> Data:
    """A question whose options have their ids as labels, unless `options` is given anew in `more`."""
    shown = {"yes": "是", "no": "否"}
    return {
        "source": "二",
        "id": question_id,
        "text": f"{question_id}？",
        "options": [{"id": one, "label": shown.get(one, one)} for one in options],
        "why": "会影响材料。",
        "unsure": "到窗口问。",
        "stated": True,
        **more,
    }


def item(item_id: str, **more: Any) -> Data:
    """An item that is for everybody and of which the guide only says what it is."""
    possible = {"possible_say": "可能要办。"} if "when" in more else {}
    return {
        "source": "三",
        "id": item_id,
        "name": NAMES.get(item_id, item_id),
        "how": "apply",
        "department": "office",
        "when_say": "都要办",
        "next_step": "去窗口。",
        "aspects": {"overview": statement(f"{NAMES.get(item_id, item_id)}是一件事。")},
        **possible,
        **more,
    }


def paper(paper_id: str, *for_items: str, **more: Any) -> Data:
    """A paper of which the guide says neither form nor number."""
    depends = {"unless_say": "您不用带", "possible_say": "可能要带"} if "when" in more else {}
    return {
        "source": "四",
        "id": paper_id,
        "name": NAMES.get(paper_id, paper_id),
        "form": "unstated",
        "for_items": list(for_items),
        "when_say": "要办这一项",
        "say": f"要带{NAMES.get(paper_id, paper_id)}。",
        **depends,
        **more,
    }


def outcome(outcome_id: str, when: Data, say: str = "请到窗口问。") -> Data:
    """A sentence for the result."""
    return {"source": "二", "id": outcome_id, "when": when, "say": say}


def questionnaire(*questions: Data, **more: Any) -> Data:
    """A questionnaire of these questions."""
    return {
        "source": "二",
        "id": "toy",
        "title": "情形选择",
        "intro": "先问几句。",
        "questions": list(questions),
        **more,
    }


NAMES = {
    "reporting": "报到",
    "household": "落户登记",
    "card": "优待证",
    "half_one": "上半转移",
    "half_two": "下半转移",
    "letter": "部队介绍信",
    "proof": "注销证明",
    "photo": "照片",
}

HEAD: Data = {
    "id": "toy",
    "region": "410000",
    "guides": [
        {
            "id": name,
            "region": "410000",
            "title": title,
            "short_name": title,
            "doc_no": None,
            "issuers": [],
            "issued": None,
            "valid_from": "2024-01-01",
            "checked_on": "2024-02-01",
            "audience": "veteran",
        }
        for name, title in (("toy-guide", "玩具指南"), ("toy-annex", "玩具附件"))
    ],
    "service_names": ["玩具一件事"],
    "ask_whom": "玩具窗口",
}

CATALOGUE: dict[str, list[Data]] = {
    "items": [
        {"id": "reporting", "name": "报到", "aliases": ["报道"]},
        {"id": "household", "name": "落户登记", "aliases": ["落户", "上户口"], "hints": ["户口"]},
        {"id": "card", "name": "优待证", "aliases": ["优待卡"]},
        {"id": "transfer", "name": "关系转移", "aliases": ["转关系"]},
        {"id": "half_one", "name": "上半转移"},
        {"id": "half_two", "name": "下半转移"},
    ],
    "papers": [
        {"id": "letter", "name": "部队介绍信", "aliases": ["介绍信"]},
        {"id": "proof", "name": "注销证明"},
        {"id": "photo", "name": "照片"},
    ],
    "aspects": [
        {"id": "overview", "name": "是什么", "unstated": "没有介绍{item}。"},
        {"id": "materials", "name": "要带什么", "aliases": ["带什么", "要带"], "unstated": "没有写{item}要带什么。"},
        {"id": "time_limit", "name": "多久", "aliases": ["多久", "几天"], "unstated": "没有写{item}要多久。"},
        {"id": "where", "name": "在哪办", "aliases": ["在哪办", "去哪"], "unstated": "没有写{item}在哪办。"},
        {"id": "cost", "name": "费用", "aliases": ["收费", "要钱"], "unstated": "没有写{item}收不收费。"},
        {"id": "necessity", "name": "要不要", "aliases": ["要不要"], "unstated": "没有写{item}要不要。"},
        {"id": "form", "name": "原件", "aliases": ["原件", "复印件", "几份"], "unstated": "没有写{item}的样式。"},
    ],
    "departments": [{"id": "office", "name": "玩具局", "aliases": ["老局"]}],
    "terms": [{"id": "matter", "name": "一件事", "plain": "打包办。"}],
    "outside": [{"id": "trains", "name": "坐车优惠", "aliases": ["坐火车"], "ask": "火车站"}],
    "statuses": [{"id": "done", "name": "办结", "say": "办好了。", "next_step": "不用做什么。", "is_final": True}],
}

PHRASES = {
    "either_or": "或者",
    "who_knows": "问{ask}。",
    "for_whom": "（只说{whom}）",
    "who_knows_number": "打{ask}。",
    "whole_service": "整件事",
    "form_original": "要原件",
    "form_copy": "要复印件",
    "form_electronic": "要电子版",
    "form_count": "{count} 份",
    "form_known": "{name}：{parts}。",
    "form_unknown": "没有写{name}的样式。",
    "item_papers": "办{item}带：{papers}。",
    "item_papers_all_depend": "办{item}看情况。",
    "item_papers_depend": "另有 {count} 样：{papers}。",
    "paper_when": "{paper}：{when}才要。",
    "form_field": "“{field}”：{say}",
    "title_item_aspect": "{item}：{aspect}",
    "title_item_papers": "{item}要带什么",
    "title_paper": "{paper}要不要带",
    "title_obtain": "{paper}怎么开",
    "title_field": "“{field}”怎么填",
}


def plain_questionnaire() -> Data:
    """Four questions: one decides who is covered, one is only asked after another."""
    return questionnaire(
        question("covered"),
        question("cancelled"),
        question("from_elsewhere", ask_when=is_yes("cancelled")),
        question("wants_card"),
        not_covered=[outcome("gone", {"question": "covered", "equals": "no"})],
    )


def plain_items() -> list[Data]:
    """报到 for all, 落户 after it when the household was cancelled, 优待证 after that for who wants it."""
    return [
        item("reporting", number=1),
        item("household", number=2, when=is_yes("cancelled"), after=["reporting"]),
        item("card", number=3, when=is_yes("wants_card"), after=["household"]),
    ]


def plain_papers() -> list[Data]:
    """介绍信 always, 注销证明 for who comes from elsewhere, 照片 for the card."""
    return [
        paper("letter", "reporting"),
        paper("proof", "household", when=is_yes("from_elsewhere")),
        paper("photo", "card"),
    ]


def province(
    items: list[Data] | None = None,
    papers: list[Data] | None = None,
    asked: Data | None = None,
    not_needed: tuple[Data, ...] = (),
    **groups: list[Data],
) -> ProvinceKnowledge:
    """A typed province. `groups`: topics, gaps, notices, portals, as lists of plain data; form as a list of one."""

    def typed(shape: type[Any], content: Data) -> Any:
        return shape.model_validate(content, context=CONTEXT)

    listed = papers if papers is not None else plain_papers()
    shown = typed(model.Papers, {"papers": listed, "not_needed": list(not_needed)})
    found = [typed(model.Item, one) for one in (items if items is not None else plain_items())]
    topics = typed(model.Topics, {"topics": groups.get("topics", [])}).topics
    gaps = typed(model.Gaps, {"gaps": groups.get("gaps", [])}).gaps
    forms = [typed(model.Form, one) for one in groups.get("form", [])]
    return ProvinceKnowledge(
        head=typed(model.Province, HEAD),
        folder=Path("toy"),
        items={one.id: one for one in found},
        papers={one.id: one for one in shown.papers},
        not_needed=shown.not_needed,
        questionnaire=typed(model.Questionnaire, asked or plain_questionnaire()),
        topics={one.id: one for one in topics},
        gaps={one.id: one for one in gaps},
        notices=typed(model.Notices, {"notices": groups.get("notices", [])}).notices,
        portals=typed(model.Portals, {"portals": groups.get("portals", [])}).portals,
        form=forms[0] if forms else None,
    )


def library(*provinces: ProvinceKnowledge, **catalogue: list[Data]) -> Library:
    """A library of these provinces. `catalogue` replaces a list of the toy catalogue, such as `items`."""
    words = model.Catalogue.model_validate({**CATALOGUE, **catalogue})
    return Library(words, PHRASES, {one.id: one for one in provinces}, _regions(), _calendar(), "toy release")


@cache
def _regions() -> Regions:
    """The real places: they are no policy."""
    return Regions.load()


@cache
def _calendar() -> Calendar:
    """The real days off: they are no policy."""
    return Calendar.load()


def files() -> Data:
    """The toy data as files: path below the data folder, and content."""
    national = {f"national/{name}.yaml": {"entries": entries} for name, entries in CATALOGUE.items()}
    items = {f"provinces/toy/items/{one['id']}.yaml": one for one in plain_items()}
    return {
        **national,
        "national/phrases.yaml": {"phrases": PHRASES},
        "provinces/toy/province.yaml": HEAD,
        **items,
        "provinces/toy/papers.yaml": {"papers": plain_papers()},
        "provinces/toy/questionnaire.yaml": plain_questionnaire(),
    }


class _Dumper(yaml.CSafeDumper):
    """Writes a value out wherever it stands, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write_data(folder: Path, changes: Data | None = None) -> Path:
    """Write the toy data with changes by path: text is written as it is, None leaves the file out."""
    for name, content in {**files(), **(changes or {})}.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (
            content
            if isinstance(content, str)
            else yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
        )
        path.write_text(text, encoding="utf-8")
    for name in ("regions.csv", "region_aliases.yaml", "calendar.csv"):
        if not (folder / "national" / name).exists():
            (folder / "national" / name).symlink_to(DATA / "national" / name)
    return folder


class NoModel(Embedder):
    """A machine on which the embedding cannot run, so that toy texts need no vectors."""

    def raw(self, texts: list[str]) -> Vectors:
        raise NoEmbedding("not here")


def reference_of(known: Library) -> Reference:
    """What can be asked about a library, by words alone."""
    return Reference(known, vectors=VectorStore({}, NoModel()))

"""Papers that a question names and that no guide knows, 无犯罪记录证明, or only the guide of another province.

Nothing is like such a paper but another paper, and what a guide says of another must not be answered for it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

import rjieba

from knowledge.entries import Entry
from knowledge.vocabulary import Mention

HEADS = (
    "证", "证书", "证件", "证明", "证明书", "证明信", "通知书", "批准书", "委托书", "协议书", "承诺书", "介绍信",
    "登记表", "申请表", "审批表", "鉴定表", "体检表", "审核表", "报告单", "发放单", "执照", "合同", "收据", "发票",
)  # fmt: skip
"""What the name of a paper ends in."""
_HEAD = re.compile("|".join(sorted(HEADS, key=len, reverse=True)))
_NAMING = re.compile(r"[\u4e00-\u9fff]{2,}")
_NO_PART_OF_A_NAME = frozenset((
    "需要", "还要", "不要", "是否", "可以", "能否", "必须", "没有", "带上", "携带", "提供", "准备", "上交", "提交",
    "出示", "办理", "办个", "开个", "开具", "那个", "这个", "什么", "哪些", "哪个", "原件", "复印件", "电子版",
    "纸质", "一张", "一份", "自己", "本人", "我们", "他们", "你们", "有没有", "要不要", "带不带", "用不用", "还得",
    "光有", "只有", "有个", "拿着", "已经", "现在", "以前", "之前", "以后", "落户", "报到", "申请", "户口", "时候",
    "如果", "因为", "但是", "就是", "不是", "还是", "或者", "以及", "的话", "相关", "有关", "其他", "别的", "两个",
    "三个", "几个", "所有", "全部", "这些", "那些", "补办", "补开", "丢失", "过期", "新的", "旧的", "老家", "咱们",
    "家里", "当地",
))  # fmt: skip
"""Words that stand before the name of a paper in a question and belong to no name."""
_VERBS = "要带开交办没用拿补到去有就还"
_NO_NAME = re.compile(r"[不哪啥么几样个种封张份堆要完那只多新怎发]")
"""What stands in no name of a paper but in the talk around one: 两样证, 发不发证书."""
MOST_PARTS = 2
_KINDS = ("paper", "item", "term")
OF_A_PAPER = ("paper", "paper_obtain", "not_needed")
COVERED = 0.5
"""A known word that covers so much of the name makes it a name that is known."""


def strange_paper(question: str, mentions: Sequence[Mention]) -> str | None:
    """The name of the first paper in a question that no word of the knowledge covers; None without one."""
    known = [set(range(one.start, one.end)) for one in mentions if one.is_said and one.kind in _KINDS]
    for head in _HEAD.finditer(question):
        before = _parts_before(question[: head.start()])
        place = set(range(head.start() - len(before), head.end()))
        if (
            before
            and not _NO_NAME.search(before)
            and not any(len(one & place) >= COVERED * len(place) for one in known)
        ):
            return before + head.group()
    return None


def paper_of_elsewhere(mentions: Sequence[Mention], here: Container[str]) -> Mention | None:
    """Where a question first names a paper that is none of this province's; None when it names none or own ones alone.

    here: the ids of the papers that this province's guide knows.
    """
    said = [one for one in mentions if one.is_said and one.kind == "paper"]
    own = [set(range(one.start, one.end)) for one in said if one.id in here]
    foreign = [one for one in said if one.id not in here]
    return next((one for one in foreign if not any(span >= set(range(one.start, one.end)) for span in own)), None)


def _parts_before(text: str) -> str:
    """The words right before the end of a name that belong to it."""
    parts: list[str] = []
    for word in reversed(rjieba.cut(text)):
        is_part = _NAMING.fullmatch(word) and word not in _NO_PART_OF_A_NAME and word[0] not in _VERBS
        if not is_part or len(parts) == MOST_PARTS:
            break
        parts.insert(0, word)
    return "".join(parts)


def names(entry: Entry, paper: str) -> bool:
    """Whether the words of an entry have the name of a paper in them."""
    return any(paper in text for text in (entry.title, entry.text, *entry.phrasings))


def are_of_a_kind(name: str, other: str) -> bool:
    """Whether two names of papers end in the same word, so that who asks for one is helped by the other: two photos."""
    return name[-2:] == other[-2:]


def is_of_another(entry: Entry, paper: str) -> bool:
    """Whether an entry is about a paper, and not about this one."""
    return entry.kind in OF_A_PAPER and not names(entry, paper)

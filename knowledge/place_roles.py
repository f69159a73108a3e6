"""What each place of a sentence is to the person: where he settles, what he asks about, his home, or only some past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from knowledge.hearsay import heard_of
from knowledge.regions import Region, RegionMention

Part = Literal["settled", "asked", "own", "home", "there", "elsewhere"]
"""there: he only says that he is in that place."""

_STOP = re.compile(r"[\s，。；！？、,;!?（）()]+")
_HERE = r"(?:省|市|县|区|的|话|里|那里|这里|[这那][边儿])*"
_SETTLING = re.compile(
    r"""
    (?: 安置|落户|落|迁|调|分配|安排|报[到道]|接收|转业|复员|转|返|去向
      | (?<![一二两三几每来这那])回(?!复|答|执|单|访) )
    (?: 户口|老家|原籍|手续|工作|通知书|介绍信|单位|地点?|的地方 )*
    (?: 已经|现在|都|就|要|想|准备|打算|定下来|上|里|我|给|开 )*
    (?: 写|填|定|选|分|批|改 )? 的? (?: 是|为|成 )? (?: 在|到|往|于|回|去|进|了|给|来 )* [:：]? $
    | (?: 换|改|变 )(?: 成|到|为|去|回 )+ $
    """,
    re.VERBOSE,
)
_SETTLING_AFTER = re.compile(_HERE + r"(?:本地|当地)?(?:安置|落户|落脚|报[到道]|接收)(?!办公室|部门)")
_CARRIED = re.compile(r"社保|医保|养老|保险|档案|关系|学籍|公积金|介绍信")
"""What is moved from place to place without him: 医保转到广东去了."""
_DENIED = re.compile(r"(?:不|没|没有|未|别|不是|不想|不用)(?:再|想|要|准备|打算|是|去|会|能)*[^，。不没]{0,4}$")
_NOT_THERE = re.compile(r"(?<![是要能])(?:不|没|别)(?:想|要|是|准备|打算)?[在回去到]$")
_OTHERS = (
    "老婆|媳妇|爱人|妻子|老公|丈夫|对象|女朋友|男朋友|未婚妻|岳父|岳母|丈人|战友|朋友|同学|班长|连长|队友|亲戚|家属|"
    "儿子|女儿|孩子|娃儿?|弟弟?|哥哥?|姐姐?|妹妹?|叔叔?|舅舅?|姑姑|姨|爸爸?|妈妈?|父亲|母亲|父母|爹|娘"
)
_OF_OTHERS = re.compile(rf"(?P<who>{_OTHERS})(?:家|那边|他|她|人|现在|目前|户口|老家|娘家|也|都|是|在|住|的|嫁|个)*$")
_ELSEWHERE_BEFORE = re.compile(
    r"(?:从|由|离开|驻扎?在?|(?:原|以前|之前|原先|早先|前几年|过去|入伍前|当兵前|参军前|退伍前)(?:来|是|都|我|他|就)*(?:在|住|到)?|"
    r"(?:服役|当兵|部队|驻地)(?:是|驻)?在?|人(?:还|现在|目前|现)*在|住在?|"
    r"(?:为什么|为啥|怎么|咋)(?:又|老|总)*(?:是|成了?|说|按))$"
)
_PAPERS = (
    r"(?:老|旧|原来|以前)*(?:社保|医保|养老|保险|公积金|身份证|居住证|户口|户籍|档案|学籍|驾照|党员|团员|组织关系|残疾|优待)"
    r"(?:卡|本|证|金|保险|关系|那边)*"
)
_ELSEWHERE_AFTER = re.compile(
    rf"""
    {_HERE} (?: (?:工?厂|公司|单位|工地|部队|大学|学院|高中|中学|学校|老社保卡|那张|这张|那本|那段|那几年|那时候?)
              | [^，。；！？\s]{{0,5}}? (?: 交|参|缴|办|领|发|买|念|读|上|当|服|住|待|呆|干|做|生|长|结|销|注销 )
                (?: 过|的(?!地方|窗口|时候要)|了(?!没) )
              | 打工|务工|修路|旅游|旅行|(?<!的)(?:培训|学习)|看病|住院|探亲|带娃|陪读|跑车|开店|实习|考试|过年
              | 上班|工作|当兵|服役|读书|念书|上学|出生|长大|结婚|买房|租房|做生意|出差|居住|暂住|[待呆]着
              | {_PAPERS} [^，。；！？\s]{{0,5}}? (?: 转(?:过|回|来|到|进|入|走)|(?:[要能用]不[要能用]|可不可以)转|
                接(?!续)|能用|用不|作废|换(?!发|领|证)|带过来|合|并|算不算|能算|退|停|断|取出|注销) )
    """,
    re.VERBOSE,
)
_ASKED_AFTER = re.compile(
    rf"{_HERE}(?:呢|怎么|咋|如何|规定|政策|指南|要求|是不是|要不要|要(?:带|几|多|啥|什么|哪)|几天|多久|多少)|"
    rf"{_HERE}(?:这个|这儿)?(?:一件事)?(?:[给可能]不?[可能给]?(?:以|不可以)?(?:帮我)?办|有没有份)|"
    rf"{_HERE}(?:的)?(?:户口|户籍)(?:登记)?(?:几|多|怎|咋|要|能|可|有|去哪|呢)|{_HERE}退役军人(?:怎|要|能|可|有)"
)
_ASKED_BEFORE = re.compile(r"(?:按照?|依照?|问(?:的|一下|下)*是?|那么?|看看?|查查?|要是在?|如果在?|假如在?)$")
_DONE_THERE = re.compile(rf"{_HERE}(?:这?些?事?)?(?:办(?![过的了])|申请(?![过的了])|申报(?![过的了]))")
_BEING_THERE = re.compile(r"(?<!安置)(?<!落户)(?<!户口)(?<!户籍)(?<!老家)(?<!家)(?:在|去|跑到|待在|跑)$")
_BUSINESS = (
    r"办|报|退|安置|落户|户|接|档案|社保|医保|养老|身份|优待|证|卡|补|申|领|交|缴|登|怎|咋|如何|要|能|可|行|得|是|有|的|"
    r"呢|吗|这|那|一件事|窗口|政策|规定|当地|本地|哪|参|灵活|就业|预备|转|开|激活|换|注销|恢复|查|问|还是|和|跟|或|给|算|啊|吧|呀|哈|了"
)
_BUSY_THERE = re.compile(rf"{_HERE}(?!{_BUSINESS})[^\s]{{2,}}")
"""What somebody does in a place beside the matters of the service: 在新疆修路回不来."""
_OWN_BEFORE = re.compile(r"^(?:那|我就?|咱|俺|他|她|们|本人|是|就是|属于|算|都|也|对|嗯)*$")
_SAYS_OWN = re.compile(r"[我俺咱](?:就|其实|本来)?是$")
_OWN_AFTER = re.compile(rf"{_HERE}[呀啊哦呢哈嘞]?$")
_OF_HIMSELF = re.compile(r"(?<![诉给帮跟替教])我(?!们$)|俺(?!们?$)|咱(?!们?$)|他|她|本人|原|老家")
_HELD_UP: tuple[Part | None, ...] = ("asked", "home", None)
"""What a place may seem to be that is only held up beside his own."""
_EITHER = re.compile(r"[^，。；！？?]{0,6}(?:还是|或者?)[^，。；！？?]{0,4}")


def parts_of(text: str, mentions: Sequence[RegionMention], veteran: str | None = None) -> list[Part | None]:
    """The part of each place; None where the words tell none, as of a place that is named at the head of a question.

    veteran: how the one was called for whom somebody else asks; what is said of him is said of the person.
    """
    parts: list[Part | None] = []
    heard = heard_of(text, mentions, veteran)
    for number, mention in enumerate(mentions):
        start = mentions[number - 1].end if number else 0
        end = mentions[number + 1].start if number + 1 < len(mentions) else len(text)
        before = _STOP.split(text[start : mention.start].rstrip(" 　:："))[-1]
        came_from = (
            bool(parts) and parts[-1] == "elsewhere" and text[: mentions[number - 1].start].endswith(("从", "由"))
        )
        after = _STOP.split(text[mention.end : end])[0]
        if heard[number] == "heard":
            parts.append("elsewhere")
        elif came_from and re.fullmatch(r"[^，。；！？\s]{0,3}[到去至]|搬到|来到?", before):
            parts.append("settled")
        else:
            part = _part(before, after, mention, veteran)
            parts.append("elsewhere" if heard[number] and part in _HELD_UP else part)
    return parts


def meant_place(mention: RegionMention) -> Region | None:
    """The place of a mention; of several with the name the province that holds them, where one does."""
    return mention.regions[0] if mention.certainty == "exact" else mention.province


def is_either(text: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether two places are put to choice: 莆田还是福州."""
    pairs = pairwise(mentions)
    return any(_EITHER.fullmatch(text[one.end : other.start]) for one, other in pairs)


def _part(before: str, after: str, mention: RegionMention, veteran: str | None) -> Part | None:
    settling = _SETTLING.search(before)
    if settling and _DENIED.search(before[: settling.start()]):
        return "elsewhere"
    if settling and not _CARRIED.search(before) and not re.match(r"打工|上班|出差|看病|探亲", after):
        return "settled"
    related = _OF_OTHERS.search(before)
    if (related and related["who"] != veteran) or _ELSEWHERE_BEFORE.search(before):
        return "elsewhere"
    if _NOT_THERE.search(before):
        return "elsewhere"
    if _SETTLING_AFTER.match(after):
        return "settled"
    if _ELSEWHERE_AFTER.match(after):
        return "elsewhere"
    if _BEING_THERE.search(before) and _BUSY_THERE.match(after):
        return "elsewhere"
    if (before.endswith("在") and _DONE_THERE.match(after)) or _ASKED_BEFORE.search(before):
        return "asked"
    if not _OF_HIMSELF.search(before) and _ASKED_AFTER.match(after):
        return "asked"
    if (_OWN_BEFORE.match(before) or _SAYS_OWN.search(before)) and _OWN_AFTER.match(after):
        return "own" if before or after else None
    if mention.role == "other":
        return "elsewhere"
    if _BEING_THERE.search(before) and not _STOP.sub("", after):
        return "there"
    return "home" if mention.role == "settlement" or after.startswith("人") else None

"""Tells a place of which the person only passes on what he heard (听河南战友讲十八天) from one that he asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from knowledge.answer_matching import CLAUSE_END, asks
from knowledge.regions import RegionMention

Heard = Literal["heard", "held_up"]
"""heard: told by others, or named for likeness. held_up: praised in passing before it is asked how it is 我们这."""

_PLACE = "◆"
_PEERS = (
    "(?:老?战友|同年兵|连友|队友|兵友|老乡|同乡|朋友|兄弟伙?|哥们儿?|同学|同事|熟人|网友|亲戚|老?班长|排长|连长|工友|邻居|室友|伙计|同志|娃儿?|"
    "舅舅?|叔叔?|伯伯?|姑姑|表[哥弟姐妹])"
)
_SAYS = "(?:说(?!明|话)|讲(?!话)|谈|聊|吹|摆|晒|告诉|念叨)"
_SOURCES = (
    "(?:听|网上|网络上|抖音|快手|视频|微博|头条|直播|新闻|报纸|电视|群[里头]?|贴吧|论坛|朋友圈|公众号|百度|刷到|看到|别人|别个|"
    f"有人|人家|他们|大家|隔壁|对门|老[王李张刘陈]|{_PEERS})"
)
_OWN = "(?:我们?|俺们?|咱们?|阮|本人|自己)"
_TOLD = rf"{_SOURCES}[^，]{{0,8}}?{_SAYS}"
_HEARD_BEFORE = re.compile(
    rf"(?:{_TOLD}|据[说讲传]|听闻|传言|传闻|(?:不是|就|都)[说讲]|[说讲]是)(?:(?!{_OWN}|[要得][回到去落]|让)[^，]){{0,6}}$"
    r"|人家的?$|(?:别人|人家|他们)们?(?:都|全|一般)?[在用去是]+$|除[了开]?$|(?:别的|其他|其它|有些|有的|外)省[^，]{0,4}$"
)
_TOLD_BEFORE = re.compile(rf"{_TOLD}(?:没有?|冇|过|了|的|吗|不)?$")
_FAMILY_SAYS = re.compile(
    "(?:爸|爹|妈|娘|老汉儿?|老爷子|父亲|母亲|哥|弟|姐|妹|媳妇|老婆|老公|对象|爷爷?|奶奶?|丈人|岳父|岳母)[^，]{0,4}?"
    rf"{_SAYS}(?:(?!{_OWN})[^，]){{0,6}}$"
)
_PEER_SETTLES = re.compile(rf"{_PEERS}[^，我俺咱]{{0,4}}(?:安置|落户?|分配|转业|复员|退|回)[在到去回]*$")
_SOMEBODY_BEFORE = re.compile(r"有(?:一?个|人|些|几个)[^，]{0,2}$")
_HE_SAYS = re.compile(rf"[他她]?们?(?:就|都|也)?{_SAYS}")
_READ_BEFORE = re.compile(r"[我俺](?:看|查|翻|见|瞧)[到了过见]*$")
_LIKE_BEFORE = re.compile(r"[像跟和同与照学]$")
_LIKE_AFTER = re.compile(r"(?:省|那边|那里|他们|的)*(?:那样|那种|一样|似的|一个样|差不多)")
_ITS_WAY = re.compile(r"(?:省|那边|那里|他们)*的?(?:说法|做法|搞法|例子)")
_ONLY_BEFORE = re.compile(r"(?:(?<!不)只有?|光|就|单|仅仅?|唯独|独独)(?:是|有|落户?|安置|在)*$")
_ONLY_AFTER = re.compile(r"[^，]{0,8}?才")
_ALONE_BEFORE = re.compile(r"(?:(?<!不)只有|光是?|单单|唯独|(?:是不是|全国|难道)[就只光单仅])$")
_ALONE_AFTER = re.compile(r"(?:省|那边|那里)*(?:[能给有包管让收得行]|可以|中(?!心))")
_OF_A_PEER = re.compile(rf"(?:省|那边|那里|那头|的|[一那有几]个|那位|那帮)*{_PEERS}")
_PEOPLE_SAY = re.compile(rf"(?:[人佬兵的]|那[边里儿头]|他们|人家)*(?:都|也|们)*(?:[跟给和对]我)?{_SAYS}")
_ASKS_FOR = re.compile(r"[帮替代给][我俺咱]?(?:一?个|那个|的)*$")
_CLAIMS = re.compile(
    "都|可以|能|不|没|免|就|才|只|早|已经|说|讲|要[^去回]|有|让|给|得|中|行|[0-9一二两三四五六七八九十]+个?(?:天|工作日|次|趟|张|回|件)"
)
_DONE_AFTER = re.compile("(?:省|那边|那里|的|[人兵])*(?:早?就|全?都|也)|[^，]{0,8}就[^，]*了$")
_I_ASK = re.compile(r"[我俺咱]")
_OF_ANOTHER = re.compile(r"[他她帮替代]")
_WHY_BEFORE = re.compile(r"(?:凭什么|凭啥|为什么|为啥|咋|怎么)(?:人家|就|只)?$")
_THERE_IT_IS = re.compile("(?:省|那边|那里|的|[人兵])*(?:[能有给让]|都|可以|不用|不要)")
_NOT_HERE = re.compile("不[能行中给让]|不可以|没有|就要|却")
_ASKS_WHETHER = re.compile(r"(.)[不没]\1|[吗么嘛不没呗呢]$")
_WE = r"(?:我们|俺们|咱们?|阮)"
_WE_HERE = re.compile(
    rf"{_WE}(?!都|也|{_PEERS}|听|看)|(?<![{_PLACE}省])(?:我|俺|恁)?(?:这[边里儿块头](?!有个)|本省|本地)|[我俺]这(?!个)"
)
_SO_WITH_US = re.compile(rf"(?:省|那边|那里)*(?:[能有给让]|可以)[^，]{{0,8}}?(?<![给帮替让为])(?:{_WE}|[我俺]这)")
_OWN_PLACE = re.compile(rf"(?:{_WE}|俺|[我俺]是|[我俺]家|[我俺][要想])$")


def heard_of(text: str, mentions: Sequence[RegionMention], relation: str | None = None) -> list[Heard | None]:
    """For each place whether the person only heard of it, or holds it up beside his own; None for any other.

    relation: what he calls the one for whom he asks; what is said of that one is no hearsay.
    """
    marked, spots = _marked(text, mentions)
    return [_heard(marked, at, relation) for at in spots]


def _heard(marked: str, at: int, relation: str | None) -> Heard | None:
    *earlier, before = CLAUSE_END.split(marked[:at])
    after, *later = CLAUSE_END.split(marked[at + 1 :])
    he_asks = any(_I_ASK.search(one) and _asks(one) and not _OF_ANOTHER.search(one) for one in later)
    he_says = _HE_SAYS.search(after) or any(_HE_SAYS.match(one) for one in later)
    is_of_somebody = he_says and _SOMEBODY_BEFORE.search(before)
    is_of_a_peer = is_of_somebody or (he_asks and _PEER_SETTLES.search(before))
    if is_of_a_peer or _is_passed_on(before, after, relation):
        return "heard"
    return "held_up" if _is_held_up(earlier, before, after, later, he_asks) else None


def _is_held_up(earlier: Sequence[str], before: str, after: str, later: Sequence[str], he_asks: bool) -> bool:
    """Whether something is said of the place beside which he asks for himself: 海南可以代办，我们这可不可以."""
    if _WHY_BEFORE.search(before) and _THERE_IT_IS.match(after):
        rest = "，".join((after, *later))
        return bool(_WE_HERE.search(rest) or _NOT_HERE.search(rest))
    if _SO_WITH_US.match(after):
        return True
    clause = before + _PLACE + after
    if _asks(clause) or _WE_HERE.search(clause):
        return False
    is_read = bool(later and _READ_BEFORE.search(before))
    if is_read or _FAMILY_SAYS.search(before) or (he_asks and _DONE_AFTER.match(after)):
        return True
    is_told = bool(earlier and _TOLD_BEFORE.search(earlier[-1]))
    is_beside_us = is_told or any(_WE_HERE.search(one) for one in (*earlier, *later))
    return is_beside_us and bool(_CLAIMS.search(after))


def _asks(clause: str) -> bool:
    return asks(clause) or bool(_ASKS_WHETHER.search(clause))


def _is_passed_on(before: str, after: str, relation: str | None) -> bool:
    """Whether the words around the place say that it is only told of, or named for likeness or as the only one."""
    peer = _OF_A_PEER.match(after)
    is_own = _OWN_PLACE.search(before) and not peer
    if is_own or _ASKS_FOR.search(before):
        return False
    if peer and not before.endswith("是") and not (relation and relation in peer[0]):
        return True
    pairs = ((_LIKE_BEFORE, _LIKE_AFTER), (_ONLY_BEFORE, _ONLY_AFTER), (_ALONE_BEFORE, _ALONE_AFTER))
    return bool(
        _HEARD_BEFORE.search(before)
        or _ITS_WAY.match(after)
        or (_PEOPLE_SAY.match(after) and not before.endswith("是"))
        or any(left.search(before) and right.match(after) for left, right in pairs)
    )


def _marked(text: str, mentions: Sequence[RegionMention]) -> tuple[str, list[int]]:
    """The text with one mark for each place, or for several in a row, and where the mark of each stands."""
    marked, at = "", 0
    spots: list[int] = []
    for mention in mentions:
        between = text[at : mention.start]
        if not spots or between.strip("、和跟与 "):
            marked += between + _PLACE
        spots.append(len(marked) - 1)
        at = mention.end
    return marked + text[at:], spots

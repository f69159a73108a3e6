"""Questions for another time: 去年的政策呢, 2022年怎么规定, 2020年那会儿要交照片吗.

Only a date that asks what held then counts. The year somebody was discharged in, the year in a document's number, and
whether an old document still holds today are other questions.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge import model
from knowledge.library import ProvinceKnowledge

Standing = Literal["held", "began", "not_yet", "to_come"]
"""How a guide stands to a time: in use through the whole of it, begun within it, not yet in use, not yet come."""

_NUMERALS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_RELATIVE = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "明年": 1, "后年": 2}
_DATE = r"""
    (?<![〔\[\d〇零一二三四五六七八九])
    (?P<said>
        (?: (?P<relative>大前年|前年|去年|上一年|明年|后年)
          | (?P<year>(?:19|20)\d\d|[二一][〇零九][〇零一二三四五六七八九]{2}|(?<![了满够过兵当干交])[012]\d) \s* 年 )
        (?: \s* (?P<month>1[0-2]|0?[1-9]) \s* 月份? (?: \s* (?P<day>3[01]|[12]\d|0?[1-9]) \s* [日号] )? )?
    )
"""
_RULES = r"(?:(?:政策|规定|办法|说法|要求|规矩|标准|规则)(?!时间|期限))"
_LEFT = r"(?:退伍|退役|复员|转业|退|回来)"
_THEN = r"(?:那会(?:儿|(?!儿))|那个?时候|那时|那阵子?|那年|当时|的时候)"
_OWN_STORY = r"(?!\s*(?:我|俺|他|她|刚|才|还没|就|[办开拍照领交弄买迁转落](?:的|了|过)|退|当兵|入伍|参军|部队))"
_ASKS_RULES = r"(?:是|都|又|那会儿?|那时候?|当时)*(?:怎么|咋个?|如何|啷个|怎样)(?:的)?(?:规定|要求|说的?|写的?)(?:的)?"
_WHICH = r"(?:哪|什么|啥|谁|那时|当时|那年|老的|新的)"
_QUESTION = re.compile(
    rf"""
    {_DATE}
    (?:
      # 去年的政策呢
        \s* (?:底|初|上半年|下半年)? 的? (?:时候)? \s* {_RULES} (?:呢)?
      # 2020年那会儿
      | \s* (?:底|初)? {_THEN} (?:的? {_RULES})? (?:是)? (?:呢|啊)? {_OWN_STORY}
      # 2022年怎么规定, 2022年落户怎么规定
      | (?P<thing> (?!\s*{_LEFT})[\u4e00-\u9fff]{{1,10}}?)? \s* (?P<asks>{_ASKS_RULES})
      # 2023年退伍的按哪个
      | (?P<left> \s* {_LEFT}(?:的|了)?) [，, ]* (?:我|应该|得|该|要)* (?:是)? (?:按照?|照|依照?|适用|执行)
        {_WHICH} (?:年|个|份|套|一年|一个|一份)? 的? {_RULES}?
      # 明年还这样办吗
      | \s* (?:还|也|就)? (?:是|按|照)? (?:这样|这么|这个|现在|今年) 的? (?:{_RULES}|办|算)
    )
    """,
    re.VERBOSE,
)
_TODAY = re.compile(
    r"现在|如今|眼下|目前|今年还|还(?:管用|算数|有效|作数|能用|适用)|过时|过期|作废|废止|老黄历|改没改|改了|变了|没变|更新"
    r"|(?:有没有|是不是)(?:新|改|变)|新规定|新政策|文件|文号|号文"
)
"""Whether something holds today, or which document it is, has an answer of its own."""
_FILLERS = re.compile(
    r"^(?:那|那么|请问|想问|问一?下|我想问|我想知道|我|按照?|照|依照?|在|是|呢|啊|呀|的|和|跟|，|,|。|？|\?|\s)+"
    r"|(?:是|呢|啊|呀|吗|嘛|吧|的|了|(?<![什怎多那这])么|样|怎么样|怎样|咋样|什么样|啥样|是什么|是啥|，|,|。|？|\?|！|!|\s)+$"
)


@dataclass(frozen=True)
class AsOf:
    """A question for another time: its first and last day, and the question without the words that say it.

    relative: 去年 and the like, as it was said. rest: empty when nothing else is asked, so that what was last spoken
    of is meant.
    """

    first: date
    last: date
    relative: str | None
    rest: str


@dataclass(frozen=True)
class Since:
    """The day from which facts are known to hold. stated: the guide itself names it."""

    day: date
    stated: bool


def as_of(text: str, today: date) -> AsOf | None:
    """The time that a question is asked for; None when it asks about today, as nearly all do."""
    found = _QUESTION.search(text)
    if found is None or _TODAY.search(text.replace(found["said"], "")):
        return None
    span = _span(found, today)
    if span is None or span[0] <= today <= span[1]:
        return None
    before, after = text[: found.start()], text[found.end() :] if not found["left"] else ""
    rest = _without_fillers(f"{before}{found['thing'] or ''}{after}")
    if rest and found["asks"]:  # 落户2022年怎么规定 asks 落户怎么规定, and 2022年怎么规定 nothing else.
        rest = _without_fillers(f"{before}{found['thing'] or ''}{found['asks']}{after}")
    return AsOf(*span, relative=found["relative"], rest=rest)


def since(province: ProvinceKnowledge, facts: Iterable[model.Sourced]) -> Since:
    """From which day on all these facts hold; of no fact, the guide of the province itself."""
    main = province.head.guides[0]
    days = [fact.valid_from for fact in facts] or [main.valid_from or main.facts_from or main.checked_on]
    day = max(days)
    assumed = {guide.facts_from for guide in province.head.guides if guide.valid_from is None}
    return Since(day, stated=day not in assumed)


def standing(asked: AsOf, begun: date, today: date) -> Standing:
    """How what holds from a day on stands to the time that is asked for."""
    if asked.first > today:
        return "to_come"
    if begun > asked.last:
        return "not_yet"
    return "held" if begun <= asked.first else "began"


def _span(found: re.Match[str], today: date) -> tuple[date, date] | None:
    """The first and last day; None for a year that nobody means or a day that is none."""
    if found["relative"]:
        year = today.year + _RELATIVE[found["relative"]]
    else:
        digits = found["year"].translate(_NUMERALS)
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not 1950 <= year <= today.year + 10:
        return None
    month, day = int(found["month"] or 0), int(found["day"] or 0)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    longest = calendar.monthrange(year, month)[1]
    if day > longest:
        return None
    return date(year, month, day or 1), date(year, month, day or longest)


def _without_fillers(text: str) -> str:
    before = None
    while before != text:
        before, text = text, _FILLERS.sub("", text)
    return "" if text in ("什么", "啥", "怎么", "哪样", "咋", "如何") else text

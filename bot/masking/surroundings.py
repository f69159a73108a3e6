"""Looks around a row of digits: which words announce it, which letters touch it, which unit follows."""

import re
from bisect import bisect_left

from bot.masking.kinds import Kind, Setting

_ANNOUNCEMENTS = re.compile(
    r"""
      (?P<identity>  身份证(?:件)?(?:编号|号码|号)? | 身份号码 | 证件号码? | sfz )
    | (?P<discharge> (?:退役|退伍|退出现役|转业|复员)证(?:件|书)?(?:编号|号码|号) )
    | (?P<officer>   (?:军官|警官|士兵|士官|军士|义务兵|文职干部|文职人员|学员)证(?:件)?(?:编号|号码|号) )
    | (?P<neither>   优待证(?:编号|号码|号)? | 残疾军人证(?:编号|号码|号)? )
    | (?P<card>      (?:银行|储蓄|工资|社保|信用|借记)?卡(?:编号|号码|号)
                   | (?:银行|储蓄|工资|社保)卡 | [账帐][号户] | 存折 )
    | (?P<phone>     座机 | 固话 | 电话(?:号码|号)? | 手机(?:号码|号)? | 联系方式 )
    | (?P<case>      办件 | 流水号 | [单案]号 | 编号 | 工单 | 文号 | 代码
                   | (?:受理|业务|申请|申报|序列|批次|订单|事项|查询)[号码] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TOPICS = {
    "identity": Kind.IDENTITY,
    "discharge": Kind.DISCHARGE,
    "officer": Kind.OFFICER,
    "card": Kind.CARD,
    "phone": Kind.LANDLINE,
}
_CONNECTORS = re.compile(r"[是为叫就的,.\- \"“「『【]*+")  # as `fold` leaves them: every colon and bracket is a comma
_LEGEND = re.compile(r"(?P<sign>[军政后装空海南北沈兰成济广参武警士兵文退]) [ ]?字第[ ]?$", re.VERBOSE)
_MONEY = re.compile(r"[ ]? (?: [万亿]?[元块] | % | ％ )", re.VERBOSE)
_OWN_CASE_NUMBER = re.compile(
    r"""
    (?<![0-9A-Za-z])
    TY [ -]{0,2} [0-9]{2} [ -]{0,2} [0-9A-Z]{4} [ -]{0,2} [0-9A-Z]{4}
    (?![0-9A-Za-z])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[0-9A-Za-z]{3,}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CODE_LETTER = re.compile(r"[A-WYZa-z]")
_NUMBER_END = re.compile(r"[0-9\uE000-\uE009〕]")
_REACH = 16


class Surroundings:
    """The text around the digits of one message."""

    def __init__(self, text: str, folded: str) -> None:
        """text: the message; folded: the same with `bot.masking.digit_groups.fold` applied."""
        self._text = text
        self._folded = folded
        self._own = [match.span() for match in _OWN_CASE_NUMBER.finditer(folded)]
        self._codes = [
            match.span() for match in _WORD.finditer(folded) if _CODE_LETTER.search(match[0].strip(_LETTERS))
        ]

    def is_protected(self, place: int) -> bool:
        """Tells whether the place lies in a case number of our own, which is nobody's personal number."""
        return _lies_in(place, self._own)

    def setting(self, start: int, end: int) -> Setting:
        """What speaks for or against the digits from `start` to `end`."""
        before = self._before(start)
        announcements = list(_ANNOUNCEMENTS.finditer(before))
        last = announcements[-1] if announcements else None
        announced = last is not None and _CONNECTORS.fullmatch(before, last.end()) is not None
        topic = _TOPICS.get(last.lastgroup or "") if last else None
        legend = _LEGEND.search(before)
        if legend:
            topic, announced = (Kind.DISCHARGE if legend["sign"] == "退" else Kind.OFFICER), True
        return Setting(
            topic=topic,
            is_announced=announced,
            is_case_number=last is not None and last.lastgroup == "case",
            is_amount=_MONEY.match(self._folded, end) is not None,
            in_code=_lies_in(start, self._codes),
            is_lettered=self._is_letter(start - 1) or self._is_letter(end),
        )

    def whole_span(self, start: int, end: int) -> tuple[int, int]:
        """The span with what belongs to its digits: the plus and brackets of a prefix, hidden characters behind."""
        inside = self._text[start:end]
        while start > 0 and (
            self._text[start - 1] in "+＋" or (self._text[start - 1] in "(（" and (")" in inside or "）" in inside))
        ):
            start -= 1
            inside = self._text[start:end]
            if inside[0] in "(（":
                break
        while end < len(self._folded) and self._folded[end] == "\x00":
            end += 1
        return start, end

    def _before(self, start: int) -> str:
        """The words before the digits, back to the number before."""
        words = _NUMBER_END.split(self._folded[max(0, start - _REACH) : start])[-1]
        return words.replace("\x00", "")

    def _is_letter(self, place: int) -> bool:
        return 0 <= place < len(self._folded) and self._folded[place] in _LETTERS and self._folded[place] != "X"


def _lies_in(place: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (place + 1,)) - 1
    return index >= 0 and place < spans[index][1]

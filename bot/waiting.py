"""What somebody who waits for a person wants meanwhile: to be called, not to be called, or to know how long it takes.

Judged by the whole message without any trained model, because it must work while Rasa is away and the bot is silent.
A number is handed on as a raw value to be sealed at once; the transcript has its placeholder alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.clauses import clauses
from bot.masking import Found, Kind
from bot.message import Effect, Memory, Owner

PHONES = (Kind.MOBILE, Kind.LANDLINE)
LONGEST = 24

_AROUND = (
    "请|麻烦|劳驾|你们|您们|你|您|我们|我|俺|咱|让|叫|派|工作人员|客服|人工|他们|她们|人|能不能|可不可以|能否|能|可以|要不|要|想|还是|那就|那|就"
    "|吧|吗|嘛|呢|啊|呀|哈|好的|好|行|的|了|一下|个|到时候|上班以后|上班了|上班后|上班|明天|后天|以后|之后|有空|尽快|时候|的话"
    "|再|先|谢谢|嗯|哦|是|号码|号|手机|电话|座机|联系|这个|这是|给|打|回|拨|往|家里|方便|一个|都|也|在|上|等|接"
)
_CALL = (
    "给我们?回个?电话?|回个?电话?给我|打电话给我|给我打个?电话|打个电话给我|打给我|打我们?(?:的)?(?:手机|电话)"
    "|给我来个?电话|回电话?|回个电话"
)
_ONLY_WAITING = "打个?电话|电话联系|电话回复|接电话|留电话|留个电话|留号码|留个号码"
_SPARE = "不用|不要|别|不必|不需要|取消|不想|不接|不留|免了"
_CALLING = "给我|再|回电话?|回个电话|打个?电话|打给我|打了?|来电话?|电话|联系我?|的|了|啦|吧|谢谢|号码"
_WANTS = re.compile(f"(?:{_AROUND})*?(?:{_CALL})(?:{_AROUND})*")
_WANTS_WAITING = re.compile(f"(?:{_AROUND})*?(?:{_CALL}|{_ONLY_WAITING})(?:{_AROUND})*")
_BESIDE_NUMBER = re.compile(f"(?:{_AROUND}|{_CALL})*")
_NOT = re.compile(
    f"2|二|不|否|(?:好的?|嗯|那|我|先|还是|就)*(?:{_SPARE})(?:{_SPARE}|{_CALLING}|我|先)*(?:谢谢你?您?)?|算了|在这里?儿?回?复?就行"
)
_UNDO = re.compile(
    "(?:那|先|就|请|你们|我)*(?:不用|不要|别|不必|不需要|取消)(?:给我|再|来)*(?:回电话?|回个电话|打电话|打给我|打过来|给我打)(?:的|了|啦|吧|谢谢)*"
)
_OWN = re.compile(
    "1|一|(?:好的?|嗯|是的?|对|行|可以|就|打|用|拨|现在|我|的)*(?:(?:这个|现在这个|本机|来电)(?:电话)?(?:号码|号|手机|电话)?)?(?:就行|就好|可以|行|吧|的)*"
)
_OFFICES = re.compile("打不通|不通|没人接|无人接|空号|那边|局|单位|窗口|社区|派出所|[?？]")
"""Beside a number that is spoken about, not one to be called."""
_HOW_LONG = re.compile(
    "(?:你好|请问|那|我|现在|大概|大约|人工|到底|究竟|得|要|还|啊|呢|都)*"
    "(?:还?要?得?等(?:多久|多长时间|多少时间|到什么时候|到几点|几分钟)|还?要多久|还?有?多久|多长时间|还?得多久"
    "|排(?:到|在)?(?:第?几(?:位|个|号)?|哪儿?|哪里)|第几位|前面还?有?(?:几|多少)(?:个|位)?人?|(?:几时|什么时候|啥时候|多久)能?(?:才能?)?(?:轮到|排到|有人|到我|接)(?:我)?)"
    "(?:才能|能|有人|轮到|到我|我|接|回|了|啊|呀|呢|吗|嘛|才|行|来|理|在排|排队)*"
)


def waiting_wish(text: str, found: Sequence[Found], memory: Memory, owner: Owner, caller: str | None) -> Effect | None:
    """What a masked message wants. caller: the number from which he is calling, where the line tells it.

    To the bot only the wish for a call and the wish to have none any more count: all else may mean other things there.
    """
    if owner is Owner.COUNSELOR:
        return None
    whole = "".join(clauses(text))
    is_asked = memory.asked == "call_back"
    numbers = [one for one in found if one.kind in PHONES]
    is_his = not _OFFICES.search(text) and (is_asked or (bool(numbers) and _is_beside_number(text, numbers[0], owner)))
    if len(numbers) == 1 == len(found) and is_his:
        return Effect(kind="keep_call_back", data={"number": numbers[0].value, "source": "given"})
    if found or not whole or len(whole) > LONGEST:
        return None
    if is_asked and caller and (_OWN.fullmatch(whole) or (_WANTS_WAITING.fullmatch(whole) and not _spares(whole))):
        return Effect(kind="keep_call_back", data={"number": caller, "source": "line"})
    if is_asked and _NOT.fullmatch(whole) and not whole.startswith("取消"):
        return Effect(kind="decline_call_back")
    if _UNDO.fullmatch(whole) and owner is Owner.BOT:
        return Effect(kind="cancel_call_back")
    if _spares(whole):
        return None
    if (_WANTS if owner is Owner.BOT else _WANTS_WAITING).fullmatch(whole):
        return Effect(kind="ask_call_back")
    if owner is Owner.QUEUE and _HOW_LONG.fullmatch(whole):
        return Effect(kind="tell_wait")
    return None


def _spares(whole: str) -> bool:
    return re.search("不|别|没|取消", re.sub("能不能|可不可以|要不", "", whole)) is not None


def _is_beside_number(text: str, number: Found, owner: Owner) -> bool:
    """Whether a message is a number to be called: in the queue hardly anything else, to the bot with the wish."""
    rest = "".join(clauses(text.replace(number.placeholder, " ")))
    if len(rest) > LONGEST or _spares(rest):
        return False
    if owner is Owner.QUEUE:
        return _BESIDE_NUMBER.fullmatch(rest) is not None
    return _WANTS.fullmatch(rest) is not None

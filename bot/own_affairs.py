"""What somebody wants done with what is kept of him: see it, have it deleted, join it with what he said elsewhere.

Judged by the whole message without any trained model, so that it works on every channel, in every state of the
conversation, and while Rasa is away. A message is such a wish only when it is made up of known words: one unknown word
(社保信息) makes it something else.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from bot.clauses import clauses
from bot.guard import cancels_waiting
from bot.message import Choice, Effect, Memory, Reply
from bot.wording import Wording

Asked = Literal["delete", "link"]
LONGEST = 30

_ME = r"我的|我们的|我|俺的|俺|咱|本人的|本人"
_WHAT = (
    "个人信息|个人资料|个人数据|个人隐私|隐私信息|聊天记录|对话记录|谈话记录|咨询记录|信息|资料|数据|记录|聊天|对话|隐私"
    "|说过的话|问过的话|讲过的话|说的话|聊的内容|问的内容|内容"
)
_AROUND = (
    "请|麻烦|帮忙|帮|给|把|将|你们这里|你们这儿|你们|您们|你|您|这里|这儿|里|关于|有关|所有的|所有|全部的|全部|都|全|一下子"
    "|一下|下|的|了|吧|呢|啊|呀|吗|嘛|想要|想|要|要求|需要|能不能|可不可以|可以|能|现在|马上|立刻|和|跟|与|及|还有|在|上|对|们"
)
_DELETING = "删除掉|删除|删掉|删去|删光|删干净|删|清除|清空|清掉|抹掉|抹去|销毁|擦掉"
_SEEING = "导出|下载|查看|看看|看一看|看到|看|查一下|查询|查|显示|列出来|列出|列"
_KEEPING = "保存着|保存|存着|存|留着|留下|留|记着|记下|记|收集|掌握|保留|知道"
_WHICH = "哪些|那些|什么|啥|多少|有"

_DELETE = re.compile(f"(?:{_ME}|{_WHAT}|{_AROUND}|{_DELETING})+")
_SEE = re.compile(f"(?:{_ME}|{_WHAT}|{_AROUND}|{_SEEING}|{_KEEPING}|{_WHICH})+")
# In everyday talk 资料 and 内容 are also papers to bring, so by themselves they are not what is kept of a person.
_SURELY_KEPT = re.compile("信息|数据|记录|隐私|个人资料|聊天|对话|话")

_WHERE = (
    "微信|网页|网站|电话|热线|短信|手机|电脑|小程序|公众号"
    "|别的地方|别处|其他地方|其它地方|另一个地方|另外的地方|别的渠道|其他渠道"
)
_LINK = re.compile(
    rf"""
      (?:我|俺|请|帮我|帮|想|要|麻烦|给我|把|跟|和|与|同|两边|两处|两个|{_WHERE}|的|聊天|对话|记录|账号|上|那边|这边)*
      关联 (?:一下|起来|吧|了|到一起|在一起|聊天|对话|记录|账号|码|{_WHERE}|上|的)*
    | (?:我|俺)?(?:以前|之前|原来|还|也|已经|昨天|前几天|刚才|曾经)*在?(?:{_WHERE})(?:上|里|那边)?
      (?:以前|之前|也|都|已经|还|曾经)*(?:聊|问|说|谈|咨询|打听|填)过(?:了|的|一次|一回|一遍)?
    """,
    re.VERBOSE,
)
_UNLINK = re.compile(r"(?:请|帮我|我要|我想|把)?(?:取消|解除|断开|撤销|去掉|不要|别|解开)(?:掉)?关联(?:了|吧|一下)?")
_CODE = re.compile(r"(?:我的|请)?(?:关联码?)(?:是|为)?\D{0,3}([0-9]{6})")
_DIGITS = re.compile(r"[0-9]{6}")
_NO_CODE = re.compile(r"[1-9][0-9]{3}00|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
"""Six digits that mean a province, a city or a month; no code is ever one of these."""
_NEWS_HERE = re.compile(
    r"(?:以后|今后|往后)?(?:的)?(?:都|就|请|把|有)*(?:消息|通知|进度|进展|新进度|进度消息|办件消息|短信)?(?:的话)?(?:以后|今后)?"
    r"(?:都|就|请|改)*(?:发|发送|通知|送|推送)(?:到|在|给|来)?(?:我)?(?:这里|这儿|这边|这个号|这个地方|这上面)(?:来|吧|就行|就好|就可以)?"
)
_YES = re.compile(
    "1|一|是|是的|对|对的|好|好的|行|嗯|可以|同意|确认|确定|删|删吧|删了吧|删掉|删掉吧|删除|全删|都删|确认删除|确定删除"
)
_NO = re.compile(
    "2|二|不|否|不删|不删了|先不删|别删|不用|不用了|取消|算了|不要|不要删|不要删除|不确认|不同意|再想想|留着"
)


@dataclass(frozen=True)
class OwnAffair:
    """What is done about such a wish. asks: what the next message may answer. forgets: the memory begins anew."""

    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    asks: Asked | None = None
    forgets: bool = False


def own_affair(text: str, memory: Memory, wording: Wording, is_with_bot: bool = True) -> OwnAffair | None:
    """What a masked message wants done with what is kept of the person; None for a message about anything else.

    is_with_bot: nobody else holds the conversation; six digits to a counselor may mean anything.
    """
    whole = "".join(clauses(unicodedata.normalize("NFKC", text)))
    if memory.asked == "delete" and _YES.fullmatch(whole):
        return OwnAffair(effects=(Effect(kind="delete_my_data"),), forgets=True)
    if memory.asked == "delete" and _NO.fullmatch(whole):
        kept = Reply(kind="notice", text=wording.say("own.not_deleted"))
        return OwnAffair(replies=(kept,), effects=(Effect(kind="ask_again"),))
    # 「取消，删除我的信息」: what is taken back, if anything, is not what is wished.
    first, *rest = clauses(unicodedata.normalize("NFKC", text)) or [""]
    wish = "".join(rest) if rest and cancels_waiting(first) else whole
    if wants_deletion(wish):
        return OwnAffair(replies=(_really(wording),), asks="delete")
    if wants_to_see(wish):
        return OwnAffair(effects=(Effect(kind="tell_my_data"),))
    return _of_linking(whole, is_with_bot and memory.loop is None)


def means_no_code(digits: str) -> bool:
    """Whether six digits are something else in everyday talk: a province, a city, a month."""
    return _NO_CODE.fullmatch(digits) is not None


def wants_deletion(whole: str) -> bool:
    """Whether a message without blanks and punctuation asks to delete what is kept of whoever writes."""
    is_own = re.search(f"{_ME}|个人|聊天|对话|说过", whole) is not None
    return is_own and _is_all(_DELETE, whole) and all(re.search(one, whole) for one in (_DELETING, _WHAT))


def wants_to_see(whole: str) -> bool:
    """Whether it asks what is kept of whoever writes."""
    if not _is_all(_SEE, whole) or not re.search(_ME, whole) or not re.search(_WHAT, whole):
        return False
    if re.search(_KEEPING, whole) or "导出" in whole or "下载" in whole:
        return True
    return _SURELY_KEPT.search(whole) is not None and re.search(f"{_WHICH}|{_SEEING}", whole) is not None


def _of_linking(whole: str, may_be_bare: bool) -> OwnAffair | None:
    typed = _CODE.fullmatch(whole)
    bare = _DIGITS.fullmatch(whole) if may_be_bare and not means_no_code(whole) else None
    if typed or bare:
        code = typed[1] if typed else whole
        return OwnAffair(effects=(Effect(kind="try_link_code", data={"code": code}), Effect(kind="ask_again")))
    if len(whole) > LONGEST:
        return None
    if _UNLINK.fullmatch(whole):
        return OwnAffair(effects=(Effect(kind="unlink"),))
    if _LINK.fullmatch(whole):
        return OwnAffair(effects=(Effect(kind="give_link_code"),), asks="link")
    if _NEWS_HERE.fullmatch(whole):
        return OwnAffair(effects=(Effect(kind="news_here"),))
    return None


def _is_all(pattern: re.Pattern[str], whole: str) -> bool:
    return 0 < len(whole) <= LONGEST and pattern.fullmatch(whole) is not None


def _really(wording: Wording) -> Reply:
    """Asked once, with what goes and what must stay."""
    labels = wording.say("own.delete_it"), wording.say("own.keep_it")
    choices = tuple(Choice(number=number, label=label) for number, label in enumerate(labels, 1))
    return Reply(kind="notice", text=wording.say("own.really_delete"), choices=choices)

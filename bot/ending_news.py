"""Hears that no more news is wanted while a person holds the conversation or is awaited and the assistant is silent.

Only a message that says nothing else counts: whatever says more is for the person who reads it.
"""

from __future__ import annotations

import re

_ENDS = re.compile(
    r"""(?:请|麻烦)?(?:你们|您们)?(?:以后)?
        (?:(?:别|不要|不用|不想|莫|甭|停止|取消|关闭)再?(?:给我|给俺)?
           (?:通知|提醒|推送|发|收到?)(?:我|俺)?(?:进度|消息|短信|信息|通知|提醒)*
          |(?:短信|通知|消息|提醒)(?:都)?(?:别|不要|不用|停)再?(?:发|收|掉)?
          |退订|td)
        (?:了|啦|吧|谢谢|\W)*""",
    re.VERBOSE | re.IGNORECASE,
)


def ends_news(text: str) -> bool:
    """Whether the whole message asks for no more news: 别再通知了, 短信别发了, 退订."""
    return _ENDS.fullmatch(text.strip()) is not None

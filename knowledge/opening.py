"""Tells words that only announce a question (「你好，问个事」「我想问一下」) from the question itself."""

from __future__ import annotations

import re

_CALLS = "你好|您好|喂|哈喽|在吗|在不在|在不|有人吗|有人在吗|同志|师傅|老师|美女|帅哥|打扰|麻烦|劳驾"
_ANNOUNCES = (
    "请问|想问|问下|问一下|问一哈|问问|问个|问件|问点|问你|问您|要问|来问|咨询|请教|打听|想了解"
    "|有事|有个事|有件事|有点事|有问题|有个问题|有点问题|有个情况"
)
_AROUND = (
    "我|俺|咱|你|您|你们|想|要|就|是|那|那个|还|来|向|跟|给|一下|一哈|下|个|点|件|些|事|事儿|事情|问题|情况|东西|问|了"
    "|[啊呀哈哦呗吗吧]|可以吗|行吗|好吗|可以不|方便吗"
)
_ONLY_ANNOUNCES = re.compile(rf"(?:{_CALLS}|{_AROUND}|{_ANNOUNCES})+")
_ONLY_CALLS = re.compile(rf"(?:(?:{_CALLS})(?:一下|您|你|了|[啊呀哈哦])*)+")
_OPENING = re.compile(
    r"""(?: (?:你好|您好|喂|在吗|同志|师傅|老师|打扰一下|打扰了|麻烦) [啊呀]? [，,。.！!？?\s]* )*
        (?: [我俺]?就?[想要]? (?:请问|问|咨询|请教|打听|了解) (?:一下|一哈|下|问(?!题)|你们|您) [，,。.\s]*
          | 请问[，,\s]* )?""",
    re.VERBOSE,
)
_LONGEST = 20


def only_announces(message: str) -> bool:
    """Whether a message says that a question is to come, and nothing of it. A mere greeting does not."""
    said = _characters(message)
    is_short = len(said) <= _LONGEST
    return is_short and bool(_ONLY_ANNOUNCES.fullmatch(said) and re.search(_ANNOUNCES, said))


def is_call(clause: str) -> bool:
    """Whether a clause only calls or greets: 「在吗」「您好」."""
    return bool(_ONLY_CALLS.fullmatch(_characters(clause)))


def without_opening(clause: str) -> str:
    """The clause from where it asks; the clause itself when it does nothing but announce."""
    begun = _OPENING.match(clause)
    return (clause[begun.end() :] if begun else clause) or clause


def _characters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())

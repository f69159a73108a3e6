"""Parts a message into its clauses, and tells which of them ask something."""

from __future__ import annotations

import re

from knowledge.premise import is_doubt

_END = re.compile(r"[。！!；;，,\n…～~]+|[？?]+|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
"""Where a clause ends; a blank between Chinese characters parts them as well."""
_FURTHER = (
    r"(?:还有(?:一个|个|就是|一点)?|另外|再问(?:一下|下|一个|个)?|再就是|顺便(?:再)?问(?:一下|下|一句|个)?|对了|以及)"
)
_SAME_QUESTION = r"(?!没有|多久|多长|几|多少|什么|啥|哪|谁|吗|没|呢)"
"""After 还有 these go on with the same question: 还有多久, 还有哪些."""
BEGINS_ANEW = re.compile(
    rf"""^(?:
        {_FURTHER}{_SAME_QUESTION}
        | 我?(?:还|再|也)(?:想|要)再?(?:问|知道|了解)(?:一下|下|个|一个)?
        | (?:第[一二三四]|其次|首先|[一二三四]是) [、，,.．]?
        | [①②③④] | \d[.、．)）]
    )[、，,：:]*""",
    re.VERBOSE,
)
_WITHIN = re.compile(rf"(?<=.)(?={_FURTHER}{_SAME_QUESTION}.{{3}})|(?<=.)(?=[①②③④])|(?<=\D)(?=\d[.、．](?!\d))")
"""Where a further question may begin without a mark before it."""
_ASKS = re.compile(
    r"""
      [吗嘛么] | 呢$ | (?:不|不呀|不啊|不哦|可以吧|行吧|中吧|成吧)$ | [了好完到来成](?:没|没有)$
    | 几 (?!年|百|千|万|乎|经|遍)                    # 几天, 几张
    | 多少 | 多久 | 多长 | 多大 | 好久 | 好多 (?:天|钱|样|张|个|项|时间)
    | 什么 | 啥 | 哪 | 怎么 | 怎样 | 咋 | 啷个 | 如何 | 谁 | (?<!任)何 (?:时|日|处|地|种|人|部门|单位|材料|凭证)
    | 是不是 | 是否 | 能否 | 可否 | 有没有 | 有没得 | 有无 | 还是 | 没得$
    | (.)不\1 | (?:要|能|会|用|得|可以|需要)不(?:要|能|会|用|得|可以|需要)
    """,
    re.VERBOSE,
)
_ONLY_SEEMS_TO_ASK = re.compile(
    r"""
      (?:前|这|那|过|好|十|头)几 (?:天|年|个|次|回|月)?
    | (?:没|没有|不是|无所谓)(?:什么|啥) | (?:什么|啥|谁|哪里|哪儿|哪|怎么)(?:都|也)
    | 不怎么 | 多少有点 | 那个?(?:什么|啥) | (?:什么|啥)的 | 怎么说 | 不管(?:什么|怎么|哪|谁)
    | (?:没|着|正|在) .* 呢$                         # 还没报到呢
    """,
    re.VERBOSE,
)
_TELLS_OF_ASKING = re.compile(r"不知道|不晓得|不清楚|不明白|不懂|弄不清|搞不清|没搞懂|没人说|没说清|我问过|问了")
"""Who tells that he did not know asks by the way only; his question follows."""


def clauses(message: str) -> list[tuple[str, bool]]:
    """The clauses without their marks, and whether a question mark ends each."""
    found: list[tuple[str, bool]] = []
    for start, end, mark in _spans(message):
        pieces = [piece.strip(" 、：:") for piece in _WITHIN.split(message[start:end])]
        pieces = [piece for piece in pieces if piece]
        if len(pieces) > 1 and not all(asks(BEGINS_ANEW.sub("", piece)) for piece in pieces):
            pieces = [message[start:end].strip()]
        is_marked = "?" in mark or "？" in mark
        if found and is_doubt("".join(pieces)):
            found[-1] = (f"{found[-1][0]}，{pieces[0]}", is_marked)
            continue
        found += [(piece, is_marked and piece is pieces[-1]) for piece in pieces]
    return found


def _spans(message: str) -> list[tuple[int, int, str]]:
    spans, start = [], 0
    for end in _END.finditer(message):
        spans.append((start, end.start(), end.group()))
        start = end.end()
    return [*spans, (start, len(message), "")]


def asks(clause: str, is_marked: bool = False) -> bool:
    """Whether a clause asks something: by its words, or by a question mark after it."""
    if is_marked:
        return True
    if _TELLS_OF_ASKING.search(clause):
        return False
    return bool(_ASKS.search(_ONLY_SEEMS_TO_ASK.sub("", clause)))

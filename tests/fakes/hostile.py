"""Bodies that no client means well with, made from one that is right."""

from __future__ import annotations

import json
from typing import Any


def hostile_bodies(good: dict[str, Any], identifier: str, text: str) -> dict[str, bytes]:
    """By their names. identifier, text: fields of `good` that hold a number of the sender's, and words."""

    def body(**changes: object) -> bytes:
        return json.dumps({**good, **changes}).encode()

    raw = json.dumps({name: value for name, value in good.items() if name != text})[:-1].encode()
    return {
        "empty": b"",
        "blank": b"   ",
        "not JSON": b"hello",
        "half of it": body()[:-9],
        "byte order mark": b"\xef\xbb\xbf" + body(),
        "UTF-16": json.dumps(good).encode("utf-16"),
        "GBK": json.dumps({**good, text: "受理"}, ensure_ascii=False).encode("gbk"),
        "broken UTF-8": raw + b', "' + text.encode() + b'": "\xff\xfe"}',
        "deep list": b"[" * 100_000,
        "deep object": b'{"a":' * 50_000,
        "deep and closed": b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        "5,000-digit number": raw + b', "' + text.encode() + b'": ' + b"9" * 5_000 + b"}",
        "2 to the 70": body(**{identifier: 2**70}),
        "NaN": raw + b', "' + text.encode() + b'": NaN}',
        "Infinity": raw + b', "' + text.encode() + b'": -Infinity}',
        "NUL in the text": body(**{text: "a\x00b"}),
        "NUL in the number": body(**{identifier: "a\x00b"}),
        "lone surrogate in the text": raw + b', "' + text.encode() + b'": "\\ud800"}',
        "lone surrogate in the number": body(**{identifier: "\udfff"}),
        "list": b"[]",
        "null": b"null",
        "string": b'"x"',
        "number": b"1",
        "empty object": b"{}",
        "empty text": body(**{text: ""}),
        "very long text": body(**{text: "好" * 5_000}),
        "text as list": body(**{text: ["x"]}),
        "text as object": body(**{text: {"x": {}}}),
        "empty number": body(**{identifier: ""}),
        "number of 129 characters": body(**{identifier: "x" * 129}),
        "key twice": body()[:-1] + b', "' + text.encode() + b'": "x"}',
        "markup for a list of classes": body(**{identifier: {"__class__": "x"}}),
    }

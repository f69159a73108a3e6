"""Our seal and signature held against Tencent's own package, and against whoever has neither."""

from __future__ import annotations

import json
import random
import subprocess
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.arrivals import Delivery
from bot.channels.channel import Unauthorised
from bot.channels.wechat import WeChat
from bot.channels.wechat_cipher import Envelope, signature_of
from bot.wording import load_wording
from tests.fakes.node import installed, node
from tests.fakes.wechat_server import AES_KEY, APP_ID, TOKEN, WeChatServer

MESSAGES = 200
MUTATED = 1_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LETTERS = "字户口😀👨‍👩‍👧aZ0 <>&]\n，。\u0301é"


def random_texts(chance: random.Random) -> list[str]:
    """Short, empty, at the edges of blocks, and as long as a delivery may be."""
    lengths = [0, 1, *range(10, 44), 5_000, 60_000]
    lengths += [chance.randrange(700) for _ in range(MESSAGES - len(lengths))]
    return ["".join(chance.choices(LETTERS, k=length)) for length in lengths]


def asked_of_tencent(asked: list[dict[str, Any]]) -> list[Any]:
    lines = "\n".join(json.dumps(one) for one in asked) + "\n"
    folder = installed("wechat_peer", "peer.cjs")
    done = subprocess.run([node(), "peer.cjs"], cwd=folder, input=lines, text=True, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.processes
def test_both_seal_and_sign_what_the_other_opens() -> None:
    chance = random.Random(7)  # noqa: S311
    texts = random_texts(chance)
    keys = ["".join(chance.choices("abcXYZ019", k=43)) for _ in texts]
    ours = [
        Envelope(key, APP_ID).seal(text.encode(), chance.randbytes(16)) for key, text in zip(keys, texts, strict=True)
    ]
    nonces = [str(chance.randrange(10**9)) for _ in texts]
    more = {"token": TOKEN, "timestamp": "1795000000", "id": APP_ID}
    sealed = asked_of_tencent(
        [{"do": "seal", "key": key, "text": text, **more} for key, text in zip(keys, texts, strict=True)]
    )
    opened = asked_of_tencent(
        [{"do": "open", "key": key, "text": one.decode()} for key, one in zip(keys, ours, strict=True)]
    )
    signed = asked_of_tencent(
        [{"do": "sign", "nonce": nonce, "text": one, **more} for nonce, one in zip(nonces, sealed, strict=True)]
    )

    assert len(texts) == MESSAGES
    assert [Envelope(key, APP_ID).open(one.encode()).decode() for key, one in zip(keys, sealed, strict=True)] == texts
    assert opened == [[text, APP_ID] for text in texts]
    words = [
        (TOKEN.encode(), b"1795000000", nonce.encode(), one.encode()) for nonce, one in zip(nonces, sealed, strict=True)
    ]
    assert [signature_of(*each).decode() for each in words] == signed


def mutated(chance: random.Random, query: dict[str, str], sealed: str) -> tuple[dict[str, str], str]:
    """A delivery that is not quite what WeChat sent."""
    whole = {**query, "sealed": sealed}
    place = chance.choice(["msg_signature", "timestamp", "nonce", "sealed", "sealed", "sealed"])
    text = whole[place]
    at = chance.randrange(len(text))
    other = chance.choice("0123456789abcdefABCDEF+/=密 ")
    match chance.randrange(6):
        case 0:
            whole[place] = text[:at] + other + text[at + 1 :]
        case 1:
            whole[place] = text[:at] + text[at + 1 :]
        case 2:
            whole[place] = text[:at] + other + text[at:]
        case 3:
            whole[place] = text.swapcase()
        case 4:  # The words of a signature are joined without marks between them.
            moved = 4 * chance.randrange(1, 64)
            whole["nonce"], whole["sealed"] = whole["nonce"] + sealed[:moved], sealed[moved:]
        case 5:
            digits = chance.randrange(1, 4)
            whole["timestamp"] += whole["nonce"][:digits]
            whole["nonce"] = whole["nonce"][digits:]
    return whole, whole.pop("sealed")


def test_no_delivery_that_was_changed_is_taken() -> None:
    chance = random.Random(8)  # noqa: S311
    server = WeChatServer(AES_KEY, clock=NOW.timestamp)
    channel = WeChat(APP_ID, TOKEN, AES_KEY, load_wording("12345"))
    taken, tried = 0, 0
    while tried < MUTATED:
        body, query = server.sealed(server.words("o7", "落户要带什么" * chance.randrange(1, 40)))
        sealed = body.decode().partition("<Encrypt>")[2].partition("<")[0]
        channel.verify(Delivery({}, query, body), NOW)
        changed, other = mutated(chance, query, sealed)
        if (changed, other) == (query, sealed):
            continue
        tried += 1
        try:
            channel.verify(Delivery({}, changed, body.decode().replace(sealed, other).encode()), NOW)
            taken += 1
        except Unauthorised:
            pass

    assert taken == 0


def test_forged_signatures_of_plain_mode_are_refused() -> None:
    chance = random.Random(9)  # noqa: S311
    server, channel = WeChatServer(clock=NOW.timestamp), WeChat(APP_ID, TOKEN, "", load_wording("12345"))
    forged = [{**server.query(), "signature": chance.randbytes(20).hex()} for _ in range(MUTATED)]
    forged += [{**server.query(), "nonce": str(number)} for number in range(MUTATED)]

    for query in forged:
        with pytest.raises(Unauthorised):
            channel.verify(Delivery({}, query, server.words("o7", "x")), NOW)


@pytest.mark.parametrize("sealed", [b"", b"=", b"AAAA", b64encode(b"x" * 16), b64encode(b"x" * 32), "密".encode()])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(Unauthorised):
        Envelope(AES_KEY, APP_ID).open(sealed)

"""Hears what somebody thinks of the answer that he was just given: 「有用」, 「没用」, 「没用，说的不是我问的」.

Judged by the whole message, without any trained model: one unknown word makes it something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.message import Effect, Reply
from bot.wording import Wording

JUDGED_KINDS = ("answer", "result", "materials", "fallback")
"""Kinds of replies that can be judged."""
LONGEST_REASON = 200

_AROUND = (
    r"(?:这个|这条|这些|这|回答|答案|答复|说的|讲的|对我|您|你|们|是|都|很|挺|非常|真|太|还|一点|点|儿|也|完全|根本)*"
)
_ENDING = r"(?:的|了|啊|呀|呢|吧|嘛|哦|噢|谢谢您?你?|感谢|，|,|。|\.|！|!|~|\s)*"
_UP = re.compile(rf"{_AROUND}(?:有用|有帮助|管用|帮到我|答得好|回答得好|👍){_ENDING}")
_DOWN = r"(?:没用|没有用|没啥用|没什么用|不管用|没帮助|没有帮助|答非所问|答错|答得不对|👎)"
_DOWN_ALONE = re.compile(rf"{_AROUND}{_DOWN}{_ENDING}")
_DOWN_BECAUSE = re.compile(
    rf"{_AROUND}{_DOWN}(?:的|了|啊)?[\s，,。.！!：:;；]+(?:因为|原因是)?(?P<why>.{{2,{LONGEST_REASON}}})", re.S
)


@dataclass(frozen=True)
class Judged:
    """What he thinks, and why when he says so (masked)."""

    verdict: Literal["up", "down"]
    reason: str | None = None


def judged(text: str) -> Judged | None:
    """What a masked message says about the answer before it; None for any other message."""
    said = text.strip()
    if _DOWN_ALONE.fullmatch(said):
        return Judged("down")
    if _UP.fullmatch(said):
        return Judged("up")
    because = _DOWN_BECAUSE.fullmatch(said)
    return Judged("down", because["why"].strip()) if because and not _asks_on(because["why"]) else None


def thanks(heard: Judged, reply: int, wording: Wording) -> tuple[Effect, Reply]:
    """What is kept of it, and what is said to it. reply: the row of the transcript that is judged."""
    data = {"reply": reply, "verdict": heard.verdict, "reason": heard.reason}
    key = "thumbs.up" if heard.verdict == "up" else "thumbs.why" if heard.reason else "thumbs.down"
    return Effect(kind="judge_answer", data=data), Reply(kind="notice", text=wording.say(key), data={"judged": reply})


def _asks_on(rest: str) -> bool:
    """Whether what stands behind 「没用」 is a new question, which wants an answer and no thanks."""
    return re.search(r"[吗呢么?？]|怎么|什么|哪|多少|几|咋|啥|为何|如何|谁|能不能|要不要|是不是", rest) is not None

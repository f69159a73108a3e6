"""What is said because of the way a message came, not because of what it says."""

from __future__ import annotations

from bot.message import Inbound, Reply
from bot.wording import Wording


def what_came(inbound: Inbound, wording: Wording) -> str:
    """What the transcript shows of something that is no text, such as a photo."""
    return inbound.text or wording.say(f"line.came.{inbound.unread}")


def answer_to_unread(inbound: Inbound, wording: Wording, is_warned: bool) -> Reply:
    """The sentence that answers it. A group is declined once and left; invited again, it is left without a word."""
    if inbound.unread == "group":
        return Reply(kind="notice", text="" if is_warned else wording.say("line.group"), data={"leaves": True})
    own = f"{inbound.channel}.{inbound.unread}"
    text = wording.say(own if wording.knows(own) else f"line.{inbound.unread}")
    return Reply(kind="notice", text=text)


def first_notice(inbound: Inbound, wording: Wording) -> Reply | None:
    """What a channel says once at the beginning of a conversation; none in a group."""
    key = f"{inbound.channel}.first"
    if inbound.unread == "group" or not wording.knows(key):
        return None
    return Reply(kind="notice", text=wording.say(key))


def masked_notice(channel: str, kinds: str, wording: Wording) -> Reply:
    """Tells that numbers were hidden; a channel may have more to say of it."""
    further = f"{channel}.masked"
    text = wording.say("masked", kinds=kinds) + (wording.say(further) if wording.knows(further) else "")
    return Reply(kind="notice", text=text)

"""One turn: what happens to one message, whatever the channel.

The steps run in order. Each may end the turn early by giving it an outcome; recording the turn is the business of the
caller, and happens always. A `TryAgain` leaves the message unhandled and without any trace.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import structlog

from bot.approval import Held, is_unsure, minutes_at, without_answer
from bot.care import care, fitting
from bot.crisis import in_crisis
from bot.ending_news import ends_news
from bot.guard import after_cancelling, cancels_waiting, gives_orders, wants_human
from bot.line_manners import answer_to_unread, first_notice, masked_notice, what_came
from bot.masking import Kind, mask_last_four
from bot.masking import mask as mask_text
from bot.message import Effect, Memory, Owner, Reply
from bot.normalise import normalise as normalise_text
from bot.notices import switched_off, told, urgent
from bot.operator_line import said_by_key, written_out
from bot.outcome import Outcome
from bot.output_guard import lacks_source, without_personal_values
from bot.own_affairs import own_affair
from bot.pages import asks_for_next, divide, next_pages
from bot.rasa_client import TryAgain
from bot.thumbs import judged, thanks
from bot.turn_state import MustWait as MustWait
from bot.turn_state import Tools as Tools
from bot.turn_state import Turn as Turn
from bot.waiting import PHONES, waiting_wish
from bot.wording import Wording

log = structlog.get_logger()

PROVING = "report_progress"
"""The loop that asks for the last four characters of an identity number."""

_GO_ON = re.compile(r"请?(?:你|您)?(?:继续|接着)(?:发|说|讲)?(?:吧|呀|啊)?[。！!~]*")

Step = Callable[[Turn, Tools], Awaitable[None]]


async def unread(turn: Turn, tools: Tools) -> None:
    """Answers what is no text. Nobody is asked what it means, and the transcript says what it was."""
    if turn.inbound.unread is not None:
        turn.text = what_came(turn.inbound, tools.wording)
        turn.effects += [Effect(kind="stop_news")] if turn.inbound.unread == "stop" else []
        turn.warns = turn.inbound.unread == "group"
        turn.end(Outcome.UNREAD, answer_to_unread(turn.inbound, tools.wording, turn.is_warned))


async def normalise(turn: Turn, tools: Tools) -> None:
    """Brings the text into the one form that all later steps read. A single key says what it stands for."""
    text = normalise_text(turn.inbound.text)
    text = written_out(text) if turn.inbound.operator else text
    turn.normal = said_by_key(text, tools.wording)


async def mask(turn: Turn, tools: Tools) -> None:
    """Takes personal numbers out of the text. From here on nobody sees the raw message."""
    masked = mask_text(turn.normal)
    proof = mask_last_four(masked.text, is_awaited=turn.memory.loop == PROVING)
    turn.text, turn.found = proof.text, (*masked.found, *proof.found)


async def guard(turn: Turn, tools: Tools) -> None:
    """Hears danger, wishes about a person, a call and waiting, and refuses what nobody can read."""
    is_served = turn.owner is Owner.BOT and not switched_off(turn.notices, tools.wording)
    # 「取消」 answers first what was asked back about his data.
    stops_waiting = turn.memory.asked != "delete" and (cancels_waiting(turn.text) or after_cancelling(turn.text))
    if in_crisis(turn.text):
        turn.effects.append(Effect(kind="request_person", data={"reason": "distress"}))
        if turn.owner is not Owner.COUNSELOR:
            # Whatever was asked is laid aside: nobody in danger is asked for his household next.
            turn.loop_pauses, turn.memory = True, turn.memory.model_copy(update={"loop": None})
            turn.end(Outcome.CRISIS, Reply(kind="crisis", text=care(turn.text, tools.wording)))
    elif wish := waiting_wish(turn.text, turn.found, turn.memory, turn.owner, turn.inbound.caller):
        turn.effects.append(wish)
        turn.end(Outcome.WAITING)
    elif turn.owner is Owner.BOT and wants_human(turn.text):
        turn.effects.append(Effect(kind="request_person", data={"reason": "asked"}))
        turn.end(Outcome.PERSON_REQUESTED)
    elif turn.owner is Owner.QUEUE and stops_waiting:
        _leave_queue(turn, tools)
    elif turn.owner is not Owner.BOT and ends_news(turn.text):
        turn.effects.append(Effect(kind="stop_news"))
        # Where a counselor speaks nothing else is said.
        ended = [Reply(kind="notice", text=tools.wording.say("news_ended"))] if turn.owner is Owner.QUEUE else []
        turn.end(Outcome.SILENT, *ended)
    elif turn.owner is Owner.QUEUE and wants_human(turn.text):
        turn.end(Outcome.SILENT, Reply(kind="notice", text=tools.wording.say("still_queued")))
    elif is_served and gives_orders(turn.text):
        turn.end(Outcome.ORDER_DECLINED, Reply(kind="fallback", text=tools.wording.say("order_declined")))
    elif is_served and not any(char.isalnum() for char in turn.text):
        turn.end(Outcome.UNREADABLE, Reply(kind="fallback", text=tools.wording.say("unreadable")))


def _leave_queue(turn: Turn, tools: Tools) -> None:
    """The request for a person is taken back; what is said behind that goes on to be answered."""
    turn.effects.append(Effect(kind="cancel_person"))
    left = Reply(kind="notice", text=tools.wording.say("queue_left"))
    rest = after_cancelling(turn.text)
    if not switched_off(turn.notices, tools.wording) and (not rest or not turn.may_ask_rasa):
        turn.end(Outcome.QUEUE_LEFT, left)
        return
    turn.owner, turn.left_over = Owner.BOT, rest
    turn.replies.append(left)


async def own_affairs(turn: Turn, tools: Tools) -> None:
    """Sees to what the person wants done with what is kept of him, whoever holds the conversation."""
    affair = own_affair(turn.to_answer, turn.memory, tools.wording, turn.owner is Owner.BOT)
    turn.memory = turn.memory.model_copy(update={"asked": affair.asks if affair else None})
    if affair is None:
        return
    if affair.forgets:
        turn.memory, turn.loop_pauses = Memory(), True
    turn.effects.extend(affair.effects)
    turn.end(Outcome.OWN_AFFAIR, *affair.replies)


async def check_owner(turn: Turn, tools: Tools) -> None:
    """The bot says nothing while a person holds the conversation or is awaited, and no answer while it is off."""
    if turn.owner is not Owner.BOT:
        turn.end(Outcome.SILENT)
    elif off := switched_off(turn.notices, tools.wording):
        turn.end(Outcome.SWITCHED_OFF, off)


async def go_on(turn: Turn, tools: Tools) -> None:
    """Says nothing to 「继续」 where the rest comes by itself, as the message before it promised."""
    if turn.is_owed and _GO_ON.fullmatch(turn.to_answer):
        turn.end(Outcome.WENT_ON)


async def hear_thumbs(turn: Turn, tools: Tools) -> None:
    """Takes a word about the answer right before; while a question stands open it may be an answer to that."""
    if turn.judged is None or turn.memory.loop is not None:
        return
    if heard := judged(turn.to_answer):
        effect, reply = thanks(heard, turn.judged, tools.wording)
        turn.effects.append(effect)
        turn.end(Outcome.JUDGED, reply)


async def turn_page(turn: Turn, tools: Tools) -> None:
    """Says what waits of the last answer, without asking anybody what the message means."""
    pages = turn.memory.pages
    if pages and asks_for_next(turn.to_answer, pages):
        replies, left = next_pages(pages)
        turn.memory = turn.memory.model_copy(update={"pages": left})
        turn.end(Outcome.PAGE_TURNED, *replies)


async def ask_rasa(turn: Turn, tools: Tools) -> None:
    """Lets Rasa understand the message and collects what the actions answer."""
    if not turn.may_ask_rasa:
        raise MustWait
    if turn.found:
        await tools.keeper.keep(turn.conversation, turn.found)
    hint = turn.inbound.region_hint
    turn.asked_rasa, turn.before = True, turn.memory
    results = await tools.rasa.ask(
        turn.sender,
        turn.to_answer,
        {
            "turn_id": turn.id,
            "release": turn.release,
            "conversation": turn.conversation,
            "channel": turn.inbound.channel,
            "operator": turn.inbound.operator,
            "region_hint": mask_text(hint).text if hint else None,
        },
    )
    turn.memory = results[-1].memory
    turn.loop_pauses = any(result.pauses for result in results)
    turn.replies.extend(fitting(reply, turn.text, tools.wording) for result in results for reply in result.replies)
    turn.effects.extend(effect for result in results for effect in result.effects)
    if not turn.replies and not turn.effects:
        raise ValueError("the actions answered nothing")


async def guard_output(turn: Turn, tools: Tools) -> None:
    """Lets nothing out that lacks its source or carries a personal number, and says what was hidden."""
    hidden = [found for found in turn.found if found.kind is not Kind.LAST_FOUR]
    raw_values = [found.value for found in hidden]
    safe = []
    for reply in turn.replies:
        if lacks_source(reply):
            log.error("reply_without_source", turn=turn.id, kind=reply.kind)
            reply = Reply(kind="fallback", text=tools.wording.say("no_source"))
        safe.append(without_personal_values(reply, raw_values, hide_numbers))
    turn.replies = safe
    if hidden:
        kinds = "、".join(dict.fromkeys(found.kind.value for found in hidden))
        turn.replies.append(masked_notice(turn.inbound.channel, kinds, tools.wording))


async def hold_unsure(turn: Turn, tools: Tools) -> None:
    """Lets answers of which the bot is not sure wait for a counselor, or says honestly that it is not sure."""
    region, minutes = minutes_at(turn.approvals, turn.memory)
    unsure = [reply for reply in turn.replies if is_unsure(reply)]
    if not unsure or minutes is None or tools.duty is None:
        return
    is_manned = await tools.duty.is_manned(region)
    key, kind = ("held.waits", "notice") if is_manned else ("held.nobody", "fallback")
    instead = Reply.model_validate({"kind": kind, "text": tools.wording.say(key, minutes=minutes)})
    if is_manned:
        form = turn.inbound.form
        waits = tuple(one.model_copy(update={"form": form}) for one in unsure)
        turn.held = Held(waits, turn.memory, region, minutes)
    first = turn.replies.index(unsure[0])
    turn.replies[first] = instead
    turn.replies = [reply for reply in turn.replies if reply not in unsure]
    turn.memory = without_answer(turn.memory, turn.before)
    turn.forgets_answer = True


async def fit_form(turn: Turn, tools: Tools) -> None:
    """Brings the replies into the form that the line wants; what is not sent at once waits in the memory."""
    if turn.inbound.form == "text_message":
        turn.replies, pages = divide(turn.replies, turn.memory.highest_number, tools.wording)
        turn.memory = turn.memory.model_copy(update={"pages": pages})


STEPS: tuple[Step, ...] = (unread, normalise, mask, guard, own_affairs, check_owner)
STEPS += (go_on, hear_thumbs, turn_page, ask_rasa, guard_output, hold_unsure, fit_form)


async def run_turn(turn: Turn, tools: Tools) -> None:
    """Runs the steps until one ends the turn. Raises TryAgain; every other error becomes an apology."""
    try:
        for step in STEPS:
            await step(turn, tools)
            if turn.outcome is not None:
                break
        if turn.outcome is not Outcome.OWN_AFFAIR:  # What was asked back counts for the very next message alone.
            turn.memory = turn.memory.model_copy(update={"asked": None})
        turn.outcome = turn.outcome or Outcome.ANSWERED
        notice = None if turn.is_warned else first_notice(turn.inbound, tools.wording)
        if notice and turn.replies and turn.outcome is not Outcome.CRISIS:  # Somebody in danger is told nothing else.
            turn.replies.insert(0, notice)
            turn.warns = True
        if turn.outcome is not Outcome.CRISIS:
            turn.told = urgent(turn.notices, turn.inbound, turn.owner)
            turn.replies[:0] = [told(one, tools.wording) for one in turn.told]
    except TryAgain:
        raise
    except Exception:  # The one place: whatever went wrong, the person gets a sentence and a way on.
        log.exception("turn_failed", turn=turn.id, reference=turn.reference)
        apologise(turn, tools.wording)


async def give_up(turn: Turn, tools: Tools) -> None:
    """Ends a turn that failed too often; its message is masked for the transcript and goes no further."""
    turn.asked_rasa = True
    await normalise(turn, tools)
    await mask(turn, tools)
    apologise(turn, tools.wording)


def apologise(turn: Turn, wording: Wording) -> None:
    """Ends the turn with a sentence, a telephone number and the reference under which the log has the reason."""
    turn.replies.clear()
    turn.effects.clear()
    turn.end(Outcome.FAILED, Reply(kind="fallback", text=wording.say("apology", reference=turn.reference)))


def hide_numbers(text: str) -> str:
    """The text without identity and card numbers. Telephone numbers alone stay: a guide names those of its offices."""
    masked = mask_text(text)
    return text if all(found.kind in PHONES for found in masked.found) else masked.text

"""Whether he wants to be told without asking how his case goes on: asked once, taken back in words at any time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.answer_question import asked_clearly
from actions.contract import Ask, Services
from actions.ports import CaseProgress
from actions.progress_items import Shown
from actions.progress_question import Asked
from actions.talk import Talk
from bot.message import ActionResult, Effect
from knowledge.answer_matching import asks

VERB = "news"
NO = re.compile(r"不|别|甭|莫|算了|没必要|免了|用不着|没得必要|no", re.IGNORECASE)
YES = re.compile(r"要|好|行|可以|中|嗯|恩|需要|想|通知|告诉|成|得|对|是|ok|yes", re.IGNORECASE)
BESIDE = (
    "我|俺|咱|您|你|给|请|主动|一下|有|新|消息|进展|提醒|发|用|谢谢|麻烦|就|都|也"
    r"|的|嘞|咧|啊|呀|吧|呢|了|哦|噢|嘛|啦|哈|[\s，,。！!、~]"
)
"""What may stand beside yes or no; with any other word it is no answer to whether he wants news: 要带材料."""
ANSWER = re.compile(f"(?:{NO.pattern}|{YES.pattern}|{BESIDE})+", re.IGNORECASE)
STOP = re.compile(
    r"""(?:(?<!要)不要|(?<!用)不用|(?<!想)不想|别|莫|甭|停止|停了|停掉|取消|关掉|关了|关闭|退订)
        (?:再|老|一直|天天|给我|给俺|跟我|主动|要|把){0,3}
        (?:(?:发|推送?|通知|提醒|告诉|[收接]到?)(?:给?[我俺咱])?)?
        (?:了|这种|这个|这些|这样|那些|你们|的|进度|进展)*(?:通知|提醒|推送|消息|短信|信息|订阅)*   # what is not wanted
        (?:(?:给?[我俺])?(?:了|啦|啊|吧|嘛|哈|呀|谢谢|[\s。！!，,~])*$)
      | (?:通知|提醒|推送|消息|短信|信息).{0,5}?(?:别|不要|不用|停|取消|关|退订)
        (?:再|掉|了|给我|发|推|送|收|要|止)*(?:(?:了|啦|啊|吧|嘛|哈|[\s。！!])*$)
      | ^\s*(?:退订|td|回?t)\s*$                                                   # as text messages are ended""",
    re.VERBOSE | re.IGNORECASE,
)
"""Says unmistakably that no more of something is wanted, whatever else is going on."""
SPEAKS_OF_NEWS = re.compile(r"通知|提醒|推送|推|发|消息|短信|信息|订阅|告诉|退订|^\s*(?:td|回?t)\s*$", re.IGNORECASE)
"""What `STOP` found must also name the news: 「不要了」 may be about anything."""


async def choose_news(ask: Ask, services: Services) -> ActionResult:
    """The action of the intents `want_news` and `stop_news`. Without a proved case a question of the guide is answered
    as such."""
    talk = Talk(ask, services)
    cases = await services.cases.bound_to(ask.conversation)
    answer = None if cases or talk.in_loop or stops(ask.text) else asked_clearly(talk)
    if answer:
        return answer
    if ask.intent == "stop_news" or stops(ask.text):
        return stop(talk)
    if not cases:
        reply = talk.reply("clarify", "news_needs_case")
        choice = (talk.library.phrase("label_progress"), "progress")
        return talk.result(reply if talk.in_loop else talk.offer(reply, choice))
    return talk.result(talk.reply("notice", "news_agreed"), effects=tuple(_effect(one.case_no, True) for one in cases))


def question(talk: Talk, case: CaseProgress, items: Sequence[Shown]) -> Asked | None:
    """Whether he wants news of a case, once for each; None when that is known or nothing is to come any more."""
    is_over = all(one.known and one.known.is_final for one in items)
    if case.news != "unasked" or is_over or case.case_no in talk.private.asked_news:
        return None
    talk.private.asked_news = (*talk.private.asked_news, case.case_no)
    say = talk.library.phrase
    labels = ((say("label_news"), "agreed"), (say("label_no_news"), "declined"))
    choices = tuple((label, f"{VERB}:{news}:{case.case_no}") for label, news in labels)
    return Asked(talk.reply("clarify", "ask_news"), choices)


def answered(talk: Talk) -> ActionResult | None:
    """The answer in words (不用了, 好嘞) to the question that was put last; None for anything else."""
    open_ones = [one for one in talk.private.offered if one.does.startswith(f"{VERB}:")]
    is_last = any(reply.text == talk.library.phrase("ask_news") for reply in talk.private.last)
    is_answer = ANSWER.fullmatch(talk.ask.text) or talk.ask.intent == "want_news"
    if not open_ones or not is_last or not is_answer or asks(talk.ask.text):
        return None
    case_no = open_ones[0].does.split(":")[2]
    if NO.search(talk.ask.text):
        return take(talk, f"declined:{case_no}")
    is_yes = talk.ask.intent in ("affirm", "want_news") or YES.search(talk.ask.text)
    return take(talk, f"agreed:{case_no}") if is_yes else None


def take(talk: Talk, chosen: str) -> ActionResult:
    """What was chosen, as `agreed:TY26-8F3K-M2QX`."""
    news, _, case_no = chosen.partition(":")
    key = "news_agreed" if news == "agreed" else "news_declined"
    talk.private.offered = [one for one in talk.private.offered if not one.does.startswith(f"{VERB}:")]
    return talk.result(talk.reply("notice", key), effects=(_effect(case_no, news == "agreed"),))


def stops(text: str) -> bool:
    """Whether a message says that no more news is wanted."""
    found = STOP.search(text)
    return found is not None and SPEAKS_OF_NEWS.search(found.group()) is not None and not asks(text)


def stop(talk: Talk) -> ActionResult:
    """No more news of any case."""
    return talk.result(talk.reply("notice", "news_stopped"), effects=(Effect(kind="stop_news"),))


def _effect(case_no: str, agreed: bool) -> Effect:
    return Effect(kind="choose_news", data={"case_no": case_no, "news": "agreed" if agreed else "declined"})

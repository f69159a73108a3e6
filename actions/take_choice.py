"""Takes a choice that was offered earlier: by its number, its label, or a sentence that means it."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps

from actions import answer_question, questions, run_questionnaire
from actions.case_number import case_number_in
from actions.case_talk import take_up
from actions.change_answer import LONGEST_CHANGE
from actions.choose_news import VERB as NEWS
from actions.consent import refused
from actions.contract import Action, Ask, Services
from actions.follow_up import asks_on, is_follow_up
from actions.give_resume_code import redeem, resume_code_in
from actions.hand_off import ask_person
from actions.item_card import in_other_words, item_card, named_alone, no_such_item
from actions.list_items import items_of
from actions.list_materials import papers_of
from actions.memory import Offer
from actions.own_list import asked_of_list
from actions.report_paper import ticked, told
from actions.report_progress import begin
from actions.say_more import more
from actions.scope import Scope, ask_region, scope_of
from actions.send_checklist import send
from actions.set_region import settle
from actions.show_result import show_result
from actions.talk import Talk
from actions.vague_question import announced, which_matter
from actions.what_next import main_menu
from bot.message import ActionResult
from knowledge.answer_matching import says_yes
from knowledge.vocabulary import fold

ANSWERING = frozenset(
    {
        "answer_question",
        "decline",
        "explain_why",
        "fall_back",
        "greet",
        "introduce",
        "list_items",
        "list_materials",
        "set_region",
        "show_source",
        "take_choice",
    }
)
"""Actions whose message may be a question that its words show better than its intent."""

MISTAKEN = frozenset(
    {
        "change_answer",
        "report_paper",
        "run_questionnaire",
        "say_goodbye",
        "say_more",
        "show_history",
        "show_source",
        "take_complaint",
    }
)
"""Actions for which a short question that goes on with an answer is mistaken: 从哪一年起这么整的, 养老那个嘞."""

WISHES = frozenset(
    {
        "change_answer",
        "explain_why",
        "run_questionnaire",
        "say_again",
        "say_goodbye",
        "show_source",
        "take_complaint",
        "thank",
    }
)
"""Actions whose message is a question all the same when it clearly asks for what a guide states: none of the
utterances in nlu/development that mean these actions does."""

TELLING = frozenset(
    {
        "answer_question",
        "change_answer",
        "fall_back",
        "report_progress",
        "run_questionnaire",
        "set_region",
        "take_choice",
        "take_complaint",
    }
)
"""Actions whose message may tell an answer to a questionnaire that was laid aside."""


def unmistakable_first(action: Action) -> Action:
    """The action, unless the message cannot be mistaken, whatever Rasa understood.

    It is a code that takes up a questionnaire, or only announces a question; or, outside the loops, word for word a
    choice that was offered, or names an item by its number, or holds the number of a case, or is a question of a kind
    that its words show.
    """

    @wraps(action)
    async def first(ask: Ask, services: Services) -> ActionResult:
        talk = Talk(ask, services)
        code = resume_code_in(talk) if ask.is_new_message else None
        if code:
            return await redeem(talk, code)
        forgotten = refused(talk) if ask.is_new_message and not talk.in_loop else None
        if forgotten:
            return forgotten
        go_ahead = announced(talk) if ask.is_new_message else None
        if go_ahead:
            return talk.result(go_ahead)
        of_list = asked_of_list(talk) if ask.is_new_message else None
        if of_list:
            return of_list
        if talk.in_loop or not ask.is_new_message:
            return await action(ask, services)
        offer = questions.offered(talk)
        if offer:
            return await _do(talk, offer)
        if talk.says("words_for_result") and talk.private.phase not in (None, "region"):
            return show_result(talk) if talk.private.phase == "done" else run_questionnaire.start(talk)
        of_papers = told(talk)
        if of_papers:
            return of_papers
        card = named_alone(talk)
        if card:
            return talk.result(card)
        named = in_other_words(talk)
        if named:
            return answer_question.resolve(talk, replace(scope_of(talk), text=named, whole=named))
        unlisted = no_such_item(talk)
        if unlisted:
            return talk.result(unlisted)
        taken_up = run_questionnaire.told_while_aside(talk) if action.__name__ in TELLING else None
        if taken_up:
            return taken_up
        if case_number_in(ask.text):
            return await begin(talk)
        lacks_matter = which_matter(talk, scope_of(talk))
        if lacks_matter:
            return talk.result(lacks_matter)
        if action.__name__ in MISTAKEN and is_follow_up(talk):
            return answer_question.resolve(talk, scope_of(talk))
        if action.__name__ in WISHES and (asked := answer_question.asked_clearly(talk, _is_moot(talk, action))):
            return asked
        by_words = answer_question.by_its_words(talk) if action.__name__ in ANSWERING else None
        return by_words or await action(ask, services)

    return first


def _is_moot(talk: Talk, action: Action) -> bool:
    """Whether there is no answer to change, or none whose source could be asked for."""
    if action.__name__ == "change_answer":
        is_story = len(talk.ask.text) > LONGEST_CHANGE and not talk.says("words_for_wrong")
        return is_story and not questions.asked(talk)
    return action.__name__ == "show_source" and not talk.private.told


async def take_choice(ask: Ask, services: Services) -> ActionResult:
    """The action of `choose`, `affirm`, `deny`, `unsure` and `inform` outside a loop.

    A sentence that takes no choice is answered as a question: callers tell their story first.
    """
    talk = Talk(ask, services)
    offer = questions.offered(talk) or _meant(talk)
    if offer is not None:
        return await _do(talk, offer)
    if talk.in_loop:
        key = "no_answer_to_this" if talk.loop == "report_progress" else "answer_not_understood"
        return talk.result(talk.reply("notice", key))
    is_question = ask.intent == "inform" or len(ask.text) > 6 or talk.knowledge.vocabulary.find(ask.text)
    if is_question or asks_on(talk):
        return answer_question.resolve(talk, scope_of(talk))
    if talk.private.offered:
        choices = [(one.label, one.does) for one in talk.private.offered]
        return talk.result(talk.offer(talk.reply("fallback", "no_such_choice"), *choices))
    return talk.result(talk.offer(talk.reply("fallback", "nothing_asked"), *main_menu(talk)))


def _meant(talk: Talk) -> Offer | None:
    """A bare yes takes the only choice; a sentence takes the one choice whose label it contains.

    Whether news is wanted is never taken so: 要 and 不要 stand in 身份证要不要带, and `choose_news` hears the words.
    """
    offered = talk.private.offered
    if len(offered) == 1 and says_yes(talk.ask.text):
        return offered[0]
    said = fold(talk.ask.text)
    named = [one for one in offered if fold(one.label) in said and not one.does.startswith(f"{NEWS}:")]
    return named[0] if len(named) == 1 else None


async def _do(talk: Talk, offer: Offer) -> ActionResult:
    verb, _, argument = offer.does.partition(":")
    match verb:
        case "region":
            region = talk.library.regions.by_code(argument)
            province = talk.library.province_for(argument)
            return settle(talk, Scope(province, region, True, ""))
        case "entry":
            province = talk.library.provinces.get(argument.split(".")[0])
            if province is None:
                return talk.result(talk.reply("fallback", "choice_gone"))
            return talk.result(answer_question.answer_entry(talk, province, argument))
        case "item":
            province_id, _, item_id = argument.partition(".")
            province = talk.library.provinces.get(province_id)
            return talk.result(
                item_card(talk, province, item_id) if province else talk.reply("fallback", "choice_gone")
            )
        case "start" | "afresh":
            return run_questionnaire.start(talk, afresh=verb == "afresh")
        case "answer" | "confirm" | "change":
            return run_questionnaire.take_up(talk)
        case "result":
            return show_result(talk)
        case "checklist":
            return await send(talk)
        case "materials":
            province = talk.province
            return talk.result(papers_of(talk, province)) if province else ask_region(talk, offer.label, "materials")
        case "items":
            province = talk.province
            return talk.result(items_of(talk, province)) if province else ask_region(talk, offer.label, "items")
        case "paper":
            state, _, ids = argument.partition(":")
            return ticked(talk, "have" if state == "have" else "missing", ids.split(","))
        case "progress" | "case":
            return await begin(talk, argument or None)
        case "case_item" | "news" | "rate":
            return await take_up(talk, verb, argument)
        case "more":
            return await more(talk)
        case "say":
            return answer_question.resolve(talk, scope_of(talk, argument))
        case "person":
            return ask_person(talk, "asked")
    return talk.result(talk.reply("fallback", "choice_gone"))

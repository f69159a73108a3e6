"""Every action that Rasa may call, by the name it has in the domain. The name is that of the module."""

from __future__ import annotations

from actions.answer_question import answer_question
from actions.cancel import cancel
from actions.case_talk import case_talk_first
from actions.change_answer import change_answer
from actions.choose_news import choose_news
from actions.comfort import care_first, comfort
from actions.contract import Action
from actions.decline import decline
from actions.explain_why import explain_why
from actions.fall_back import fall_back
from actions.give_resume_code import give_resume_code
from actions.go_back import go_back
from actions.greet import greet
from actions.guide_age import with_age
from actions.hand_off import hand_off
from actions.introduce import introduce
from actions.leave_questionnaire import leave_questionnaire
from actions.list_items import list_items
from actions.list_materials import list_materials
from actions.other_time import of_its_time
from actions.rate_case import rate_case
from actions.report_paper import report_paper
from actions.report_progress import report_progress
from actions.run_questionnaire import run_questionnaire
from actions.say_again import say_again
from actions.say_goodbye import say_goodbye
from actions.say_more import say_more
from actions.say_simpler import say_simpler
from actions.send_checklist import send_checklist
from actions.set_region import set_region
from actions.show_history import show_history
from actions.show_source import show_source
from actions.take_choice import take_choice, unmistakable_first
from actions.take_complaint import frustration_first, take_complaint
from actions.thank import thank


def _in_order(action: Action) -> Action:
    """The action behind all that comes before it, but for care."""
    return case_talk_first(frustration_first(of_its_time(with_age(unmistakable_first(action)))))


ACTIONS: dict[str, Action] = {
    action.__name__: care_first(_in_order(action), _in_order(answer_question))
    for action in (
        answer_question,
        cancel,
        change_answer,
        choose_news,
        comfort,
        decline,
        explain_why,
        fall_back,
        give_resume_code,
        go_back,
        greet,
        hand_off,
        introduce,
        leave_questionnaire,
        list_items,
        list_materials,
        rate_case,
        report_paper,
        report_progress,
        run_questionnaire,
        say_again,
        say_goodbye,
        say_more,
        say_simpler,
        send_checklist,
        set_region,
        show_history,
        show_source,
        take_choice,
        take_complaint,
        thank,
    )
}

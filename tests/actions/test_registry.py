"""Every action of the domain is there, and no other."""

from pathlib import Path

import yaml

from actions.registry import ACTIONS

DOMAIN = yaml.safe_load(Path("bot/rasa/domain.yml").read_text("utf-8"))
RULES = yaml.safe_load(Path("bot/rasa/rules.yml").read_text("utf-8"))["rules"]


def test_registry_holds_the_actions_of_the_domain() -> None:
    assert set(ACTIONS) == set(DOMAIN["actions"]) - {"action_session_start"}


def test_every_rule_ends_in_an_action_of_the_registry() -> None:
    called = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}

    assert called - {"action_listen"} == set(ACTIONS)


def test_every_intent_of_the_domain_has_a_rule() -> None:
    answered = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}

    assert answered == set(DOMAIN["intents"])


def test_every_loop_is_an_action() -> None:
    assert set(DOMAIN["forms"]) <= set(ACTIONS)


def test_every_action_bears_the_name_of_its_module() -> None:
    assert {name for name in ACTIONS if Path(f"actions/{name}.py").is_file()} == set(ACTIONS)

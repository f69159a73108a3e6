"""What is wrong with an entry, as an editor reads it: every message of the checks with its sentence in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.wording import Wording

PATTERNS: tuple[tuple[str, str], ...] = (
    ("required", r"Field required"),
    ("extra", r"Extra inputs are not permitted"),
    ("text", r"Input should be a valid string"),
    ("date", r"Input should be a valid date.*"),
    ("number", r"Input should be a valid integer.*"),
    ("least", r"Input should be greater than or equal to (?P<least>\d+)"),
    ("choice", r"Input should be '.*"),
    ("pattern", r"String should match pattern .*"),
    ("required", r"Value should have at least 1 item .*"),
    ("few", r"(?:Tuple|List|Value) should have at least (?P<least>\d+) items? .*"),
    ("few_named", r"Dictionary should have at least (?P<least>\d+) items? .*"),
    ("list", r"Input should be a valid (?:tuple|dictionary|list).*"),
    ("bool", r"Input should be a valid boolean.*"),
    ("twice_id", r"the id '(?P<one>.*)' stands twice"),
    ("guide", r"the guide '(?P<one>.*)' is not one of: .*"),
    ("until", r"'until' is before 'from'"),
    ("ask", r"'ask' must say who would know.*"),
    ("year_day", r"'(?P<one>.*)' is not a day of every year.*"),
    ("one_measure", r"a time limit has exactly one of.*"),
    ("hours", r"'ends_at' is not after 'before'"),
    ("one_span", r"a reminder has exactly one of.*"),
    ("condition", r"a condition is exactly one of.*"),
    ("comparison", r"a question is compared by exactly one of.*"),
    ("no_question", r"equals, in, at_least need a question"),
    ("late_question", r"question '(?P<one>.*)' is not asked before this one"),
    ("question", r"question '(?P<one>.*?)' is not defined.*"),
    ("numbers", r"'at_least' needs options that are numbers, unlike '(?P<one>.*)'"),
    ("option", r"'(?P<one>.*?)' has no option '(?P<other>.*?)'.*"),
    ("nobody", r"no answers lead here"),
    ("nobody_part", r"no answers make this part of the condition true"),
    ("empty", r"'(?P<field>.*)' is empty"),
    ("long", r"'(?:say|tell)' has (?P<count>\d+) sentences; at most (?P<most>\d+) can be heard at once"),
    ("overview", r"an item needs the aspect 'overview'"),
    ("possible", r"an item with 'when' needs 'possible_say'"),
    ("possible_paper", r"a paper with 'when' needs .*"),
    ("waiting", r"still to be filled in: (?P<one>.*)"),
    ("section", r"section '(?P<one>.*?)' of (?P<other>\S+) is not in sections.yaml.*"),
    ("no_sections", r"sections.yaml lists no sections of (?P<one>.*)"),
    ("used", r"'(?P<one>.*)' is 'unused', but (?P<other>.*) cites it"),
    ("unused", r"nothing cites '(?P<one>.*)', and 'unused' does not say why"),
    ("strange_guide", r"the guide '(?P<one>.*?)' is not one of this province.*"),
    ("past", r"this held until (?P<one>\S+) and is out of date"),
    ("after_check", r"'(?P<field>.*)' (?P<one>\S+) is after 'checked_on' (?P<other>\S+)"),
    ("future", r"(?P<one>\S+) is in the future"),
    ("review", r"'review_due' (?P<one>\S+) is before 'checked_on' (?P<other>\S+)"),
    ("changes_nothing", r"question '(?P<one>.*)' changes nothing"),
    ("no_item", r"the answers (?P<one>.*) end without any item .*"),
    ("no_paper", r"the answers (?P<one>.*) end without any paper.*"),
    ("no_result", r"the answers (?P<one>.*) \(.* ways alike\)"),
    ("alike", r"'(?P<one>.*?)': (?P<other>.*) come to the same"),
    ("idle_clock", r"no report shows that '(?P<one>.*)' has happened"),
    ("stays_open", r"'(?P<one>.*)' stays possible although all is answered.*"),
    ("not_national", r"\w+ '(?P<one>.*?)' is not in the national list.*"),
    ("not_here", r"\w+ '(?P<one>.*?)' is not defined here.*"),
    ("one_way", r"'(?P<one>.*)' does not name '(?P<other>.*)' in its own 'or_instead'"),
    ("circle", r"'after' goes round in a circle: (?P<one>.*)"),
    ("no_province", r"'(?P<one>.*)' is no province's code"),
    ("same_region", r"'(?P<one>.*)' is the region of '(?P<other>.*)' too"),
    ("same_guide", r"'(?P<one>.*)' is a guide of '(?P<other>.*)' too"),
    ("no_region", r"'(?P<one>.*)' is no region's code"),
    ("not_inside", r"'(?P<one>.*)' is no place in this province"),
    ("file_name", r"(?:the file of the city .*|the id .*name)"),
    ("two_facts", r"'(?P<one>.*)' is the id of two facts"),
    ("whole_service", r"'item' is missing: .*"),
    ("said_twice", r"'(?P<one>.*)' has a next step above already"),
    ("same_code", r"the code '(?P<one>.*)' stands for '(?P<other>.*)' too"),
    ("braces", r"the braces of '(?P<one>.*)' cannot be filled in.*"),
    ("phrase_gone", r"(?:phrases.yaml: )?the phrase '(?P<one>.*)' is gone.*"),
    ("phrase_names", r"(?:phrases.yaml: )?the phrase '(?P<one>.*)' names \{(?P<other>.*)\}.*"),
    ("no_such_province", r"'(?P<one>.*)' is no province of these data"),
    ("cells", r"\d+ cells instead of .*"),
    ("no_day", r"日期: '(?P<one>.*)' is no day.*"),
    ("not_one_of", r"(?P<field>安排|通知): '(?P<one>.*)' is not one of: (?P<other>.*)"),
    ("no_holiday", r"名称: the name of the holiday is missing"),
    ("usual_day", r"日期: (?P<one>\S+) is a .*"),
    ("day_twice", r"日期: (?P<one>\S+) stands twice.*"),
    ("mixed_notice", r"通知: differs from line .*"),
    ("year_short", r"(?P<one>\d+) has (?P<count>-?\d+) days off beyond weekends.*"),
    ("key_twice", r"'(?P<one>.*)' stands twice"),
    ("places", r"the places cannot be read.*"),
    ("other_id", r"the id is '(?P<one>.*)' and not '(?P<other>.*)'"),
    ("beside", r"this would change '(?P<one>.*)' beside it"),
    ("no_entry", r"keys with their values were expected"),
    (
        "not_yaml",
        r"not YAML|the file is empty|a key is one word|not UTF-8.*|.*(?:expected|found|could not|mapping values).*",
    ),
    ("other", r".*"),
)
"""Key of the sentence and the message that it stands for, the first that fits."""
ELSE = "other"
_COMPILED = tuple((key, re.compile(pattern, re.DOTALL)) for key, pattern in PATTERNS)
QUOTED = re.compile(r"'([^']*)'")
PREFIX = re.compile(r"(?:Value error, |Assertion failed, )")
PLACED = re.compile(r"[\w.\[\]-]+: (?=[A-Z])", re.ASCII)
"""The checks name the place again in front of a message of the schema."""


def sentence_of(problem: str, words: Wording, name: Callable[[str], str] = str) -> str:
    """A message of the checks in Chinese, with what to do. name: what something is called by its id."""
    bare = PREFIX.sub("", PLACED.sub("", problem, count=1), count=1)
    for key, pattern in _COMPILED:
        found = pattern.fullmatch(bare)
        if found is not None:
            given = {part: _named(value or "", name) for part, value in found.groupdict().items()}
            return words.say(f"wrong.{key}", problem=bare, **given)
    return words.say(f"wrong.{ELSE}", problem=bare)


def _named(value: str, name: Callable[[str], str]) -> str:
    """What a part of a message names, called by its name; of several ids in it, each."""
    called = name(value)
    return called if called != value else QUOTED.sub(lambda found: f"“{name(found[1])}”", value)

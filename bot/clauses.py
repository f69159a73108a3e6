"""A message in clauses, in the one form in which words are compared with those of the word lists."""

from functools import cache
from importlib.resources import files

import yaml

from bot.characters import ascii_form, is_invisible


def clauses(text: str) -> list[str]:
    """The message in clauses without blanks and punctuation, in one script and one width."""
    shown = "".join(ascii_form(char) for char in text if not is_invisible(char)).lower().translate(_same())
    parts = [""]
    for char in shown:
        if char.isalnum():
            parts[-1] += char
        elif not char.isspace() and parts[-1]:
            parts.append("")
    return [part for part in parts if part]


@cache
def _same() -> dict[int, str]:
    lists = yaml.safe_load(files("bot").joinpath("spoken_words.yaml").read_text("utf-8"))
    return {ord(pair[0]): pair[1] for pair in lists["same_characters"]}

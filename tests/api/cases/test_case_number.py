"""Case numbers: the year, and forty bits that nobody can guess or mishear."""

import re

from api.cases.case_number import ALPHABET, new_case_number

FORM = re.compile(r"TY26-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}")


def test_alphabet_leaves_out_what_is_misread() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_number_bears_the_year_and_eight_characters() -> None:
    assert FORM.fullmatch(new_case_number(2026))


def test_year_has_two_digits() -> None:
    assert new_case_number(2107).startswith("TY07-")


def test_many_numbers_are_all_different_and_well_formed() -> None:
    drawn = {new_case_number(2026) for _ in range(5000)}

    assert len(drawn) == 5000
    assert all(map(FORM.fullmatch, drawn))


def test_every_character_of_the_alphabet_is_drawn() -> None:
    drawn = "".join(new_case_number(2026)[5:].replace("-", "") for _ in range(2000))

    assert set(drawn) == set(ALPHABET)

"""How a text looks to the intent classifier."""

from nlu.components.dictionary import Found
from nlu.components.views import PLACEHOLDER_SIGN, SIGNS, as_written, marks, with_signs

WORDS = [("啥", "什么"), ("俺", "我")]
CERTIFICATE = Found(0, 6, "paper", "household_cancellation_certificate")


def test_width_case_and_blanks_make_no_difference() -> None:
    assert as_written("ＯＫ， 好的") == as_written("ok,好的")


def test_every_paper_looks_alike() -> None:
    kinship = Found(0, 6, "paper", "kinship_certificate")

    assert with_signs("户口注销证明要带", [CERTIFICATE], []) == with_signs("亲属关系证明要带", [kinship], [])


def test_a_thing_is_told_from_another_kind_of_thing() -> None:
    assert with_signs("户口注销证明要带", [CERTIFICATE], []) == f"^{SIGNS['paper']}要带$"


def test_overlapping_things_are_replaced_once() -> None:
    inner = Found(2, 4, "item", "household")

    assert with_signs("户口注销证明要带", [CERTIFICATE, inner], []) == f"^{SIGNS['paper']}要带$"


def test_everyday_words_are_brought_to_one_form() -> None:
    assert with_signs("俺要带啥", [], WORDS) == with_signs("我要带什么", [], WORDS)


def test_masked_number_is_one_sign_and_keeps_the_places_of_what_follows() -> None:
    text = "〔身份证号1〕户口"

    assert with_signs(text, [Found(7, 9, "item", "household")], []) == f"^{PLACEHOLDER_SIGN}{SIGNS['item']}$"


def test_question_and_statement_are_told_apart() -> None:
    assert "asks" in marks("户口注销了吗", [], []).split()
    assert "tells" in marks("户口注销了", [], []).split()


def test_text_without_things_names_nothing() -> None:
    assert "names_nothing" in marks("天气怎么样", [], []).split()
    assert "names_nothing" not in marks("户口注销证明", [CERTIFICATE], []).split()

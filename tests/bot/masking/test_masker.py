from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.masking import Found, Masked, mask, masker
from bot.masking.kinds import Kind, passes_luhn
from tests.bot.leak_scanner import find_leaks, holds
from tests.bot.number_spellings import (
    AFTER,
    BEFORE,
    bank_card,
    drawing,
    identity_number,
    mobile_number,
    old_identity_number,
    spell,
    with_wrong_check,
)

CLEAN = Path(__file__).parents[1].joinpath("corpora").joinpath("clean_sentences.txt").read_text("utf-8").splitlines()
NUMBERISH = st.text(
    st.sampled_from("0123456789xX×一二三〇零幺 -.\n/，、:()元卡号身份证电话Aa〔〕\u200b１９"), max_size=120
)


def spelled(seed, make, count):
    """Pairs of a number and a message that holds it in some spelling."""
    draw = drawing(seed)
    for _ in range(count):
        number = make(draw)
        yield number, draw.choice(BEFORE) + spell(draw, number) + draw.choice(AFTER)


def missed(pairs):
    return [text for number, text in pairs if holds(mask(text).text, number)]


@pytest.mark.parametrize(
    ("text", "masked", "value"),
    [
        ("身份证号110101199003071234谢谢", "身份证号〔身份证号1〕谢谢", "110101199003071234"),
        ("我的11010119900307123x收", "我的〔身份证号1〕收", "11010119900307123X"),
        ("１１０１０１１９９００３０７１２３Ｘ", "〔身份证号1〕", "11010119900307123X"),
        ("是110101 19900307 1234对吧", "是〔身份证号1〕对吧", "110101199003071234"),
        ("110101-1990-03-07-1234", "〔身份证号1〕", "110101199003071234"),
        ("110101.19900307.1234", "〔身份证号1〕", "110101199003071234"),
        ("1101011990\n03071234", "〔身份证号1〕", "110101199003071234"),
        ("1\u200b1\u200b0101199003071234", "〔身份证号1〕", "110101199003071234"),
        ("一一〇一〇一一九九〇〇三〇七一二三四", "〔身份证号1〕", "110101199003071234"),
        ("110101一九九〇0307一二三四", "〔身份证号1〕", "110101199003071234"),
        ("1101011990030712 3 叉", "〔身份证号1〕", "11010119900307123X"),
        ("11010519491231，002X", "〔身份证号1〕", "11010519491231002X"),
        ("110101(19491231)0021", "110101(19491231)0021", None),  # brackets join only where the check digit is right
        ("110101900307123", "〔身份证号1〕", "110101900307123"),
        ("381421199903212588", "〔身份证号1〕", "381421199903212588"),
        ("11010119900307123", "〔身份证号1〕", "11010119900307123"),  # one digit forgotten
        ("11010119901307123X", "〔身份证号1〕", "11010119901307123X"),  # a month that does not exist
        ("办件编号是忘了，身份证110101199003071234", "办件编号是忘了，身份证〔身份证号1〕", "110101199003071234"),
        ("打13112312312", "打〔手机号1〕", "13112312312"),
        ("+86 138 1234 5678", "〔手机号1〕", "13812345678"),
        ("(+86)13812345678", "〔手机号1〕", "13812345678"),
        ("008613812345678", "〔手机号1〕", "13812345678"),
        ("86-138-1234-5678", "〔手机号1〕", "13812345678"),
        ("013812345678", "〔手机号1〕", "13812345678"),
        ("幺三八幺两三四五六拐八", "〔手机号1〕", "13812345678"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "〔手机号1〕", "13812345678"),
        ("wx13812345678", "wx〔手机号1〕", "13812345678"),
        ("0371-65671234", "〔电话1〕", "037165671234"),
        ("（0371）6567-1234", "〔电话1〕", "037165671234"),
        ("010 6567 1234", "〔电话1〕", "01065671234"),
        ("089865671234", "〔电话1〕", "089865671234"),
        ("家里电话：65671234", "家里电话：〔电话1〕", "65671234"),
        ("6222 0213 8123 4567 890", "〔银行卡号1〕", "6222021381234567890"),
        ("6222021381234567890", "〔银行卡号1〕", "6222021381234567890"),
        ("卡号6222021381234561", "卡号〔银行卡号1〕", "6222021381234561"),
        ("卡号是123456789012", "卡号是〔银行卡号1〕", "123456789012"),
        ("军字第1234567号", "军字第〔军官证号1〕号", "1234567"),
        ("退字第20231234号", "退字第〔退役证号1〕号", "20231234"),
        ("军官证号：0123456", "军官证号：〔军官证号1〕", "0123456"),
    ],
)
def test_a_personal_number_is_replaced_in_any_spelling(text, masked, value):
    result = mask(text)
    assert result.text == masked
    assert [found.value for found in result.found] == ([value] if value else [])


def test_identity_numbers_are_found_in_all_of_4000_spellings():
    assert missed(spelled(1, identity_number, 2_000)) == []
    assert missed(spelled(2, lambda draw: with_wrong_check(draw, identity_number(draw)), 2_000)) == []


def test_all_5000_valid_numbers_are_recognised_as_identity_numbers():
    draw = drawing(3)
    numbers = [identity_number(draw) for _ in range(5_000)]
    assert [n for n in numbers if mask(n).found != (Found(Kind.IDENTITY, "〔身份证号1〕", n),)] == []


def test_other_numbers_are_found_in_at_least_995_of_1000_spellings():
    assert len(missed(spelled(4, old_identity_number, 1_000))) <= 5
    assert len(missed(spelled(5, mobile_number, 2_000))) <= 10
    assert len(missed(spelled(6, lambda draw: bank_card(draw, 16), 1_000))) <= 5
    assert len(missed(spelled(7, lambda draw: bank_card(draw, 19), 1_000))) <= 5


def test_nothing_that_the_independent_scanner_knows_is_left_in_a_message_with_several_numbers():
    draw = drawing(8)
    said = "身份证{}，电话{}，卡{}\n{}"
    numbers = (identity_number, mobile_number, lambda draw: bank_card(draw, 19))
    texts = [said.format(*(make(draw) for make in numbers), spell(draw, identity_number(draw))) for _ in range(500)]
    assert [text for text in texts if find_leaks(mask(text).text)] == []
    assert all(find_leaks(text) for text in texts)


@pytest.mark.parametrize("text", CLEAN)
def test_a_sentence_without_personal_numbers_stays(text):
    assert mask(text) == Masked(text)


def test_at_most_5_of_1000_clean_messages_are_masked():
    draw = drawing(9)
    pairs = draw.sample(list(product(CLEAN, CLEAN)), 12_000)
    wrong = [pair for pair in pairs if mask(draw.choice((" ", "，", "\n", "。")).join(pair)).found]
    assert len(wrong) <= 12_000 * 0.005


def test_document_numbers_stay():
    makers = ("豫退役军人", "国办发", "闽退役军人厅", "冀政务办", "琼退役军人规", "民发", "人社部发", "军政")
    brackets = ("〔〕", "[]", "（）", "()", "【】")
    numbers = [
        f"{maker}{left}{year}{right}{number}号"
        for maker, (left, right), year, number in product(
            makers, brackets, range(1999, 2027), (1, 7, 32, 63, 138, 1356)
        )
    ]
    joined = [f"{a} {b}" for a, b in zip(numbers, numbers[11:], strict=False)]
    assert len(numbers) + len(joined) > 10_000
    assert [text for text in numbers + joined if mask(text).found] == []


def test_the_same_value_gets_the_same_placeholder_and_others_are_numbered():
    result = mask("我13812345678，我爱人13912345678，还是打13812345678，身份证110101199003071234")
    assert result.text == "我〔手机号1〕，我爱人〔手机号2〕，还是打〔手机号1〕，身份证〔身份证号1〕"
    assert [found.placeholder for found in result.found] == ["〔手机号1〕", "〔手机号2〕", "〔身份证号1〕"]


def test_numbers_written_without_a_gap_are_parted():
    result = mask("11010119900307123413812345678")
    assert result.text == "〔身份证号1〕〔手机号1〕"


def test_a_case_number_of_our_own_stays_beside_a_phone():
    assert mask("TY26-1234-5678 13812345678").text == "TY26-1234-5678 〔手机号1〕"
    assert mask("TY26-8F3K-M2QX，13812345678").text == "TY26-8F3K-M2QX，〔手机号1〕"


def test_a_serial_number_stays_but_an_identity_number_in_its_place_does_not():
    assert mask("办件编号410105202411070012").found == ()
    assert mask("办件编号11010519491231002X").text == "办件编号〔身份证号1〕"


@given(st.one_of(NUMBERISH, st.text(st.characters(codec=None), max_size=120)))
@settings(max_examples=400)
def test_masking_twice_changes_nothing_and_values_are_canonical(text):
    once = mask(text)
    again = mask(once.text)
    assert again == Masked(once.text)
    assert all(found.value.rstrip("X").isdigit() and found.value.isascii() for found in once.found)
    assert all(found.placeholder in once.text for found in once.found)


@given(NUMBERISH, NUMBERISH)
@settings(max_examples=300)
def test_a_valid_identity_number_between_words_never_survives(before, after):
    assert not holds(mask(f"{before}号11010519491231002X号{after}").text, "11010519491231002X")


@pytest.mark.parametrize(
    "piece",
    [
        "1 3 8 ",
        "1",
        "1\x00",
        "1-.",
        "138",
        "11010119900307",
        "1 1",
        "一1",
        "A1",
        "身份证1",
        "TY26 ",
        "1\u200b ",
        "199003071",
        "1,",
    ],
)
def test_work_grows_with_the_length_only(piece, monkeypatch):
    """Counts how often groups are looked at; on hostile input as on any other that is linear in the length."""
    looked = []
    real = masker.read_several
    monkeypatch.setattr(masker, "read_several", lambda *given: looked.append(len(given[0])) or real(*given))
    mask((piece * 4_000)[:4_000])
    assert len(looked) <= 2 * 4_000 * len(masker._LENGTHS_OF_SEVERAL)
    assert max(looked, default=0) <= 19


def test_the_check_digit_of_cards():
    assert passes_luhn("4111111111111111")
    assert not passes_luhn("4111111111111112")

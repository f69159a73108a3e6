import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.normalise import LONGEST_TEXT, normalise

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  户口怎么办  ", "户口怎么办"),
        ("１２３４５ＡＢｃ", "12345ABc"),
        ("𝟏𝟐𝟑 ٣٤", "123 34"),
        ("户\u200b口\u2060登\ufeff记", "户口登记"),
        ("\u202e反着的\u202c", "反着的"),
        ("空\x00字\x07符", "空字符"),
        ("半个\ud83d表情", "半个表情"),
        ("整个\ud83d\ude00表情", "整个😀表情"),
        ("1️⃣", "1"),
        ("第一\t 第二\u3000\u3000第三", "第一 第二 第三"),
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("一行 \n\n\n\n 二行\n", "一行\n\n二行"),
        ("⼈⼝", "人口"),
        ("cafe\u0301", "café"),
        ("\u3164\u115f", ""),
    ],
)
def test_what_people_do_not_see_goes_and_digits_are_plain(written, read):
    assert normalise(written) == read


@pytest.mark.parametrize(
    "text", ["您好，要带什么？（原件！）；：“一件事”", "豫退役军人〔2024〕63号", "①②③", "👴", "℃㎡…——"]
)
def test_what_people_wrote_stays(text):
    assert normalise(text) == text


@given(ANY_TEXT)
def test_a_normal_text_is_normal(text):
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_every_database_and_every_line_takes_the_result(text):
    read = normalise(text)
    assert "\x00" not in read
    assert read == read.strip()
    assert read.encode("utf-8").decode("utf-8") == read


@given(ANY_TEXT, st.integers(1, 50))
def test_the_result_is_never_longer_than_the_limit(text, limit):
    assert len(normalise(text, limit)) <= limit


def test_a_text_of_the_longest_length_is_kept_whole():
    assert normalise("字" * LONGEST_TEXT) == "字" * LONGEST_TEXT
    assert normalise("字" * (LONGEST_TEXT + 1)) == "字" * LONGEST_TEXT


def test_a_number_is_not_cut_in_two():
    assert normalise("我的号 110101199003071234", 15) == "我的号"
    assert normalise("我的号 110101199003071234", 22) == "我的号 110101199003071234"


def test_a_text_of_digits_only_is_not_lost():
    assert len(normalise("1" * 3_000)) == LONGEST_TEXT - 40

"""「有用」 and 「没用」 right after an answer: kept with the answer, and never in the way of anything else."""

from __future__ import annotations

from bot.message import Memory
from tests.api.conftest import House
from tests.fakes.rasa import say

MARKS = "SELECT verdict, note, staff_id FROM answer_mark ORDER BY id"
PLACE = {"guide": "x", "title": "指南", "doc_no": "豫〔2024〕1号", "section": "四(一)", "valid_from": None}


def answering(house: House, kind: str = "answer") -> None:
    house.rasa.answer = lambda asked: [
        say(f"听到：{asked['message']}", kind, citations=[PLACE], data={"knowledge_ids": ["henan.x"]})
    ]


async def said(house: House, text: str, number: int, **more: object) -> list[str]:
    answer = await house.line.send(text, f"t-{number}", **more)  # type: ignore[arg-type]
    return [one["text"] for one in answer["replies"]]


async def test_a_word_right_after_an_answer_is_kept_with_it(house: House) -> None:
    answering(house)

    await said(house, "户口怎么办", 1)
    up = await said(house, "有用", 2)

    assert up == ["知道了，谢谢您告诉我们。还有别的事，直接说就行。"]
    assert len(house.rasa.asked) == 1
    assert house.rows(
        "SELECT m.verdict, t.text, m.knowledge_ids FROM answer_mark m JOIN transcript t ON t.id = m.transcript_id"
    ) == [("up", "听到：户口怎么办", ["henan.x"])]


async def test_the_later_word_counts_and_a_reason_may_follow(house: House) -> None:
    answering(house)

    await said(house, "户口怎么办", 1)
    await said(house, "有用", 2)
    await said(house, "没用", 3)
    why = await said(house, "没用，我的电话是13812345678，说的不是我问的", 4)

    assert house.rows(MARKS) == [("down", "我的电话是〔手机号1〕，说的不是我问的", None)]
    assert why[0].startswith("记下了，谢谢您说得这么清楚")


async def test_after_anything_else_it_is_answered_as_any_message(house: House) -> None:
    await said(house, "你好", 1)
    after_greeting = await said(house, "没用", 2)
    answering(house)
    await said(house, "户口怎么办", 3)
    house.rasa.answer = lambda asked: [say("不客气")]
    await said(house, "谢谢", 4)
    later = await said(house, "没用", 5)

    assert (after_greeting, later) == (["听到：没用"], ["不客气"])
    assert house.rows(MARKS) == []


async def test_it_is_never_in_the_way_of_a_questionnaire(house: House) -> None:
    house.rasa.answer = lambda asked: [
        say("答", "answer", citations=[PLACE]).model_copy(update={"memory": Memory(loop="run_questionnaire")})
    ]

    await said(house, "户口怎么办", 1)
    await said(house, "没用", 2)

    assert len(house.rasa.asked) == 2
    assert house.rows(MARKS) == []


async def test_deleting_takes_his_marks_and_leaves_those_of_staff_without_his_words(
    house: House,
) -> None:
    answering(house)
    await said(house, "户口怎么办", 1)
    await said(house, "没用，答的不对题", 2)
    house.change("INSERT INTO staff (login, name, password_hash, roles) VALUES ('z', '张', '', '{lead}')")
    house.change(
        "INSERT INTO answer_mark (transcript_id, staff_id, verdict, right_text)"
        " SELECT t.id, s.id, 'wrong', '要带' FROM transcript t, staff s WHERE t.speaker = 'bot' ORDER BY t.id LIMIT 1"
    )

    await said(house, "删除我的信息", 3)
    await said(house, "确认删除", 4)

    assert house.rows("SELECT verdict, transcript_id, right_text FROM answer_mark") == [("wrong", None, "要带")]

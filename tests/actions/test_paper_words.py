"""Whether a paper is brought is told by the person's own answers, as far as they decide it."""

import pytest

from tests.actions.builders import HENAN_TO_THE_END, Person, in_questionnaire

ASKED = "户口注销证明俺要不要带"
FROM_ELSEWHERE = ("1", "1", "1", "2", "1", "3", "1")
NOT_LOOKED_UP = ("1", "1", "1", "1", "1", "不确定", "3", "1")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (FROM_ELSEWHERE, "河南：您要带户口注销证明（原件）：您入伍前不是河南户籍。"),
        (
            NOT_LOOKED_UP,
            "河南：户口注销证明您不一定要带：您入伍前是河南户籍，系统里查得到注销记录就不用带，查不到才要。",
        ),
        (HENAN_TO_THE_END, "河南：您不用带户口注销证明：您入伍前是河南户籍，系统里也查到了注销记录。"),
    ],
)
async def test_paper_is_told_by_the_result(answers: tuple[str, ...], said: str) -> None:
    person = await in_questionnaire(*answers)
    await person.answers("1")

    reply = await person.told("answer_question", ASKED)

    assert reply.text.startswith(said)
    assert "附件2 五(二)6" in [citation.section for citation in reply.citations]


async def test_paper_is_told_by_the_answers_given_so_far() -> None:
    person = await in_questionnaire("1", "1", "1", "2")

    reply = (await person.meets("answer_question", ASKED)).replies[0]

    assert reply.text.startswith("河南：您要带户口注销证明（原件）：您入伍前不是河南户籍。")


async def test_without_answers_it_is_told_what_it_depends_on() -> None:
    reply = await Person(region_hint="河南").told("answer_question", ASKED)

    assert reply.text.startswith("河南：看情况。入伍前不是河南户籍的要带")


async def test_rule_for_all_is_kept_for_more() -> None:
    person = await in_questionnaire(*FROM_ELSEWHERE)
    await person.answers("1")
    await person.meets("answer_question", ASKED)

    more = await person.told("say_more", "更多", "say_more")

    assert "看情况。入伍前不是河南户籍的要带" in more.text


@pytest.mark.parametrize(
    ("region", "answers", "text", "said"),
    [
        ("福建", ("1", "1", "1", "1", "1", "2", "1", "3"), "居住证要不要带", "您不用带居住证：您是本地户籍"),
        (
            "福建",
            ("1", "1", "1", "2", "没注销", "2", "1", "3"),
            "户口没注销过，还要不要带户口本",
            "居民户口簿您不一定要带：",
        ),
        ("河北", ("1", "2", "1"), "户口注销证明要带吗", "您不用带户口注销证明：您户口没注销"),
        ("河北", ("1", "1", "1"), "户口注销证明要带吗", "您要带户口注销证明（原件，1 份）：您入伍时户口注销了"),
    ],
)
async def test_other_provinces_too(region: str, answers: tuple[str, ...], text: str, said: str) -> None:
    person = await in_questionnaire(*answers, region=region)
    await person.answers("1")

    reply = await person.told("answer_question", text)

    assert reply.text.startswith(f"{region}：{said}")

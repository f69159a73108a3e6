"""Papers are ticked off in words."""

from tests.actions.builders import Person, in_questionnaire, knowledge, labels, with_result


async def test_what_one_has_is_noted_and_what_is_left_is_told() -> None:
    person = await with_result()

    reply = await person.told("report_paper", "户口本有了，身份证也有", "report_paper")

    assert reply.kind == "materials"
    assert "有了居民户口簿、居民身份证" in reply.text
    assert "还差 6 样" in reply.text  # the form of application is made at the window
    states = {one["id"]: one["state"] for one in reply.data["materials"]}
    assert (states["household_register"], states["photo"]) == ("have", None)


async def test_what_is_missing_brings_where_to_get_it_with_its_section() -> None:
    person = await with_result()

    reply = await person.told("report_paper", "行政介绍信丢了", "report_paper")

    letter = knowledge().library.provinces["henan"].papers["discharge_letter"]
    assert letter.obtain is not None
    assert letter.obtain.say in reply.text
    assert letter.obtain.source[0].section in [citation.section for citation in reply.citations]


async def test_ticks_add_up_until_all_is_there() -> None:
    person = await with_result()
    await person.meets("report_paper", "除了照片都有了", "report_paper")

    left = await person.told("report_paper", "还差什么", "report_paper")
    full = await person.told("report_paper", "照片拍好了", "report_paper")

    assert "还差 1 样：白底一寸免冠照片" in left.text
    assert "都齐了" in full.text


async def test_the_list_shows_what_was_ticked_off() -> None:
    person = await with_result()
    await person.meets("report_paper", "户口本有了", "report_paper")

    papers = await person.told("list_materials", "要带哪些材料", "ask_materials")

    assert [one["state"] for one in papers.data["materials"] if one["id"] == "household_register"] == ["have"]
    assert "居民户口簿（原件）【有了】——" in papers.text


async def test_a_question_about_a_paper_is_answered_as_one() -> None:
    person = await with_result()

    reply = await person.told("report_paper", "户口本要不要带", "report_paper")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"] == ["henan.paper.household_register"]


async def test_without_a_list_a_lost_paper_is_a_question() -> None:
    reply = await Person(region_hint="河南").told("report_paper", "行政介绍信丢了", "report_paper")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"] == ["henan.paper.discharge_letter.obtain"]


async def test_lost_paper_is_noted_whatever_the_message_asks_besides() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "行政介绍信丢了怎么办", "ask_policy")

    assert "缺退出现役行政介绍信。" in reply.text


async def test_word_for_several_papers_is_asked_back() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "介绍信丢了", "ask_policy")
    taken = await person.told("take_choice", "1")

    assert "您说的“介绍信”是哪一样" in reply.text
    assert labels(reply) == ["退出现役行政介绍信", "兵役登记介绍信", "这几样都是"]
    assert "缺退出现役行政介绍信。" in taken.text


async def test_what_was_lost_and_is_found_is_off_the_list() -> None:
    person = await with_result()
    await person.meets("report_paper", "行政介绍信丢了", "report_paper")

    reply = await person.told("take_choice", "证件齐了 介绍信也找着了 还差啥", "inform")

    assert "有了退出现役行政介绍信。" in reply.text
    assert labels(reply) == ["居民身份证", "退出现役证件", "这几样都是"]


async def test_what_he_has_is_never_told_as_lost() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "户口簿我屋头有 我老汉的", "ask_policy")

    assert "有了居民户口簿" in reply.text
    assert "丢了" not in reply.text


async def test_paper_out_of_date_is_not_told_as_lost() -> None:
    person = await with_result()

    reply = await person.told("answer_question", "俺身份证过期了 咋弄", "ask_policy")

    assert "居民身份证过期了还能不能用，指南没有写。" in reply.text
    assert "《军人公民身份号码登记表》，有一样就行" in reply.text
    assert "丢了" not in reply.text
    assert "附件2 五(二)2" in [citation.section for citation in reply.citations]


async def test_what_is_perhaps_to_be_brought_is_not_counted_with_what_is_missing() -> None:
    person = await in_questionnaire("1", "1", "1", "1", "1", "1", "1", "1", "不确定")
    await person.answers("1")

    left = await person.told("report_paper", "还差什么", "report_paper")
    sure = await person.told("report_paper", "除了照片都有了", "report_paper")
    full = await person.told("report_paper", "照片拍好了", "report_paper")

    assert "还差 7 样" in left.text
    assert "不一定要的 1 样：白底一寸免冠照片电子版" in left.text
    assert "一定要带的都齐了。不一定要的 1 样" in sure.text
    assert "材料都齐了" in full.text


async def test_where_nothing_is_sure_yet_nothing_is_called_complete() -> None:
    person = await in_questionnaire("不确定", region="四川")
    while (await person.answers("1")).replies[-1].kind != "materials":
        pass

    reply = await person.told("report_paper", "还差什么", "report_paper")
    asked = await person.told("answer_question", "退役证件要不要带")

    assert "都齐了" not in reply.text
    assert "还差 6 样：退出现役证件" in reply.text
    assert asked.text.startswith("四川：您能不能办还没定清；能办的话就要带退出现役证件")


async def test_where_no_paper_is_listed_what_is_left_is_said_so() -> None:
    person = await in_questionnaire("1", "1", "1", "2", "1", "1", "1", "1", "2", region="海南")
    await person.answers("对")

    reply = await person.told("report_paper", "还差啥", "report_paper")
    spared = await person.told("list_items", "哪些不用带", "ask_items")

    assert reply.text.startswith("指南没有逐样列出您要带的材料。")
    assert "有效身份证件" not in spared.text

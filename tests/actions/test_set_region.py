"""The place where the person settles."""

import pytest

from tests.actions.builders import Person, in_questionnaire, labels


async def test_region_is_kept_and_told() -> None:
    person = Person()

    reply = await person.told("set_region", "我是河南的", "set_region")

    assert "河南" in reply.text
    assert person.memory.region is not None
    assert person.memory.region.code == "410000"


@pytest.mark.parametrize(
    "text", ["老家信阳，安置在泉州", "老家信阳安置在泉州", "我信阳人，落户泉州", "户口原来在河南信阳，现在要迁到泉州"]
)
async def test_place_of_settlement_counts_beside_the_home(text: str) -> None:
    person = Person()

    await person.meets("set_region", text, "set_region")

    assert person.memory.region is not None
    assert person.memory.region.code == "350500"


async def test_switch_replaces_the_region() -> None:
    person = Person(region_hint="河南")
    await person.meets("set_region", "换成海南", "set_region")

    reply = await person.told("answer_question", "户口要几天")

    assert reply.data["region"] == "海南"


async def test_place_without_a_guide_is_said_so_and_no_other_guide_answers_after_it() -> None:
    person = Person(region_hint="河南")
    told = await person.told("set_region", "我安置在广东", "set_region")

    after = await person.told("answer_question", "户口要几天")

    assert "广东" in told.text
    assert after.kind == "fallback"
    assert "广东" in after.text


async def test_item_in_the_same_sentence_is_answered() -> None:
    person = Person()

    reply = await person.told("set_region", "我安置在新乡，户口怎么办", "set_region")

    assert reply.kind == "answer"
    assert reply.data["knowledge_ids"] == ["henan.item.household_registration.how"]
    assert person.memory.region is not None
    assert person.memory.region.name == "新乡"


async def test_message_without_a_place_asks_for_it() -> None:
    reply = await Person().told("set_region", "换个省", "set_region")

    assert reply.kind == "clarify"
    assert labels(reply) == ["河北", "福建", "河南", "海南", "四川"]


async def test_list_that_waits_for_the_region_is_given() -> None:
    person = Person()
    await person.meets("list_materials", "要带哪些材料", "ask_materials")

    reply = await person.told("set_region", "河南", "set_region")

    assert "每个人都要备的" in reply.text


async def test_items_that_wait_for_the_region_are_given() -> None:
    person = Person()
    await person.meets("list_items", "有哪些事要办", "ask_items")

    reply = await person.told("set_region", "海南", "set_region")

    assert "一共能办 16 件" in reply.text


async def test_other_province_in_the_questionnaire_begins_its_own() -> None:
    person = await in_questionnaire("1", "1")

    result = await person.meets("set_region", "我安置在海南", "set_region")

    assert result.replies[-1].data["question"] == "reported"
    assert person.memory.private["answers"] == {"settlement": "hainan"}


async def test_same_province_in_the_questionnaire_changes_nothing() -> None:
    person = await in_questionnaire("1", "1")

    reply = await person.told("set_region", "我是河南的", "set_region")

    assert reply.text == "记下了：河南。"
    assert person.memory.questionnaire is not None
    assert person.memory.questionnaire.answered == 2


async def test_place_without_a_guide_leaves_a_running_questionnaire_as_it_is() -> None:
    person = await in_questionnaire("1", "1")

    await person.meets("set_region", "我安置在广东", "set_region")

    assert person.memory.region is not None
    assert person.memory.region.name == "河南"
    assert person.memory.loop == "run_questionnaire"


@pytest.mark.parametrize("text", ["老家山西", "我是河北的", "户口原来是周口的", "我爸在广东"])
async def test_home_leaves_the_place_of_settlement_as_it_is(text: str) -> None:
    person = Person()
    await person.meets("set_region", "安置郑州", "set_region")

    reply = await person.told("set_region", text, "set_region")

    assert reply.text.startswith("您的安置地记的是郑州，还按河南的指南说。")
    assert person.memory.region is not None
    assert person.memory.region.name == "郑州"


@pytest.mark.parametrize("text", ["换成海南", "海南", "改了，安置到海南了", "我回海南"])
async def test_place_of_settlement_can_be_changed(text: str) -> None:
    person = Person()
    await person.meets("set_region", "安置郑州", "set_region")

    await person.meets("set_region", text, "set_region")

    assert person.memory.region is not None
    assert person.memory.region.name == "海南"


async def test_settlement_told_in_a_question_is_kept_and_one_only_asked_about_is_not() -> None:
    person = Person()
    await person.meets("set_region", "我是河南的", "set_region")

    await person.meets("answer_question", "海南安置要几天")
    kept = person.memory.region
    await person.meets("answer_question", "安置到成都了，社保卡怎么办")

    assert kept is not None
    assert kept.name == "河南"
    assert person.memory.region is not None
    assert person.memory.region.name == "成都"


async def test_guide_of_a_place_is_told_once() -> None:
    person = Person()
    told = await person.told("set_region", "老家莆田，安置在福州", "set_region")

    answers = [await person.told("answer_question", one) for one in ("户口要带什么", "莆田那边社保卡怎么办")]

    moved = await person.told("set_region", "改了，回泉州", "set_region")
    assert told.text == "记下了：福州市按福建的指南办。您想问什么？"
    assert moved.text == "记下了：泉州。您想问什么？"
    assert [one.text.split("：")[0] for one in answers] == ["福建", "福建"]
    assert [one.data["region"] for one in answers] == ["福建", "福建"]


async def test_place_asked_about_after_an_answer_is_answered_and_leaves_the_kept_one() -> None:
    person = Person()
    await person.meets("set_region", "安置在郑州", "set_region")
    await person.meets("answer_question", "户口要几天")

    reply = await person.told("set_region", "海南呢", "set_region")

    assert reply.data["region"] == "海南"
    assert reply.data["knowledge_ids"][0].startswith("hainan.item.household_registration")
    assert person.memory.region is not None
    assert person.memory.region.name == "郑州"


@pytest.mark.parametrize("text", ["户口莆田的 人安置福州", "籍贯莆田 落户福州", "原来户口在莆田，现在迁到福州"])
async def test_home_and_settlement_without_a_question_are_only_kept(text: str) -> None:
    person = Person()

    reply = await person.told("set_region", text, "set_region")

    assert reply.text == "记下了：福州市按福建的指南办。您想问什么？"


@pytest.mark.parametrize("text", ["去哪里办，莆田还是福州", "到底是去莆田报到还是福州", "去福州还是莆田办"])
@pytest.mark.parametrize("action", ["answer_question", "set_region", "take_choice"])
async def test_choice_between_his_own_places_is_answered_with_the_settlement(text: str, action: str) -> None:
    person = Person()
    await person.meets("set_region", "户口莆田的 人安置福州", "set_region")

    reply = await person.told(action, text, "inform" if action == "take_choice" else "ask_policy")

    assert reply.text.startswith("您说的安置地是福州。福建：先在福建省网上办事大厅申报")
    assert [one.section for one in reply.citations] == ["三(一)", "四(一)"]


async def test_city_that_passes_the_guide_on_is_cited_after_its_province_was_named() -> None:
    person = await in_questionnaire("1", "1", "安置在封丘")
    await person.answers("是嘞 俺祖祖辈辈都是河南嘞")

    reply = await person.told("answer_question", "户口注销证明要不要带")

    assert "新市退役军人〔2024〕36号" in [one.doc_no for one in reply.citations]


async def test_place_without_a_guide_that_begins_the_questionnaire_is_kept() -> None:
    person = Person()

    begun = await person.told("run_questionnaire", "我是广东的，退伍要办啥", "start_questionnaire")
    asked = await person.told("answer_question", "那户口呢")

    assert "广东的办事指南我这里还没有" in begun.text
    assert "12345" in begun.text
    assert "广东的办事指南我这里还没有" in asked.text

"""What counts as a wish about one's own data, and what does not."""

import pytest

from bot.message import Memory
from bot.own_affairs import OwnAffair, own_affair
from bot.text_message import part_count
from bot.wording import load_wording

WORDING = load_wording("12345")


def affair(text: str, **memory: object) -> OwnAffair | None:
    return own_affair(text, Memory.model_validate(memory), WORDING)


def effects(text: str, **memory: object) -> list[str]:
    found = affair(text, **memory)
    return [one.kind for one in found.effects] if found else []


@pytest.mark.parametrize(
    "text",
    [
        "删除我的信息",
        "把我的资料删掉",
        "请把我的聊天记录都删了",
        "我要删除个人信息",
        "我说过的话能删掉吗",
        "帮我把我的个人信息清空",
        "你们把我的信息删除了吧",
        "删除聊天记录",
        "请清除我的全部数据！",
        "把你们这里关于我的记录全部删掉",
        "取消，删除我的信息",
        "算了，把我的资料删掉",
    ],
)
def test_wish_to_delete_is_asked_about_once(text: str) -> None:
    found = affair(text)

    assert found is not None
    assert found.asks == "delete"
    assert [one.label for one in found.replies[0].choices] == ["确认删除", "不删"]


@pytest.mark.parametrize(
    "text",
    [
        "我的信息有哪些",
        "你们存了我什么信息",
        "看看我的信息",
        "导出我的资料",
        "查看我的个人信息",
        "你们留了我哪些资料",
        "我的聊天记录有哪些",
        "下载我的数据",
        "你们保存了我的哪些个人信息",
    ],
)
def test_wish_to_see_what_is_kept(text: str) -> None:
    assert effects(text) == ["tell_my_data"]


@pytest.mark.parametrize(
    "text", ["关联", "关联一下", "我在别的地方也聊过", "我在微信上也问过", "之前在网页聊过", "跟微信关联", "关联码"]
)
def test_wish_to_be_joined_gets_a_code(text: str) -> None:
    assert effects(text) == ["give_link_code"]


@pytest.mark.parametrize(
    "text", ["关联482913", "关联 482 913", "关联码是 482913", "482913", "482 913", "我的关联码：482913"]
)
def test_code_is_taken(text: str) -> None:
    found = affair(text)

    assert found is not None
    assert found.effects[0].data == {"code": "482913"}


@pytest.mark.parametrize(
    "text", ["以后发到这里", "以后消息发到这里", "以后有通知都发到这里", "办件消息发这里吧", "以后的进度发给我这里"]
)
def test_wish_for_news_here(text: str) -> None:
    assert effects(text) == ["news_here"]


@pytest.mark.parametrize("text", ["取消关联", "解除关联", "不要关联了"])
def test_wish_to_be_joined_no_longer(text: str) -> None:
    assert effects(text) == ["unlink"]


@pytest.mark.parametrize(
    "text",
    [
        "社保信息删除了怎么办",
        "怎么删除户口信息",
        "我的户口被注销了",
        "我的资料要带哪些",
        "要带哪些资料",
        "我的材料有哪些",
        "看看我要办哪些事",
        "我的进度",
        "查一下我的办件",
        "关联企业怎么报",
        "军人保险关系怎么转移",
        "410000",
        "202509",
        "我在部队的时候问过",
        "材料发到哪里",
        "证件寄到哪里",
        "信息有误怎么办",
        "档案记录丢了怎么办",
        "我填错了",
        "1",
        "确认",
        "有哪些",
        "发到我手机上",
    ],
)
def test_everything_else_is_left_alone(text: str) -> None:
    assert affair(text) is None


@pytest.mark.parametrize("text", ["1", "确认删除", "是的", "删吧", "确认"])
def test_confirmed_deletion_forgets(text: str) -> None:
    found = affair(text, asked="delete")

    assert found is not None
    assert found.forgets
    assert [one.kind for one in found.effects] == ["delete_my_data"]


@pytest.mark.parametrize("text", ["2", "不删", "算了", "取消"])
def test_declined_deletion_changes_nothing_and_puts_the_open_question_again(text: str) -> None:
    assert effects(text, asked="delete") == ["ask_again"]


def test_another_question_instead_of_a_confirmation_deletes_nothing() -> None:
    assert affair("户口登记要几天", asked="delete") is None


def test_taking_back_and_wishing_it_again_asks_again() -> None:
    found = affair("取消，删除我的信息", asked="delete")

    assert found is not None
    assert (found.asks, found.effects) == ("delete", ())


@pytest.mark.parametrize("text", ["取消删除我的社保信息", "算了，要带哪些资料"])
def test_what_is_taken_back_is_no_wish(text: str) -> None:
    assert affair(text) is None


def test_six_digits_answer_the_loop_that_asks() -> None:
    assert affair("482913", loop="report_progress") is None


@pytest.mark.parametrize("key", ["really_delete", "not_deleted", "deleted"])
def test_what_is_said_of_deletion_fits_into_two_parts_of_a_text_message(key: str) -> None:
    choices, there = "\n1. 确认删除\n2. 不删", WORDING.say("own.not_deleted_there")

    assert part_count(WORDING.say(f"own.{key}") + (there if key == "deleted" else choices)) <= 2


@pytest.mark.parametrize(
    "key", ["wrong_code", "no_more_codes", "joined", "joined_from_elsewhere", "unlinked", "news_here"]
)
def test_what_is_said_of_joining_fits_into_two_parts_of_a_text_message(key: str) -> None:
    assert part_count(WORDING.say(f"link.{key}")) <= 2

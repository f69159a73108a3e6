"""What is several questions and what is one: the words of the real knowledge, and nobody's exact phrasings."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge.compound import Part, answers_to, cut, is_one_question
from knowledge.loader import load_library
from knowledge.reference import Reference
from knowledge.resolve import Resolver
from knowledge.subject import Subject

SEVERAL = [
    ("身份证要不要带，照片要几寸的，还有补助多少钱", ["身份证要不要带", "照片要几寸的", "补助多少钱"]),
    ("户口要几天？在哪办？", ["户口要几天", "在哪办"]),
    ("社保卡和医保都咋办", ["社保卡咋办", "医保咋办"]),
    ("身份证和户口本要带吗", ["身份证要带吗", "户口本要带吗"]),
    ("户口本，身份证，退伍证都要带吗", ["户口本要带吗", "身份证要带吗", "退伍证要带吗"]),
    ("要带身份证和户口本吗", ["身份证要带", "户口本要带"]),
    ("户口要几天在哪办", ["户口要几天", "户口在哪办"]),
    ("户口要几天还有在哪办", ["户口要几天", "在哪办"]),
    ("户口要几天 在哪办", ["户口要几天", "在哪办"]),
    ("落户要带什么去哪办", ["落户要带什么", "落户去哪办"]),
    ("户口几天和医保几天", ["户口几天", "医保几天"]),
    ("养老和医保转移要多久", ["养老转移多久", "医保转移多久"]),
    ("那户口和社保卡呢", ["户口呢", "社保卡呢"]),
    ("医保怎么办，社保呢，养老呢", ["医保怎么办", "社保呢", "养老呢"]),
    ("1.户口要几天 2.在哪办", ["户口要几天", "在哪办"]),
    ("①户口要几天②社保卡在哪办", ["户口要几天", "社保卡在哪办"]),
    ("第一，户口要几天；第二，社保卡在哪办", ["户口要几天", "社保卡在哪办"]),
    ("我想问一下户口要几天，另外社保卡去哪办", ["户口要几天", "社保卡去哪办"]),
    ("你好，请问身份证要带吗？户口本呢？", ["身份证要带吗", "户口本呢"]),
    ("户口要几天，再问一下社保卡在哪办", ["户口要几天", "社保卡在哪办"]),
    ("户口要几天，顺便问下优待证怎么领", ["户口要几天", "优待证怎么领"]),
    ("补助什么时候发，发多少", ["补助什么时候发", "发多少"]),
    ("补助多少钱什么时候发", ["补助多少钱", "补助什么时候发"]),
    ("落户多久？要什么材料？去哪办？收不收费？", ["落户多久", "要什么材料", "去哪办", "收不收费"]),
    ("我户口注销了，要带什么？去哪办？", ["我户口注销了，要带什么", "去哪办"]),
    ("补助金最迟哪天拨 另外户口落我老婆那边可以吧", ["补助金最迟哪天拨", "户口落我老婆那边可以吧"]),
    ("河南户口要几天，海南社保卡在哪办", ["河南户口要几天", "海南社保卡在哪办"]),
    ("预备役要去哪个武装部登记，带啥去", ["预备役要去哪个武装部登记", "带啥去"]),
]
ONE = [
    "户口要几天",
    "先报到还是先落户",
    "我是河南的，刚退伍，户口注销证明要不要带",
    "刚退伍，落户，要带什么",
    "要原件还是复印件",
    "身份证要原件还是复印件",
    "社保卡和身份证先办哪个",
    "户口和身份证能一起办吗",
    "先办户口还是先办身份证，要多久",
    "我妈去办，行吗",
    "户口要几天还有多久",
    "还有哪些材料没交",
    "落户要带身份证和户口本吗",
    "社保和医保有什么区别",
    "户口迁移和落户是一回事吗",
    "收费标准是多少",
    "要跑几趟去哪里",
    "那几万块补助怎么登",
    "信用社的卡能收补助不，得是哪家银行的",
    "要不要带复印件",
    "都要带原件吗",
    "退役证要带几份",
    "人在外地补助金咋领",
    "社保卡找人代办要带啥",
    "没有电子版照片咋办",
    "派出所具体地址在哪",
    "建档立卡和优待证怎么办",
    "相片要几寸的 白底得行不",
    "银行卡光报个号行不，还是得复印",
    "我户口还没下呢，报到给不给办",
    "还没报到呢，户口能先落不",
    "光有军人公民身份号码登记表，身份证没有，窗口收不收",
    "派出所说电脑里没有我这个人的户口资料，咋整",
    "报到就是去登个记吗，还是咋回事",
    "落户介绍信谁给开 派出所还是村委",
    "社保卡几天做好 从我交材料那天算吗",
    "他们问我是不是集中移交，那是个啥意思",
    "办理地点能选省本级不，一共有哪些地方好选",
    "咋照片要两样呀，我交一种行不",
    "我是新乡的，去年9月退伍，户口当兵的时候注销了，现在想把户口落到我爸那里，要带什么？",
    "我当了五年兵刚回来，跑了三趟派出所，前几天又去了一趟，不知道要带啥，没人说清楚，户口到底怎么落",
    "我儿子刚退伍，不知道去哪，也没什么人问，他户口要几天",
    "档案还没寄到，我现在去办行不行，要等到什么时候",
    "这样网上是不是办不了了，那要怎么办",
    "网上传的电子材料算数不，还用再存一套纸的不",
    "在吗？户口要几天？",
    "我身份证，户口注销证明要带吗",
    "身份证[]，户口注销证明要带吗",
    "我想问一下",
    "你好",
]
TAKEN_FOR_GRANTED = [
    ("既然不用交身份证，那照片要几张", [("不用交身份证", True), ("那照片要几张", False)]),
    ("既然不用交身份证那照片要几张", [("不用交身份证", True), ("照片要几张", False)]),
    ("既然不用交身份证，那…", [("不用交身份证", True)]),
    ("听说补助有五万对吧", [("补助多少钱", True)]),
    ("听说补助有五万，对吧", [("补助多少钱", True)]),
    ("听说补助有 5 万，是真的吗", [("补助多少钱", True)]),
    ("战友说落户三天就能好，真的假的", [("落户要几天", True)]),
    ("听说要带注销证明，去哪开", [("要带注销证明", True), ("去哪开", False)]),
    ("他们讲每个人都要交居住证 有这回事吗", [("每个人都要交居住证", True)]),
    ("身份证不用带对吧", [("身份证不用带", True)]),
    ("派出所说落户要户口注销证明，对不对", [("落户要户口注销证明", True)]),
]
NOT_TAKEN_FOR_GRANTED = [
    "派出所说要户口注销证明，去哪开",
    "人家说的那个军人退役一次办，到底是弄么的",
    "网上说免提交，怎么又写着要查验原件",
    "不对不对，我户口是注销了的",
    "既然都这样了，那怎么恢复",
    "他们说退役季几家单位坐一堆办，是坐在哪个地方嘛",
    "补助是不是五万",
    "听说了吗",
]


@cache
def reference() -> Reference:
    return Reference(load_library())


def resolver(province: str = "henan") -> Resolver:
    return reference().resolver(reference().library.provinces[province])


def parts(message: str) -> list[str]:
    return [one.text for one in cut(message, reference().vocabulary)]


def entries(*questions: str, before: Subject = Subject()) -> list[str]:  # noqa: B008
    found = answers_to([(one, resolver()) for one in questions], before)
    return [one.entry.id if one.entry else "" for one in found]


@pytest.mark.parametrize(("message", "questions"), SEVERAL)
def test_several_questions_are_parted_in_their_order(message: str, questions: list[str]) -> None:
    assert parts(message) == questions


@pytest.mark.parametrize("message", ONE)
def test_one_question_stays_whole(message: str) -> None:
    assert parts(message) == []


@pytest.mark.parametrize(("message", "expected"), TAKEN_FOR_GRANTED)
def test_what_is_taken_for_granted_comes_first(message: str, expected: list[tuple[str, bool]]) -> None:
    assert cut(message, reference().vocabulary) == tuple(Part(*one) for one in expected)


@pytest.mark.parametrize("message", NOT_TAKEN_FOR_GRANTED)
def test_what_an_office_told_or_what_is_asked_is_no_premise(message: str) -> None:
    assert not any(one.is_premise for one in cut(message, reference().vocabulary))


def test_phrasings_kept_with_the_answers_are_not_cut() -> None:
    """Each of them asks for one thing. The few that are cut by their words are kept whole by their likeness."""
    kept = [
        (one, province)
        for province in reference().library.provinces.values()
        for topic in (*province.topics.values(), *province.gaps.values())
        for one in topic.questions
    ]
    torn = [(one, province) for one, province in kept if len(cut(one, reference().vocabulary)) > 1]

    assert len(kept) > 1_000
    assert [one for one, province in torn if not is_one_question(one, reference().resolver(province))] == []
    assert len(torn) < len(kept) / 500


def test_question_goes_on_with_the_subject_of_the_one_before() -> None:
    assert entries("户口要几天", "在哪办") == [
        "henan.item.household_registration.time_limit",
        "henan.item.household_registration.where",
    ]


def test_question_goes_on_with_what_was_spoken_of_before() -> None:
    before = Subject(items=("social_security_card",))

    assert entries("要几天", "在哪办", before=before) == [
        "henan.item.social_security_card.time_limit",
        "henan.item.social_security_card.where",
    ]


def test_nothing_is_answered_when_one_question_comes_to_nothing() -> None:
    assert entries("户口要几天", "锄禾日当午") == []


def test_general_words_about_a_thing_are_no_answer_to_something_else() -> None:
    """Hebei's guide says who pays the subsidy; of 讲起来好听 nothing is heard but the name of the item."""
    asked = [("补助金是哪个部门给发", resolver("hebei")), ("社会保险登记讲起来好听", resolver("hebei"))]

    assert answers_to(asked, Subject()) == ()


def test_matter_outside_the_guides_is_an_answer() -> None:
    found = answers_to([("户口要几天", resolver()), ("坐火车有优惠吗", resolver())], Subject())

    assert [one.outside is not None for one in found] == [False, True]

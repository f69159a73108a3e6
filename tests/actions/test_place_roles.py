"""Which place of a sentence decides the guide, beside the place that is kept."""

import pytest

from actions.contract import Services
from actions.scope import scope_of
from actions.talk import Talk
from bot.message import Memory, Region
from tests.actions.builders import Person, ask, knowledge

# The place that the person named before, the message, and the place whose guide is meant.
ROLES = [
    ("福州", "他入伍前在厦门交过社保，会不会没了？这个要不要办", "福州"),
    ("福州", "我是问以前厦门交的社保能不能接上，不是要重新参保", "福州"),
    ("福州", "部队在厦门，档案什么时候到", "福州"),
    ("福州", "为什么又是厦门，他人在福州。不参保，等工作", "福州"),
    ("成都", "广东的社保要不要转过来", "成都"),
    ("成都", "身份证我有 不用办 社保卡广东那张还能用不", "成都"),
    ("郑州", "原山西户籍，户口怎么办", "郑州"),
    ("郑州", "老婆是海南的，户口落她那行不行", "郑州"),
    ("石家庄", "儿子在北京打工，我能替他交不", "石家庄"),
    ("三亚", "在四川厂里交过社保，断了几年 能转过来吗", "三亚"),
    ("三亚", "他在四川的社保怎么转过来 医保也要转吗", "三亚"),
    ("三亚", "四川那张老社保卡还能用吗 还要不要办海南的", "三亚"),
    ("福州", "户口还在莆田，办事在福州，那算不算本地", "福州"),
    ("福州", "去哪里办，莆田还是福州", "福州"),
    ("福州", "到底去哪里办，是莆田还是福州", "福州"),
    ("封丘", "是嘞 俺祖祖辈辈都是河南嘞", "封丘"),
    ("封丘", "河南户口几天能办好", "封丘"),
    ("郑州", "我在西藏当的兵，预备役去哪登", "郑州"),
    ("海口", "老家信阳，档案寄到哪", "海口"),
    ("成都", "我爸是重庆人，能落他户口上不", "成都"),
    ("泉州", "医保转到广东去了怎么办", "泉州"),
    ("泉州", "战友在海南说不用户口本，我要不要带", "泉州"),
    ("河南", "四川呢", "四川"),
    ("福州", "河南怎么规定的", "河南"),
    ("成都", "那海南户口要几天", "海南"),
    ("成都", "要是在福建办要带什么", "福建"),
    ("河南", "海南养老接续要几天", "海南"),
    ("河南", "海南身份证换发去哪", "海南"),
    ("河南", "换成海南", "海南"),
    ("河南", "广东报到要带什么", "广东"),
    ("河南", "安置到成都了", "成都"),
    ("河南", "落到海口", "海口"),
    ("莆田", "回福州", "福州"),
    ("新乡", "现在安置郑州", "郑州"),
    (None, "老家莆田，安置在福州，要带啥", "福州"),
    (None, "户口莆田的 人安置福州", "福州"),
    (None, "从广元到成都安置", "成都"),
    (None, "籍贯山西 落户郑州", "郑州"),
    (None, "退役军士 原山西户籍 安置郑州 配偶家", "郑州"),
    (None, "安置地福州，户籍莆田", "福州"),
    (None, "在福州落户，老家是江西的", "福州"),
    (None, "我是江西人，退伍回的厦门", "厦门"),
    (None, "人在深圳 老家南阳", "南阳"),
    (None, "部队在厦门，户口几天", None),
]

# Written before the code and first tried when it was done.
FURTHER = [
    ("成都", "我以前的医保是在重庆交的，能接着算吗", "成都"),
    ("福州", "部队驻地在上海，档案从那边寄过来要多久", "福州"),
    ("郑州", "媳妇是湖北的，户口能不能一起办", "郑州"),
    ("三亚", "我那张社保卡是江苏发的，要不要换", "三亚"),
    ("石家庄", "弟弟在天津上班，能替我交材料不", "石家庄"),
    ("泉州", "身份证是在江西办的，还要重新领吗", "泉州"),
    ("新乡", "高中在陕西念的，团关系从哪里转", "新乡"),
    ("海口", "当兵前在贵州参过保，养老怎么接", "海口"),
    ("成都", "那河北户口登记要几天", "河北"),
    ("福州", "换成四川的话要带什么", "四川"),
    ("郑州", "海南那边报到怎么规定的", "海南"),
    ("福州", "去莆田报到还是福州报到", "福州"),
    ("莆田", "改了，人安置到厦门去了", "厦门"),
    ("封丘", "我们家几代都在河南的", "封丘"),
    (None, "户口原来在山西大同，退伍落到洛阳，要带啥", "洛阳"),
    (None, "籍贯湖南，报到地石家庄", "石家庄"),
    (None, "祖籍广东，人是回的文昌，要办哪些事", "文昌"),
    (None, "由乐山转到绵阳安置的，预备役去哪登", "绵阳"),
    (None, "我是在新疆服役的，户口几天能办好", None),
    (None, "成都安置，老家广安，社保卡去哪里办", "成都"),
]


# Places where somebody works, is, went or served; and those of the settlement or of the question.
DECIDING = [
    ("河南", "俺孩儿在新疆修路回不来，我拿他的身份证去银行给社保卡开通中不", "河南"),
    ("河南", "孩子去广州学手艺了，材料我能替他交不", "河南"),
    ("四川", "我在上海送外卖，申请能不能网上交", "四川"),
    ("福建", "他跑到云南种咖啡去了，户口谁去落", "福建"),
    ("海南", "我在北京培训两个月，报到晚了算不算超期", "海南"),
    ("河北", "媳妇在天津带娃，户口本在她那，咋办", "河北"),
    ("河北", "在西藏站了五年岗，补助算几年", "河北"),
    ("四川", "我去三亚旅游丢了身份证，还能报到不", "四川"),
    ("河南", "我在江苏，材料能不能邮寄", "河南"),
    ("河南", "部队在广西，档案多久能到", "河南"),
    ("河南", "我安置在江苏，退役报到怎么办", "江苏"),
    ("河南", "我在江苏安置，户口几天办好", "江苏"),
    ("四川", "现在落户到重庆了，社保卡去哪办", "重庆"),
    ("福建", "去江西报到要带什么", "江西"),
    ("海南", "在广东怎么办理报到", "广东"),
    ("河北", "要是在山东办要带什么", "山东"),
    (None, "我在郑州，怎么报到", "郑州"),
    (None, "在海口办身份证要几天", "海口"),
]

_NOBODY = Person()
_NULL = (_NOBODY.cases, _NOBODY.secrets, _NOBODY.resumes)


def meant(kept: str | None, text: str) -> str | None:
    """The short name of the place whose guide would answer."""
    region = knowledge().library.regions.lookup(kept)
    memory = Memory(region=Region(code=region.code, name=region.short_name)) if region else Memory()
    scope = scope_of(Talk(ask(text, "ask_policy", memory), Services(knowledge(), *_NULL)))
    return scope.region.short_name if scope.region else None


@pytest.mark.parametrize(("kept", "text", "place"), ROLES)
def test_place_decides_the_guide_only_as_settlement_or_as_what_is_asked_about(
    kept: str | None, text: str, place: str | None
) -> None:
    assert meant(kept, text) == place


@pytest.mark.parametrize(("kept", "text", "place"), FURTHER)
def test_further_sentences(kept: str | None, text: str, place: str | None) -> None:
    assert meant(kept, text) == place


@pytest.mark.parametrize(("kept", "text", "place"), DECIDING)
def test_place_where_somebody_merely_is_or_was_decides_nothing(kept: str | None, text: str, place: str | None) -> None:
    assert meant(kept, text) == place

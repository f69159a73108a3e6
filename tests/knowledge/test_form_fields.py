"""Which field of a form is meant."""

from __future__ import annotations

import pytest

from knowledge.form_fields import FieldTalk, field_talk
from knowledge.loader import load_library

LIBRARY = load_library()
FORMS = {province.id: province.form for province in LIBRARY.provinces.values() if province.form}


@pytest.mark.parametrize("way", ["{}那栏填什么", "申请表上的{}怎么填", "{}填啥", "{}这一栏咋填", "表上{}那格写什么"])
@pytest.mark.parametrize("province", FORMS)
def test_every_field_is_found_by_its_label(province: str, way: str) -> None:
    form = FORMS[province]
    found = {field.id: field_talk(form, way.format(field.label)) for field in form.fields}

    assert [key for key, one in found.items() if one is None or key not in {field.id for field in one.fields}] == []


@pytest.mark.parametrize(
    ("province", "text", "fields"),
    [
        ("hebei", "落户方式填啥", ["host_name"]),
        ("hebei", "身份证号那栏填谁的", ["identity_number", "host_identity_number"]),
        ("henan", "发卡银行填哪个", ["issuing_bank"]),
        ("henan", "申请表上名字写什么", ["name"]),
        ("hainan", "籍贯一定要填吗", ["native_place"]),
        ("hainan", "联系地址可以不填吗", ["address"]),
        ("hainan", "医保区划填什么", ["medical_to_area", "medical_from_area"]),
        ("hainan", "籍惯那一格没打星，空着交上去得不得", ["native_place"]),
        ("hebei", "表上部队那格是写番号还是写啥号", ["unit", "unit_code"]),
        ("hebei", "表上特长那栏写啥", ["skills"]),
        ("hebei", "老家一个址，现在打工一个址，表上写哪个嘞", ["settlement_address", "usual_address"]),
        ("henan", "表上学历提升就业创业那一格 俺还没想好勾啥", ["intention"]),
    ],
)
def test_field_is_found_by_other_words(province: str, text: str, fields: list[str]) -> None:
    found = field_talk(FORMS[province], text)

    assert found is not None
    assert [field.id for field in found.fields] == fields


def test_field_that_the_form_does_not_have_is_said_so() -> None:
    assert field_talk(FORMS["hainan"], "政治面貌那栏填什么") == FieldTalk(unknown="政治面貌")


@pytest.mark.parametrize("text", ["申报表单怎么填", "联办申请表的这栏填什么", "表怎么填"])
def test_form_without_a_field_is_the_whole(text: str) -> None:
    assert field_talk(FORMS["henan"], text) == FieldTalk()


@pytest.mark.parametrize(
    "text", ["户口怎么办", "接着填", "开始填", "补助金怎么领", "申请表在哪领", "这次先不填了", "问卷怎么填"]
)
def test_other_messages_ask_about_no_field(text: str) -> None:
    assert field_talk(FORMS["henan"], text) is None


@pytest.mark.parametrize(
    ("province", "text"),
    [
        ("henan", "传照片老提示不合规格，表上那张电子照到底是多少乘多少"),
        ("hebei", "结完婚我打算把户口落她爸那个本上，听说那个表有一格问住不住的，到底有没有这么一项，咋写的"),
        ("hebei", "联系方式就留手机够不 表上一共给了几个格"),
        ("hainan", "带星星的空着行不，灰的那几格又点不动，名字错了去哪改"),
        ("henan", "我老婆说那个表有一栏要写她的单位，到底要不要写"),
        ("henan", "照片规格表上写多大"),
    ],
)
def test_clause_that_names_no_field_is_never_declared_absent(province: str, text: str) -> None:
    assert field_talk(FORMS[province], text) is None

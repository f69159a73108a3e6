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

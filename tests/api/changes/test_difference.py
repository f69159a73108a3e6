"""What a person reads of an edit."""

from api.changes.difference import FieldChange, Part, Reader, marked
from api.changes.records import Proposed
from api.releases.files import read_folder
from api.web.staff.pages import load_words
from knowledge.entry_list import EntryList
from knowledge.loader import DATA

ENTRIES = EntryList(read_folder(DATA))
READER = Reader(load_words("12345"), ENTRIES)
HAINAN = "provinces/hainan"


def changed(path: str, kind: str, key: str, *words: tuple[str, str]) -> dict[str, FieldChange]:
    found = ENTRIES.find(path, kind, key)
    assert found is not None
    after = found.text
    for old, new in words:
        assert old in after
        after = after.replace(old, new)
    change = READER.change_of(Proposed(path, kind, key, found.text, after))
    assert change.action == "changed"
    return {one.label: one for one in change.fields}


def read(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.is_marked else part.text for part in parts)


def test_a_text_shows_what_was_struck_and_what_is_new() -> None:
    fields = changed(f"{HAINAN}/topics.yaml", "topic", "offline_item", ("其余 15 项都", "其余 14 项也都"))

    assert list(fields) == ["答复"]
    assert read(fields["答复"].before) == "预备役登记在线下集中办理。其余 1[5] 项都在线上联合办理。"
    assert read(fields["答复"].after) == "预备役登记在线下集中办理。其余 1[4] 项[也]都在线上联合办理。"


def test_phrasings_are_lines_that_came_and_went() -> None:
    fields = changed(f"{HAINAN}/topics.yaml", "topic", "offline_item", ("哪个事网上办不了", "哪样网上办不成"))

    phrasings = fields["群众会怎么问"]
    assert (phrasings.removed, phrasings.added) == (("哪个事网上办不了",), ("哪样网上办不成",))
    assert phrasings.stays > 10


def test_a_condition_and_an_office_are_told_in_words() -> None:
    paper = changed(f"{HAINAN}/papers.yaml", "paper", "id_card", ("equals: offline", "equals: open"))
    item = changed(
        f"{HAINAN}/items/annuity_transfer.yaml", "item", "annuity_transfer", ("human_resources", "public_security")
    )

    assert "想怎么办？”答" in read(paper["什么人才要"].after)
    assert (read(item["归哪个部门"].before), read(item["归哪个部门"].after)) == ("[人力资源社会保障部门]", "[公安部门]")


def test_what_stands_inside_is_named_by_the_way_to_it() -> None:
    item = changed(f"{HAINAN}/items/annuity_transfer.yaml", "item", "annuity_transfer", ("谁要办、钱", "谁办、钱"))
    question = changed(f"{HAINAN}/questionnaire.yaml", "question", "reported", ("label: 否", "label: 没有"))

    assert list(item) == ["是什么 › 答复"]
    assert list(question) == ["选项 › 没有 › 选项"]


def test_a_new_faq_begins_with_what_is_asked_and_answered_and_shows_no_number() -> None:
    text = "source: 二2(16)\nid: x_y\ntitle: 问什么\nsay: 答。\nquestions: [怎么问]\nitems: [reporting]"
    change = READER.change_of(Proposed(f"{HAINAN}/topics.yaml", "topic", "x_y", None, text))

    assert [one.label for one in change.fields] == ["问题", "群众会怎么问", "答复", "出处", "和哪些事项有关"]


def test_what_is_still_empty_in_a_draft_is_not_told() -> None:
    change = READER.change_of(
        Proposed(f"{HAINAN}/topics.yaml", "topic", "x", None, 'source: []\nid: x\ntitle: 问\nsay: ""')
    )

    assert [one.label for one in change.fields] == ["问题"]


def test_rows_and_phrases_are_read_too() -> None:
    day = changed("national/calendar.csv", "calendar", "2004-01-01", ("放假", "上班"))
    phrase = changed("national/phrases.yaml", "phrase", "who_knows", ("可以问", "请问"))

    assert list(day) == ["放假还是上班"]
    assert list(phrase) == ["助手说的话"]


def test_a_source_in_another_guide_is_told_with_its_name() -> None:
    texts = [
        f"source: {place}\nid: x\ntitle: 问\nsay: 答。" for place in ("二2(16)", "{guide: hainan-guide, section: 二}")
    ]
    change = READER.change_of(Proposed(f"{HAINAN}/topics.yaml", "topic", "x", *texts))

    assert [one.label for one in change.fields] == ["出处"]
    assert change.fields[0].removed == ("二2(16)",)
    assert change.fields[0].added == ("海南退役军人服务“一件事”办理指南 二",)


def test_new_and_withdrawn_entries_are_shown_whole() -> None:
    text = "source: 二2(16)\nid: new\ntitle: 新问题\nsay: 新答复。"
    new = READER.change_of(Proposed(f"{HAINAN}/topics.yaml", "topic", "new", None, text))
    gone = READER.change_of(Proposed(f"{HAINAN}/topics.yaml", "topic", "new", text, None))

    assert (new.action, new.title) == ("new", "新问题")
    assert {one.label: read(one.after) for one in new.fields}["答复"] == "[新答复。]"
    assert (gone.action, gone.title) == ("withdrawn", "新问题")
    assert {one.label: read(one.before) for one in gone.fields}["答复"] == "[新答复。]"


def test_texts_with_little_in_common_are_marked_whole() -> None:
    assert marked("完全不同", "另外一句") == ((Part("完全不同", True),), (Part("另外一句", True),))


def test_what_cannot_be_read_is_shown_without_fields() -> None:
    change = READER.change_of(Proposed(f"{HAINAN}/topics.yaml", "topic", "x", None, "id: ["))

    assert (change.title, change.fields) == ("x", ())

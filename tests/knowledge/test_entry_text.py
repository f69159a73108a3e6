"""Blocks of entries in the real files: taken out and put back, every other byte stays."""

import pytest
import yaml

from knowledge.entry_kinds import shelves_of
from knowledge.entry_pieces import Block, EntryUnreadable, indented
from knowledge.entry_text import EntryFile, NoSuchEntry, NoSuchKind, TextEdit, normal, read_entry
from knowledge.kept_files import data_files
from knowledge.loader import DATA

FILES = {path.relative_to(DATA).as_posix(): path.read_bytes() for path in data_files(DATA)}
LISTED = sorted(path for path in FILES if any(shelf.form == "list" for shelf in shelves_of(path)))
TOPICS = b"""\
# Why.
topics:
  - source: a
    id: first
    questions: [
      x, y,
    ]

  # A heading.
  - id: second   # at its end
    say: |
      one
      # no comment

  - {id: third, say: c}
"""


def some(path: str, most: int = 12) -> list[Block]:
    blocks = EntryFile(path, FILES[path]).blocks
    return list(blocks[:: max(1, len(blocks) // most)]) + list(blocks[-1:])


def filled(content: bytes) -> list[bytes]:
    """The lines that say something."""
    return [line for line in content.split(b"\n") if line and b"#" not in line]


def plain(content: bytes) -> object:
    return yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506, this loader makes nothing but texts


@pytest.mark.parametrize("path", FILES)
def test_every_entry_written_back_gives_the_same_bytes(path: str) -> None:
    file = EntryFile(path, FILES[path])

    assert file.blocks
    assert file.edited([]) == FILES[path]
    assert file.edited(TextEdit(block.kind, block.key, block.text) for block in file.blocks) == FILES[path]


@pytest.mark.parametrize("path", LISTED)
def test_every_block_is_the_lines_of_the_file_without_their_indentation(path: str) -> None:
    shelves = {shelf.kind: shelf for shelf in shelves_of(path)}
    text = FILES[path].decode()

    for block in EntryFile(path, FILES[path]).blocks:
        shelf = shelves[block.kind]
        assert normal(block.text, shelf) == block.text
        column = 0 if shelf.form == "head" else 4
        lines = indented(block.text, shelf, column)
        assert lines in text
        assert text.split("\n")[block.line - 1] == lines.split("\n")[0]


@pytest.mark.parametrize("path", LISTED)
def test_replacing_one_entry_changes_no_other(path: str) -> None:
    file = EntryFile(path, FILES[path])
    for block in some(path):
        text = block.text + ("zz_new: 新\n" if block.text.endswith("\n") else "\nzz_new: 新")
        text = text if block.text[0] != "{" else block.text[:-1] + ", zz_new: 新}"

        changed = file.edited([TextEdit(block.kind, block.key, text)])

        assert changed is not None
        left = [one for one in changed.decode().split("\n") if "zz_new: 新" not in one]
        assert [one for one in FILES[path].decode().split("\n") if one in left] == left
        assert len(left) >= FILES[path].count(b"\n")
        after = EntryFile(path, changed).blocks
        assert [one.text for one in after if one.key != block.key] == [
            one.text for one in file.blocks if one.key != block.key
        ]


@pytest.mark.parametrize("path", [path for path in LISTED if path.startswith("provinces/")])
def test_taken_out_and_put_back_gives_the_same_bytes(path: str) -> None:
    file = EntryFile(path, FILES[path])
    lists = {shelf.kind for shelf in shelves_of(path) if shelf.form == "list"}
    for block in (one for one in some(path, 5) if one.kind in lists):
        without = file.edited([TextEdit(block.kind, block.key, None)])
        assert without is not None
        rest = EntryFile(path, without)
        assert [one.text for one in rest.blocks] == [one.text for one in file.blocks if one.text != block.text]

        follows = file.follows(block.kind, block.key)

        back = rest.edited([TextEdit(block.kind, block.key, block.text, follows)])

        assert back is not None
        assert filled(back) == filled(FILES[path])
        # Beside the heading of a group it may come back on the heading's other side; two tell little of their spacing.
        few = sum(one.kind == block.kind for one in file.blocks) < 3
        assert few or b"\n  # " in FILES[path] or back == FILES[path]


def test_phrases_are_put_back_in_their_order() -> None:
    path = "national/phrases.yaml"
    file = EntryFile(path, FILES[path])
    for block in some(path, 6):
        without = EntryFile(path, file.edited([TextEdit("phrase", block.key, None)]))
        follows = file.follows("phrase", block.key)

        back = without.edited([TextEdit("phrase", block.key, block.text, follows)])

        assert plain(back or b"") == plain(FILES[path])
        assert [one.key for one in EntryFile(path, back).blocks] == [one.key for one in file.blocks]


def test_a_new_row_goes_where_its_date_belongs() -> None:
    path = "national/calendar.csv"
    row = "2004-01-23,放假,春节,已发布"
    file = EntryFile(path, FILES[path])

    without = file.edited([TextEdit("calendar", "2004-01-23", None)])
    back = EntryFile(path, without).edited([TextEdit("calendar", "2004-01-23", row)])

    assert without is not None
    assert row.encode() not in without
    assert back == FILES[path]


def test_comments_headings_and_literal_text_stay() -> None:
    file = EntryFile("provinces/henan/topics.yaml", TOPICS)

    changed = file.edited([TextEdit("topic", "first", "id: first\nsay: neu")])

    assert [block.text for block in file.blocks] == [
        "source: a\nid: first\nquestions: [\n  x, y,\n]",
        "id: second   # at its end\nsay: |\n  one\n  # no comment",
        "{id: third, say: c}",
    ]
    assert changed == TOPICS.replace(
        b"  - source: a\n    id: first\n    questions: [\n      x, y,\n    ]\n",
        b"  - id: first\n    say: neu\n",
    )


def test_the_last_entry_leaves_an_empty_list_that_takes_a_new_one() -> None:
    path = "provinces/henan/topics.yaml"
    out = [TextEdit("topic", key, None) for key in ("first", "second", "third")]

    empty = EntryFile(path, TOPICS).edited(out)
    again = EntryFile(path, empty).edited([TextEdit("topic", "x", "id: x\nsay: y")])

    assert plain(empty or b"") == {"topics": []}
    assert plain(again or b"") == {"topics": [{"id": "x", "say": "y"}]}


def test_a_first_entry_makes_its_list_and_its_file() -> None:
    city = "provinces/henan/cities/xinxiang.yaml"
    new = TextEdit("gap", "g", "id: g\nsay: y")

    in_city = EntryFile(city, FILES[city]).edited([new])
    in_new_file = EntryFile("provinces/henan/gaps.yaml", None).edited([new])

    assert in_new_file == b"gaps:\n  - id: g\n    say: y\n"
    assert in_city is not None
    assert in_city.startswith(FILES[city])
    assert plain(in_city)["gaps"] == [{"id": "g", "say": "y"}]  # type: ignore[index, call-overload]


def test_a_whole_file_comes_and_goes() -> None:
    path = "provinces/henan/items/new_item.yaml"
    made = EntryFile(path, None).edited([TextEdit("item", "new_item", "id: new_item\nname: 新\n\n")])

    assert made == "id: new_item\nname: 新\n".encode()
    assert EntryFile(path, made).edited([TextEdit("item", "new_item", None)]) is None


def test_pasted_text_with_indentation_and_carriage_returns_is_taken_as_meant() -> None:
    file = EntryFile("provinces/henan/topics.yaml", TOPICS)

    changed = file.edited([TextEdit("topic", "third", "  # why\r\n  id: third\r\n  say: d  \r\n\r\n")])

    assert changed is not None
    assert changed.endswith(b"  - # why\n    id: third\n    say: d\n")
    assert EntryFile(file.path, changed).edited([TextEdit("topic", "third", "# why\nid: third\nsay: d")]) == changed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("id: other\nsay: a", 1),
        ("id: third\nsay: [a", 3),
        ("id: third\nid: third", 2),
        ("- id: third", 1),
        ("id: third\nsay: |\n a\n- id: smuggled", 4),
        ("just words", 1),
        ("", 1),
    ],
)
def test_what_is_not_one_entry_of_its_name_is_refused(text: str, line: int) -> None:
    with pytest.raises(EntryUnreadable) as refused:
        EntryFile("provinces/henan/topics.yaml", TOPICS).edited([TextEdit("topic", "third", text)])

    assert refused.value.line in (line, line - 1)


def test_unknown_names_are_refused() -> None:
    file = EntryFile("provinces/henan/topics.yaml", TOPICS)

    with pytest.raises(NoSuchEntry):
        file.edited([TextEdit("topic", "nobody", None)])
    with pytest.raises(NoSuchKind):
        file.edited([TextEdit("gap", "x", "id: x")])
    with pytest.raises(NoSuchKind):
        read_entry("strange.yaml", "topic", "x", "id: x")


def test_the_head_of_a_file_holds_none_of_its_lists() -> None:
    path = "provinces/henan/questionnaire.yaml"
    head = EntryFile(path, FILES[path]).find("questionnaire", "henan")
    assert head is not None

    with pytest.raises(EntryUnreadable):
        EntryFile(path, FILES[path]).edited([TextEdit("questionnaire", "henan", head.text + "tips: []\n")])


def test_thousands_of_entries_are_put_in_and_changed_at_once() -> None:
    path = "provinces/henan/topics.yaml"
    new = [TextEdit("topic", f"new_{number}", f"id: new_{number}\nsay: {number}") for number in range(3000)]

    much = EntryFile(path, TOPICS).edited(new)
    changed = EntryFile(path, much).edited(TextEdit("topic", edit.key, f"{edit.after}0") for edit in new)

    assert changed is not None
    keys = [block.key for block in EntryFile(path, changed).blocks]
    assert keys == ["first", "second", "third", *(edit.key for edit in new)]
    assert changed.startswith(TOPICS + b"\n  - id: new_0\n    say: 00\n\n  - id: new_1\n")

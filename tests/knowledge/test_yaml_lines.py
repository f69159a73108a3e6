from pathlib import Path

import pytest

from knowledge.yaml_lines import YamlError, line_of, read_yaml


def written(folder: Path, text: str) -> Path:
    path = folder / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_value_has_the_line_of_its_key(tmp_path: Path) -> None:
    content, lines = read_yaml(
        written(tmp_path, "id: a\nsay: |\n  one\n  two\nlist:\n  - x\n  - name: y\n    more: z\n")
    )

    assert content == {"id": "a", "say": "one\ntwo\n", "list": ["x", {"name": "y", "more": "z"}]}
    assert lines[("say",)] == 2
    assert lines[("list",)] == 5
    assert lines[("list", 0)] == 6
    assert lines[("list", 1, "more")] == 8


def test_a_value_that_is_missing_has_the_line_of_what_lacks_it(tmp_path: Path) -> None:
    _, lines = read_yaml(written(tmp_path, "id: a\nlist:\n  - name: y\n"))

    assert line_of(("list", 0, "missing", "deep"), lines) == 3


def test_a_place_in_an_unread_file_is_its_first_line() -> None:
    assert line_of(("any",), {}) == 1


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "Yes", "NO", "True", "y", "N"])
def test_a_word_for_yes_or_no_stays_a_word(tmp_path: Path, word: str) -> None:
    assert read_yaml(written(tmp_path, f"answer: {word}"))[0] == {"answer": word}


@pytest.mark.parametrize("text", ["08:30", "2024-01-01", "03", "0x1F", "1_000", "1.5", "1e3", ".inf", "+1", "12 份"])
def test_what_only_looks_like_a_number_or_date_stays_text(tmp_path: Path, text: str) -> None:
    assert read_yaml(written(tmp_path, f"value: {text}"))[0] == {"value": text}


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("20", 20), ("-3", -3), ("true", True), ("false", False)])
def test_numbers_and_truth_values_are_read(tmp_path: Path, text: str, value: object) -> None:
    found = read_yaml(written(tmp_path, f"value: {text}"))[0]["value"]

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_nothing_is_read_as_none(tmp_path: Path, text: str) -> None:
    assert read_yaml(written(tmp_path, f"value: {text}"))[0] == {"value": None}


@pytest.mark.parametrize("text", ["20", "true", "null", "~"])
def test_quoted_values_are_text(tmp_path: Path, text: str) -> None:
    assert read_yaml(written(tmp_path, f'value: "{text}"'))[0] == {"value": text}


def test_a_key_that_stands_twice_is_refused_with_the_line_of_the_second(tmp_path: Path) -> None:
    path = written(tmp_path, "say: one\nask: a\nsay: two\n")

    with pytest.raises(YamlError, match=r"facts\.yaml:3: 'say' stands twice"):
        read_yaml(path)


def test_a_key_may_stand_again_in_another_mapping(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "a: {say: x}\nb: {say: y}\n"))[0] == {"a": {"say": "x"}, "b": {"say": "y"}}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1: the file is empty"),
        ("# only a comment\n", "1: the file is empty"),
        ("id: a\nlist: [x, y\n", "3: "),
        ("id: a\n  say: b\n", "2: "),
        ("id: a\n---\nid: b\n", "2: "),
        ("{[a]: b}\n", "1: a key is one word"),
        ("id: \x07\n", "1: "),
    ],
    ids=["empty", "comment", "open list", "indent", "two documents", "list as key", "control character"],
)
def test_unreadable_text_is_refused_with_file_and_line(tmp_path: Path, text: str, fault: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(YamlError) as caught:
        read_yaml(path)

    assert str(caught.value).startswith(f"{path}:{fault}")


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes("名: 户口".encode("gb18030"))

    with pytest.raises(YamlError, match=r"facts\.yaml:1: not UTF-8"):
        read_yaml(path)


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "\ufeffid: a\n"))[0] == {"id": "a"}


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match=r"gone\.yaml:1: No such file"):
        read_yaml(tmp_path / "gone.yaml")

"""Lines come out of text, Word and PDF files; what is none of them is refused with a sentence that helps."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from api.guides.reading import lines_of
from api.guides.refusal import GuideRefused
from tests.fakes.guide_text import pdf_of


def key_of(content: bytes) -> str:
    with pytest.raises(GuideRefused) as refused:
        lines_of(content)
    return refused.value.key.removeprefix("guides.refused.")


def saved(document: docx.document.Document) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def level(number: int, kind: str, text: str) -> OxmlElement:
    element = OxmlElement("w:lvl")
    element.set(qn("w:ilvl"), str(number))
    for name, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        element.append(child)
    return element


def counted_by_word() -> bytes:
    """A document whose numbers stand nowhere in its text: Word counts them."""
    document = docx.Document()
    root = document.part.numbering_part.element
    abstract, number = OxmlElement("w:abstractNum"), OxmlElement("w:num")
    abstract.set(qn("w:abstractNumId"), "77")
    for one in (level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")):
        abstract.append(one)
    number.set(qn("w:numId"), "77")
    refers = OxmlElement("w:abstractNumId")
    refers.set(qn("w:val"), "77")
    number.append(refers)
    root.insert(0, abstract)
    root.append(number)
    for depth, text in ((0, "对象"), (0, "事项"), (1, "线上"), (2, "报到"), (2, "落户"), (1, "线下"), (0, "渠道")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, 77
    return saved(document)


def test_numbers_that_word_counts_by_itself_are_written_out() -> None:
    assert lines_of(counted_by_word()) == [
        "一、对象", "二、事项", "（一）线上", "1. 报到", "2. 落户", "（二）线下", "三、渠道",
    ]  # fmt: skip


def test_tables_of_word_stand_where_they_stand_and_merged_cells_once() -> None:
    document = docx.Document()
    document.add_paragraph("附件1")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "材料"
    table.cell(0, 2).text = "份数"
    for place, text in enumerate(("退役证", "原件", "一份")):
        table.cell(1, place).text = text
    document.add_paragraph("以上。")

    assert lines_of(saved(document)) == ["附件1", "材料\t份数", "退役证\t原件\t一份", "以上。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding(encoding: str) -> None:
    assert lines_of("一、对象\n\n退役士兵。".encode(encoding)) == ["一、对象", "退役士兵。"]


def test_marks_of_other_formats_numbers_of_pages_and_unseen_signs_go() -> None:
    text = "## 一、**对象**\n- 3 -\n<u>4</u>\n第 5 页\n退\u200b役\u202e士兵\n12"

    assert lines_of(text.encode()) == ["一、**对象", "退役士兵"]


def test_pdf_of_text_is_read() -> None:
    assert lines_of(pdf_of(["1. Register", "2. Collect the card"])) == ["1. Register", "2. Collect the card"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x00\x01\x02", "no_guide"),
        (b"\xd0\xcf\x11\xe0old word", "old_word"),
        (b"PK\x03\x04torn", "broken"),
        (b"%PDF-1.7 torn", "broken"),
        (pdf_of([]), "scanned"),
        (("字" * 1_000_001).encode(), "too_long"),
    ],
    ids=["empty", "blank", "binary", "doc", "torn archive", "torn pdf", "pictures only", "no end"],
)
def test_what_is_no_guide_is_refused(content: bytes, key: str) -> None:
    assert key_of(content) == key


def test_word_file_that_unpacks_to_too_much_is_called_too_large_and_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.excel.archive.LARGEST_UNPACKED_BYTES", 1_000)

    assert key_of(saved(docx.Document())) == "too_large"


def test_archive_that_is_no_word_file_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "text")

    assert key_of(written.getvalue()) == "no_guide"


def test_word_file_with_tricks_of_xml_is_refused() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')

    assert key_of(written.getvalue()) == "broken"

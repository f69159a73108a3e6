"""「看原文」: the guide's own words where they were brought in, and their place where not."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.actions.builders import Person
from tests.actions.test_last_answer import asked


@dataclass
class Texts:
    """Words of sections, whatever the guide."""

    by_section: dict[str, str]
    wanted: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    async def words(self, guide: str, sections: tuple[str, ...]) -> dict[str, str]:
        self.wanted.append((guide, sections))
        return {one: self.by_section[one] for one in sections if one in self.by_section}


async def person_with(texts: dict[str, str]) -> Person:
    person = await asked()
    person.originals = Texts(texts)
    return person


async def test_words_of_the_guide_are_read_out_with_their_place() -> None:
    person = await person_with({"附件2 五(二)6": "户口注销证明。", "四(二)6": "6. 户口注销证明；"})

    reply = await person.told("show_source", "看原文", "ask_source")

    assert reply.kind == "notice"
    assert "附件2 五(二)6的原文：\n户口注销证明。" in reply.text
    assert "没有存" not in reply.text
    assert person.originals.wanted[0][0] == "henan-2024"


async def test_sections_whose_words_are_not_here_are_named() -> None:
    person = await person_with({"附件2 五(二)6": "户口注销证明。"})

    reply = await person.told("show_source", "看原文", "ask_source")

    assert "户口注销证明。" in reply.text
    assert "这几条的原文我这里没有：四(二)6" in reply.text


async def test_long_words_come_in_parts() -> None:
    person = await person_with({"附件2 五(二)6": "\n".join(f"第 {number} 行，{'字' * 40}。" for number in range(30))})

    first = await person.told("show_source", "看原文", "ask_source")
    second = await person.told("say_more", "更多", "say_more")

    assert "第 0 行" in first.text
    assert "第 20 行" not in first.text
    assert first.text.endswith("想看更多，请回“更多”。")
    assert "第 12 行" in second.text


async def test_source_alone_does_not_read_it_out() -> None:
    person = await person_with({"附件2 五(二)6": "户口注销证明。"})

    reply = await person.told("show_source", "依据是什么", "ask_source")

    assert "户口注销证明。" not in reply.text

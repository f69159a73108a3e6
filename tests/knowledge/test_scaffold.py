"""A province that is laid out, filled in and served. Its contents are made up (演示); no guide covers its region."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.message import ActionResult
from knowledge.check import examine
from knowledge.loader import DATA, KnowledgeError, load_library
from knowledge.reference import Reference
from knowledge.scaffold import PLACEHOLDER, CannotCreate, create_province
from knowledge.situation import assess
from knowledge.yaml_lines import read_yaml
from tests.actions import builders
from tests.actions.builders import Person

REGION = "630000"
TODAY = date(2026, 11, 22)
WAITING = re.compile(rf'{PLACEHOLDER}：[^,\]}}"\n]*')
"""What stands where somebody must write; it ends where a list or a quotation ends."""
FILLED = {
    "指南的全称": "演示省退役军人服务“一件事”演示方案",
    "文件的短名，例如“某省实施方案”": "演示方案",
    "文号；没有就写 null": "演示〔2024〕1号",
    "印发日期": "2024-01-02",
    "施行日期": "2024-02-01",
    "这份文件要留意的地方，例如缺附件；没有就写 null": "null",
    "指南里“退役报到”的叫法": "退役报到（演示）",
    "在哪里办": "到演示县退役军人服务中心的演示窗口办。",
    "答复里必须有的字": "演示",
    "群众自己要做的一步": "到演示窗口报到。",
    "指南里“退出现役证件”的叫法": "演示退役证件",
    "为什么要带，例如“每位申请人都要”": "演示里每位申请人都要",
    "第一个问题，例如“您是在本省安置的吗？”": "您安置在演示省吗？",
    "第一个选项，例如“是”": "是",
    "第二个选项，例如“不是”": "不是",
    "为什么不在里面，该怎么办": "演示方案只管安置在演示省的。",
    "不在里面的去问谁": "演示安置地的窗口",
    "哪些人可以办，最多四个短句": "安置在演示省的退役军人可以办。",
    "问哪些人可以办的一种问法": "演示方案哪些人能办",
    "对群众说的话，例如“指南没有写钱数。”": "演示方案没有写钱数。",
    "什么没有写清，例如“钱数”": "演示的钱数",
    "问没写清的地方的一种问法": "演示补助有多少钱",
}
"""What the office of the example writes; everything else becomes 演示 and the hint."""


OTHERS = ("fujian", "hainan", "hebei", "sichuan", "conflicts.yaml")
"""What a small copy leaves out, to be quick; one province stays beside the new one."""


def copied(folder: Path, *left_out: str) -> Path:
    """A copy of the data, beside an empty place for the cases."""
    shutil.copytree(DATA, folder / "knowledge" / "data", ignore=shutil.ignore_patterns(*left_out))
    (folder / "tests" / "data").mkdir(parents=True)
    return folder / "knowledge" / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copied(tmp_path, *OTHERS)


def cases_of(data: Path) -> Path:
    return data.parents[1] / "tests" / "data"


def create(data: Path, province_id: str = "demo", region: str = REGION, title: str = "") -> list[Path]:
    return create_province(data, cases_of(data), province_id, region, title, TODAY)


def fill_in(path: Path) -> None:
    """Write something made up at every place that waits for it, and leave the explanations alone."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(WAITING.sub(_word, line) if "#" not in line else line for line in lines), encoding="utf-8")


def _word(found: re.Match[str]) -> str:
    hint = found.group().removeprefix(f"{PLACEHOLDER}：")
    return FILLED.get(hint, f"演示{hint}")


def faults_of(data: Path) -> list[str]:
    """The faults of the new province; those of the others are proved elsewhere."""
    return [str(one) for one in examine(data, TODAY, cases_of(data)).faults if "/demo/" in one.file]


def contents_of(data: Path) -> dict[str, bytes]:
    """Every file of both places."""
    folders = (data, cases_of(data))
    return {str(path): path.read_bytes() for one in folders for path in one.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The knowledge as the assistant starts with it once the new province is filled in."""
    data = copied(tmp_path_factory.mktemp("served"), *OTHERS)
    for path in create(data):
        fill_in(path)
    return Reference(load_library(data))


@pytest.fixture
def served(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody of the new province who talks to the assistant."""
    monkeypatch.setattr(builders, "knowledge", lambda: reference)
    return Person(region_hint="青海")


def test_every_place_that_is_still_to_be_written_is_a_fault_with_its_line(data: Path) -> None:
    written = create(data)
    waiting = [
        f"{path.relative_to(data.parents[1])}:{number}: "
        for path in written
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PLACEHOLDER in line.split("#")[0]
    ]
    named = {re.match(r"(.+?:\d+: )", fault)[1] for fault in faults_of(data)}  # type: ignore[index]

    assert set(waiting) - named == set()


def test_half_filled_in_it_cannot_go_live(data: Path) -> None:
    create(data)

    with pytest.raises(KnowledgeError):
        load_library(data)


def test_every_file_is_explained_to_somebody_who_is_no_programmer(data: Path) -> None:
    written = create(data)

    assert [path.name for path in written if not path.read_text(encoding="utf-8").startswith("# ")] == []
    assert {path.name for path in written} == {
        *("province.yaml", "reporting.yaml", "papers.yaml", "questionnaire.yaml", "topics.yaml", "gaps.yaml"),
        *("notices.yaml", "portals.yaml", "form.yaml", "staff.yaml", "sections.yaml", "answers.yaml"),
    }


def test_filled_in_it_checks_green_beside_all_others_and_no_other_file_was_touched(tmp_path: Path) -> None:
    data = copied(tmp_path)
    before = contents_of(data)
    for path in create(data):
        fill_in(path)
    after = contents_of(data)

    assert faults_of(data) == []
    assert {name: content for name, content in after.items() if "/demo/" not in name} == before


def test_one_place_that_was_forgotten_is_named(data: Path) -> None:
    for path in create(data):
        fill_in(path)
    path = data / "provinces" / "demo" / "topics.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("安置在演示省的", PLACEHOLDER), encoding="utf-8")

    (fault,) = faults_of(data)
    assert "provinces/demo/topics.yaml:6: still to be filled in" in fault


def test_a_forgotten_case_is_named_too(data: Path) -> None:
    written = create(data)
    for path in written[:-1]:
        fill_in(path)

    assert [one for one in faults_of(data) if "tests/data/provinces/demo/" not in one] == []
    assert faults_of(data) != []


def test_the_title_of_the_guide_is_written_as_it_was_given(data: Path) -> None:
    create(data, title='关于印发“方案”的通知: 第 1 号 # "补"')
    head, _ = read_yaml(data / "provinces" / "demo" / "province.yaml")

    assert head["guides"][0]["title"] == '关于印发“方案”的通知: 第 1 号 # "补"'


@pytest.mark.parametrize(
    ("province_id", "region", "why"),
    [
        ("Hunan", "430000", "is no id"),
        ("hu nan", "430000", "is no id"),
        ("../hunan", "430000", "is no id"),
        ("1hunan", "430000", "is no id"),
        ("", "430000", "is no id"),
        ("henan", "430000", "'henan' is taken"),
        ("hunan", "43", "is no region: six digits"),
        ("hunan", "４３００００", "is no region: six digits"),
        ("hunan", "990000", "is the code of no region"),
        ("hunan", "430100", "'430100' is 长沙市, which is no province"),
        ("hunan", "410000", "'410000' (河南省) is taken by the province 'henan'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(data: Path, province_id: str, region: str, why: str) -> None:
    before = contents_of(data)

    with pytest.raises(CannotCreate, match=re.escape(why)):
        create(data, province_id, region)
    assert contents_of(data) == before


def test_cases_that_are_there_already_are_not_written_over(data: Path) -> None:
    (cases_of(data) / "provinces" / "demo").mkdir(parents=True)

    with pytest.raises(CannotCreate, match="'demo' is taken"):
        create(data)


def test_what_fails_half_way_is_taken_back(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents_of(data)
    monkeypatch.setattr(Path, "rename", _second_fails(Path.rename))

    with pytest.raises(OSError, match="disk full"):
        create(data)
    assert contents_of(data) == before
    assert [path for path in data.parent.iterdir() if path.name.startswith(".new-")] == []


def _second_fails(rename):  # type: ignore[no-untyped-def]
    moved = []

    def instead(path: Path, target: Path) -> Path:
        moved.append(target)
        if len(moved) > 1:
            raise OSError("disk full")
        return rename(path, target)  # type: ignore[no-any-return]

    return instead


async def test_it_answers_a_question_from_its_own_guide(served: Person) -> None:
    reply = await served.told("answer_question", "退役报到在哪办")

    assert "到演示县退役军人服务中心的演示窗口办。" in reply.text
    assert [one.guide for one in reply.citations] == ["demo-guide"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("退伍证要不要带", "演示要不要带"),
        ("演示方案哪些人能办", "安置在演示省的退役军人可以办。"),
        ("演示补助有多少钱", "演示方案没有写钱数。"),
    ],
)
async def test_papers_topics_and_open_places_are_answered(served: Person, question: str, expected: str) -> None:
    assert expected in (await served.told("answer_question", question)).text


async def finished(person: Person, *answers: str) -> ActionResult:
    """Somebody who has answered the questionnaire and said that all is right."""
    await person.meets("run_questionnaire", "帮我看看该办哪些")
    await person.answers(*answers)
    return await person.answers("对，看结果")


async def test_its_questionnaire_leads_to_the_items_and_the_papers(served: Person) -> None:
    result = await finished(served, "是的")
    said = "\n".join(reply.text for reply in result.replies)

    assert "退役报到（演示）" in said
    assert "演示退役证件" in said


async def test_who_is_not_covered_is_told_where_to_go(served: Person) -> None:
    result = await finished(served, "不是")

    assert "演示方案只管安置在演示省的。" in result.replies[-1].text
    assert "演示安置地的窗口" in result.replies[-1].text


def test_its_first_cases_hold(data: Path) -> None:
    for path in create(data):
        fill_in(path)
    known = load_library(data).provinces["demo"]
    cases, _ = read_yaml(cases_of(data) / "provinces" / "demo" / "questionnaire.yaml")
    found = [assess(known, case["answers"]) for case in cases["cases"]]

    assert [[one.item.id for one in each.items] for each in found] == [case["items"] for case in cases["cases"]]
    assert [[one.paper.id for one in each.papers] for each in found] == [case["papers"] for case in cases["cases"]]
    assert [each.not_covered and each.not_covered.id for each in found] == [
        case["not_covered"] for case in cases["cases"]
    ]

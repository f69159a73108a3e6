"""Editors read why a release was made in words, also where it was noted by the paths of files."""

from datetime import UTC, datetime
from typing import Any

import pytest

from api.releases.store import Release
from api.studio.release_reason import plain_reason
from api.web.staff.pages import load_words

WORDS = load_words("12345")


def release(kind: Any, reason: str) -> Release:
    return Release(1, kind, "", reason, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        ("import", "knowledge/data", "装好系统时带的内容"),
        (
            "import",
            "provinces/henan/topics.yaml, provinces/henan/papers.yaml, provinces/hebei/topics.yaml +4",
            "技术人员直接改了文件，里面有：常见问题、材料。",
        ),
        ("import", "从外地带来的", "从外地带来的"),
        ("change", "落户时限：文件改了", "落户时限：文件改了"),
    ],
)
def test_reason(kind: str, reason: str, said: str) -> None:
    assert plain_reason(release(kind, reason), WORDS) == said

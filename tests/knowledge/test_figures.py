"""Figures are found in everyday and official texts, and dates are none."""

from __future__ import annotations

from knowledge.figures import figures_in


def test_figures_are_told_from_dates_and_sections() -> None:
    assert figures_in("10 个工作日内，三十天，第十五天，2024年3月15日内，500元，十二个月") == {
        "个工作日": {10},
        "天": {30},
        "元": {500},
        "个月": {12},
    }

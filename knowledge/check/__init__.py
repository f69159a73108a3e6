"""Finds what the schema alone cannot see. All faults are listed at once, each with file and line."""

from knowledge.check.examination import Examined, check, examine

__all__ = ["Examined", "check", "examine"]

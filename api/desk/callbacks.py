"""Calls that are promised to people who cannot wait: the number sealed, the day told, the list of the desk."""

from __future__ import annotations


def place(conversation: str) -> str:
    """Where the number of a conversation's call stands sealed."""
    return f"call_back\0{conversation}"

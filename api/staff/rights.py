"""Which role may do what. The only place where that is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["counselor", "lead", "editor", "approver", "auditor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "staff.self",
    "desk.work",
    "desk.lead",
    "desk.unmask",
    "board.read",
    "studio.read",
    "studio.edit",
    "studio.approve",
    "audit.read",
    "switch.set",
    "staff.manage",
]

RIGHTS: dict[Right, frozenset[Role]] = {
    # Own page, own password, signing out.
    "staff.self": frozenset(ROLES),
    "desk.work": frozenset({"counselor", "lead"}),
    # Other people's conversations, canned replies for all, work orders of the whole desk.
    "desk.lead": frozenset({"lead"}),
    # Personal data in clear, with a reason, noted each time.
    "desk.unmask": frozenset({"counselor", "lead"}),
    "board.read": frozenset({"lead", "approver", "auditor", "admin"}),
    "studio.read": frozenset({"editor", "approver"}),
    "studio.edit": frozenset({"editor"}),
    # Never one's own change: the studio sees to that.
    "studio.approve": frozenset({"approver"}),
    "audit.read": frozenset({"auditor"}),
    "switch.set": frozenset({"lead", "admin"}),
    "staff.manage": frozenset({"admin"}),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All that somebody with these roles may do."""
    held = frozenset(roles)
    return frozenset(right for right, allowed in RIGHTS.items() if allowed & held)

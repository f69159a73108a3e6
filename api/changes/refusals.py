"""Why something about a change set was not done. Each has the key of a Chinese sentence and its values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from api.changes.records import ChangeSet
from knowledge.entry_kinds import EntryName


class ChangeRefused(Exception):
    """Nothing was changed. `words.say(error.key, **error.values)` is what the person reads."""

    key = "changes.refused"

    def __init__(self, **values: str | int) -> None:
        super().__init__(f"{self.key} {values}")
        self.values = values


class NoChangeSet(ChangeRefused):
    """There is none of this number."""

    key = "changes.none"


class WrongState(ChangeRefused):
    """It is at another stage. `change_set` as it is now."""

    key = "changes.wrong_state"

    def __init__(self, change_set: ChangeSet) -> None:
        super().__init__(number=change_set.id)
        self.change_set = change_set
        self.key = f"changes.already.{change_set.state}"


class ChangedMeanwhile(ChangeRefused):
    """Somebody changed the set since the person saw it."""

    key = "changes.changed_meanwhile"


class EditedMeanwhile(ChangeRefused):
    """Somebody else saved this entry in the set since. by: his name; after: his text; at: when."""

    key = "changes.edited_meanwhile"

    def __init__(self, by: str, after: str | None, version: int, at: datetime | None) -> None:
        super().__init__(by=by)
        self.by = by
        self.after = after
        self.version = version
        self.at = at


class EntryMoved(ChangeRefused):
    """The entry was published otherwise since the editor began. present: its text now; None: it is gone."""

    key = "changes.entry_moved"

    def __init__(self, name: EntryName, present: str | None) -> None:
        super().__init__(key=name.key)
        self.name = name
        self.present = present


class EntryTaken(ChangeRefused):
    """A new entry has the name of one that there is."""

    key = "changes.entry_taken"


class TextUnusable(ChangeRefused):
    """The text is not one entry of this name. line: where in it; problem: for people who know YAML, in English."""

    key = "changes.text_unusable"

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(line=line)
        self.line = line
        self.problem = problem


class NotYourRegion(ChangeRefused):
    """The entry, or one of the set's, concerns a place that is not his business."""

    key = "changes.not_your_region"


class NeedsWholeCountry(ChangeRefused):
    """It concerns all provinces, and his business are some."""

    key = "changes.needs_whole_country"


class NoRightToChange(ChangeRefused):
    """His role does not do this."""

    key = "changes.no_right"


class OwnChange(ChangeRefused):
    """Nobody approves what he edited himself."""

    key = "changes.own"


class ReasonMissing(ChangeRefused):
    """Why, was not said."""

    key = "changes.reason_missing"


class TitleMissing(ChangeRefused):
    """It has no title, or one that is too long."""

    key = "changes.title_missing"


class NothingEdited(ChangeRefused):
    """The set changes nothing."""

    key = "changes.nothing_edited"


class Conflicting(ChangeRefused):
    """Entries were published otherwise since. names: which."""

    key = "changes.conflicting"

    def __init__(self, names: Iterable[EntryName]) -> None:
        self.names = tuple(names)
        super().__init__(count=len(self.names))


class FaultsLeft(ChangeRefused):
    """With the set the knowledge would not be sound. faults: as `file:line: problem`."""

    key = "changes.faults_left"

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults))


class GateRefused(ChangeRefused):
    """What was right before would no longer be; who approves all the same says why. objections: sentences."""

    key = "changes.gate_refused"

    def __init__(self, objections: Iterable[str]) -> None:
        self.objections = tuple(objections)
        super().__init__(count=len(self.objections))


class BadTime(ChangeRefused):
    """The hour is past, or the end is before the beginning."""

    key = "changes.bad_time"


class Busy(ChangeRefused):
    """Others published again and again meanwhile."""

    key = "changes.busy"


class ReasonTooLong(ChangeRefused):
    """Nobody reads so long a reason."""

    key = "changes.reason_too_long"


class AlreadyUndone(ChangeRefused):
    """What it changed was undone before."""

    key = "changes.already_undone"

"""Shows which step of a start is under way: a spinner with a clock on a terminal, plain lines elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class StepDisplay:
    """`with StepDisplay(console) as display: display.report("Starting the database")`."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress = Progress(
            SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
        )
        self._task: TaskID | None = None
        self._began = time.monotonic()
        self._step = ""

    def __enter__(self) -> Self:
        """Begins to show."""
        if self._console.is_terminal:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the display; the last step counts as done unless something went wrong."""
        if error is None:
            self._finish_step()
        if self._console.is_terminal:
            self._progress.stop()

    def report(self, step: str) -> None:
        """The step before is done, this one begins."""
        self._finish_step()
        self._step, self._began = step, time.monotonic()
        if self._console.is_terminal:
            self._task = self._progress.add_task(step, total=1)
        else:
            self._console.print(f"{step} ...")

    def _finish_step(self) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=1)
        elif self._step and not self._console.is_terminal:
            self._console.print(f"  done ({time.monotonic() - self._began:.1f} s)")
        self._task, self._step = None, ""

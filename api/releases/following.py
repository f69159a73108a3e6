"""Takes over in this process what is published, and publishes what is edited in the folder of files.

An edit with a fault changes nothing: the release before it goes on, and the faults are logged and shown on the health
page until they are mended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.conversations.listener import Bell
from api.current_knowledge import CurrentKnowledge
from api.releases.files import Files, digest_of
from api.releases.folder import EditedFolder, Stamps
from api.releases.imports import Imports, Plan, folder_name
from api.releases.store import NoRelease, PublishedMeanwhile, Releases, name_of, number_of
from api.releases.workshop import Workshop
from knowledge.reference import Reference

log = structlog.get_logger()

LOOK_EVERY_SECONDS = 0.1
ASK_EVERY_SECONDS = 1.0
"""The database rings for every release; whoever missed it asks so often."""
PAUSE_AFTER_ERROR_SECONDS = 1.0
TRIES = 5
"""So often somebody else may publish between the reckoning of an import and its publishing."""
OLDER = "these files were published before and are left aside; `tuiyi knowledge import --over` publishes them"


class Following:
    """One in each process. All follow the same releases; the newest number wins, so none goes back and forth."""

    def __init__(
        self,
        knowledge: CurrentKnowledge,
        engine: AsyncEngine,
        workshop: Workshop,
        bell: Bell,
        data: Path | None = None,
    ) -> None:
        """bell: rings when something was published. data: the folder whose edits are published; none, and none is."""
        self._knowledge = knowledge
        self._engine = engine
        self._releases = Releases(engine)
        self._imports = Imports(self._releases)
        self._workshop = workshop
        self._bell = bell
        self._folder = EditedFolder(data) if data else None
        self._number = number_of(knowledge.library.release)
        self._refused = 0
        self._one_at_a_time = asyncio.Lock()

    async def begin(self) -> None:
        """Before the app serves: publish what is new in the folder, and speak from the newest release."""
        await self._in_spite_of_the_database(self.look)
        await self._in_spite_of_the_database(self.take_newest)

    async def run(self) -> None:
        """Until it is cancelled."""
        await asyncio.to_thread(self._workshop.examine_what_is_there)
        await asyncio.gather(self._hear(), self._watch())

    def close(self) -> None:
        """Let another process have the folder in which files were read."""
        self._workshop.close()

    async def take_newest(self) -> None:
        """Go over to the newest release, unless it is spoken from already or was found unsound before."""
        async with self._one_at_a_time:
            try:
                release = await self._releases.current()
            except NoRelease:
                return
            if release.number <= max(self._number, self._refused):
                return
            files = await self._releases.files(release.number)
            reference, faults = await asyncio.to_thread(self._built, files, release.name, is_published=True)
            if reference is None:
                self._refused = release.number
                self._knowledge.unreadable = (f"release {release.name} cannot be used by this process", *faults)
                log.error("release_not_taken_over", release=release.name, still=self._knowledge.library.release)
                return
            await self._take(release.number, reference)
            if self._folder:
                self._folder.look_again()

    async def look(self) -> None:
        """Publish what was edited in the folder since the last look. What changes meanwhile is left to the next."""
        if self._folder is None:
            return
        edited = await asyncio.to_thread(self._folder.edited)
        if edited is None:
            return
        stamps, files = edited
        async with self._one_at_a_time:
            for _ in range(TRIES):
                async with self._engine.connect() as connection:
                    plan = await self._imports.plan(connection, folder_name(self._folder.data), files)
                try:
                    await self._carry_out(self._folder, plan, stamps)
                except PublishedMeanwhile:
                    continue
                return

    async def _carry_out(self, folder: EditedFolder, plan: Plan, stamps: Stamps) -> None:
        reference: Reference | None = None
        if plan.changed:
            name = name_of(plan.on + 1, digest_of(plan.files))
            reference, faults = await asyncio.to_thread(self._built, plan.files, name)
            if reference is None:
                if faults != self._knowledge.faults:
                    log.error("edit_not_published", still=self._knowledge.library.release, faults=faults)
                folder.done(stamps)
                self._knowledge.faults = faults
                return
        async with self._engine.begin() as connection:
            await self._releases.hold(connection)
            # Under the lock, because what lay there a moment ago must never be published after what lies there now.
            if await asyncio.to_thread(folder.stamps) != stamps:
                return
            number = await self._imports.carry_out(connection, plan)
        folder.done(stamps)
        self._knowledge.faults = ()
        self._tell_what_waits(plan)
        if number and reference:
            await self._take(number, reference)

    def _built(self, files: Files, name: str, is_published: bool = False) -> tuple[Reference | None, tuple[str, ...]]:
        """A set of files ready to be asked under that name, or what is wrong with it."""
        library, faults = self._workshop.examined(files, is_published)
        if library is None:
            return None, faults
        try:
            return Reference(replace(library, release=name), self._knowledge.now), ()
        except (LookupError, ValueError, TypeError, AttributeError) as error:  # What no check foresees.
            return None, (f"no index can be built: {type(error).__name__}: {error}",)

    async def _take(self, number: int, reference: Reference) -> None:
        before = self._knowledge.library.release
        log.info("release_taken_over", release=reference.library.release, before=before)
        self._knowledge.take_over(reference)
        self._number = number
        await asyncio.to_thread(reference.complete)

    def _tell_what_waits(self, plan: Plan) -> None:
        waiting = (*((OLDER,) if plan.is_older else ()), *plan.waiting)
        if waiting and waiting != self._knowledge.waiting:
            log.warning("files_wait_for_a_decision", waiting=waiting)
        self._knowledge.waiting = waiting

    async def _hear(self) -> None:
        while True:
            await self._in_spite_of_the_database(self.take_newest)
            await self._bell.wait(ASK_EVERY_SECONDS)

    async def _watch(self) -> None:
        while self._folder:
            await self._in_spite_of_the_database(self.look)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _in_spite_of_the_database(self, do: Callable[[], Awaitable[None]]) -> None:
        """While the database is away the release in use goes on."""
        try:
            await do()
        except (SQLAlchemyError, OSError) as error:
            log.warning("releases_not_followed", error=f"{type(error).__name__}: {error}")
            await asyncio.sleep(PAUSE_AFTER_ERROR_SECONDS)

"""Sorting from the window: the plan drawn anew for every choice, then done, or stopped between two files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.state import preview
from desktop.state.task import Stage, Task
from desktop.work import sorting as work
from desktop.work.job import Job

if TYPE_CHECKING:
    from desktop.state.chosen import Chosen
    from desktop.state.preview import Branch
    from desktop.state.session import Session
    from desktop.work.job import Ending
    from desktop.work.sorting import Moved
    from whatsit.sorting import Order, Outcome, Plan, SortRun


class SortTask(Task):
    """`plan` is what would be done, `left` what could not be."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._tally = work.Tally()
        self.plan: Plan | None = None
        self.left: list[Outcome] = []
        self.run = ""

    @property
    def branches(self) -> list[Branch]:
        """What is to be seen: the plan, once it was done what was left of it."""
        if self.stage is Stage.DONE:
            return preview.left(self.left)
        return preview.branches(self.plan) if self.plan else []

    @property
    def planned(self) -> int:
        """How many photos the plan at work has looked at."""
        return self._tally.done // 2  # each is looked at twice

    def draw(self, chosen: Chosen, order: Order) -> None:
        """Plan how these photos are sorted; a plan that is being made gives way."""
        self._tally.stop()
        self._tally, self.plan = work.Tally(), None
        job = Job(
            "plan", work.plan(chosen.items(), order, self._tally), self._take_plan, self._end_plan,
            interrupt=self._tally.stop,
        )  # fmt: skip
        self._start(Stage.LOOKING, job, len(chosen))

    def act(self) -> None:
        """Do what is planned."""
        if self.plan is None or self.stage is not Stage.READY:
            return
        self.left = []
        job = Job("sort", work.act(self.plan, self._session.photos.collection.photos), self._take, self._end)
        self._start(Stage.WORKING, job, len(self.plan.steps))

    def _take_plan(self, plans: list[Plan]) -> None:
        self.plan = plans[-1]

    def _end_plan(self, ending: Ending) -> None:
        self._finish(Stage.READY, ending)

    def _take(self, moved: list[Moved]) -> None:
        self.run = moved[-1].outcome.run
        self.done += sum(one.outcome.done for one in moved)
        self.left += [one.outcome for one in moved if not one.outcome.done]
        if self.plan is not None and self.plan.order.mode == "move":
            self._session.follow(moved)
        self.changed.emit()

    def _end(self, ending: Ending) -> None:
        self._session.photos.settle()
        self._finish(Stage.DONE, ending)


class UndoTask(Task):
    """`runs` are all sort runs, the latest first; any of them can be taken back."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.runs: list[SortRun] = []
        self.left: list[Outcome] = []

    def look(self) -> None:
        """List the sort runs."""
        self.runs = []
        self._start(Stage.LOOKING, Job("sort runs", work.runs(), self.runs.extend, self._end_looking))

    def undo(self, run: SortRun) -> None:
        """Take a run back."""
        self.left = []
        job = Job(
            "undo", work.undo(run.id, self._session.photos.collection.photos),
            partial(self._take, run.order.mode == "move"), self._end,
        )  # fmt: skip
        self._start(Stage.WORKING, job, run.files)

    def _end_looking(self, ending: Ending) -> None:
        self._finish(Stage.READY, ending)

    def _take(self, was_moved: bool, moved: list[Moved]) -> None:  # noqa: FBT001 - bound once for all batches
        self.done += sum(one.outcome.done for one in moved)
        self.left += [one.outcome for one in moved if not one.outcome.done]
        if was_moved:
            self._session.follow(moved)
        self.changed.emit()

    def _end(self, ending: Ending) -> None:
        self._session.photos.settle()
        self._finish(Stage.DONE, ending)

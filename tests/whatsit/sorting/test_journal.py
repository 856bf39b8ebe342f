from __future__ import annotations

import itertools
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from whatsit.errors import SortError
from whatsit.sorting import Mode, disk, history, journal, records
from whatsit.sorting.order import Stamp
from whatsit.sorting.records import Begun, Copied, Deed, Done, Ended, Made, NotDone, Started, Undoing

if TYPE_CHECKING:
    from io import FileIO

    from whatsit.sorting.records import JournalRecord

# Names as disks have them: any bytes, those that are no UTF-8 too.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0/") | st.sampled_from(
    "\udc80\udcff\n"
)
NAMES = st.text(LETTERS, min_size=1, max_size=20)
PATHS = st.lists(NAMES, min_size=1, max_size=4).map(lambda one: Path(*one))
NUMBERS = st.integers(0, 2**62)
STAMPS = st.builds(Stamp, NUMBERS, st.integers(-(2**62), 2**62))
HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
RECORDS: st.SearchStrategy[JournalRecord] = st.one_of(
    st.builds(Made, PATHS),
    st.builds(Begun, NUMBERS, NUMBERS, st.sampled_from(Deed), PATHS, PATHS, STAMPS, NUMBERS),
    st.builds(Copied, NUMBERS, HASHES),
    st.builds(Done, NUMBERS, STAMPS),
    st.builds(NotDone, NUMBERS, PATHS, st.text(max_size=50)),
    st.builds(Undoing, st.text(max_size=20)),
    st.builds(Ended, st.booleans()),
)
STARTED = st.builds(
    Started, st.just("run"), st.text(max_size=20), st.sampled_from(["sort", "tag"]), st.sampled_from(Mode),
    st.tuples(PATHS), PATHS, st.booleans(), st.text(max_size=20), NUMBERS,
)  # fmt: skip


@given(STARTED | RECORDS)
def test_a_record_is_read_as_it_was_written(record: JournalRecord) -> None:
    line = records.line(record)
    assert line.count(b"\n") == 1
    assert records.parse(line[:-1]) == record


@given(RECORDS, st.data())
def test_a_record_that_is_not_whole_is_none(record: JournalRecord, data: st.DataObject) -> None:
    line = records.line(record)[:-1]
    place = data.draw(st.integers(0, len(line) - 1))
    assert records.parse(line[:place]) is None
    flipped = bytes([line[place] ^ data.draw(st.integers(1, 255))])
    assert records.parse(line[:place] + flipped + line[place + 1 :]) is None


class JournalMachine(RuleBasedStateMachine):
    """A journal that is written, torn by crashes of the program and of the machine, and gone on with."""

    numbers: ClassVar = itertools.count()

    @initialize(started=STARTED)
    def begin(self, started: Started) -> None:
        self.run = f"{next(self.numbers)}"
        started = Started(**{name: getattr(started, name) for name in started.__slots__} | {"id": self.run})
        self.journal = journal.create(started)
        self.model: list[JournalRecord] = [started]
        self.on_disk = 1  # so many of them outlive the machine

    @rule(added=st.lists(RECORDS, max_size=5))
    def note(self, added: list[JournalRecord]) -> None:
        self.journal.note(*added)
        self.model += added

    @rule(added=st.lists(RECORDS, max_size=5))
    def commit(self, added: list[JournalRecord]) -> None:
        self.journal.commit(added)
        self.model += added
        self.on_disk = len(self.model)

    @rule(added=st.lists(RECORDS, min_size=1, max_size=3), written=st.integers(0, 400))
    def disk_is_full(self, added: list[JournalRecord], written: int) -> None:
        def append(file: FileIO, data: bytes) -> None:
            file.write(data[: min(written, len(data) - 1)])
            raise OSError(28, "full")

        with mock.patch.object(disk, "append", append), pytest.raises(SortError, match="disk is full"):
            self.journal.commit(added)

    @rule(added=st.lists(RECORDS, min_size=1, max_size=3))
    def disk_does_not_sync(self, added: list[JournalRecord]) -> None:
        failing = mock.patch.object(disk, "sync", side_effect=OSError(5, "broken"))
        with failing, pytest.raises(SortError, match="reports an error"):
            self.journal.commit(added)

    @rule()
    def killed(self) -> None:
        """Nothing is lost of what was noted."""
        self.journal.close()
        self.journal = journal.go_on(self.run)

    @rule(data=st.data(), garbage=st.binary(max_size=30))
    def power_cut(self, data: st.DataObject, garbage: bytes) -> None:
        """What was not waited for is lost from any byte on, and something else may be there."""
        self.journal.close()
        file = self.journal.place / journal.FILE
        lines = [records.line(one) for one in self.model]
        safe = sum(map(len, lines[: self.on_disk]))
        cut = data.draw(st.integers(safe, sum(map(len, lines))))
        file.write_bytes(file.read_bytes()[:cut] + garbage.replace(b"\n", b" "))
        ends = list(itertools.accumulate(map(len, lines)))
        self.model = [one for one, end in zip(self.model, ends, strict=True) if end <= cut]
        self.journal = journal.go_on(self.run)
        self.on_disk = len(self.model)

    @invariant()
    def what_was_written_is_read(self) -> None:
        assert journal.read(self.run) == self.model
        assert (self.run in journal.unfinished()) == (not isinstance(self.model[-1], Ended))

    @precondition(lambda self: all(not isinstance(one, Done) for one in self.model))
    @invariant()
    def its_history_can_be_told(self) -> None:
        found = history.read(self.run)
        assert found.run.id == self.run

    def teardown(self) -> None:
        with suppress(AttributeError):
            self.journal.close()


JournalMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestJournal = JournalMachine.TestCase

from __future__ import annotations

import csv
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("ray", reason="needs the extra [distributed]: make test-distributed")

from tests.helpers import deadly_files, hostile
from tests.helpers.beyond import ROOT, command, ran, records, require_alike
from tests.helpers.tiny_bundle import picture
from tests.helpers.windows import folder_of
from whatsit import cli
from whatsit.distributed import lots
from whatsit.results import PhotoRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle

MANY = 600
SUM = re.compile(
    r"([\d,]+) found = ([\d,]+) answered \+ ([\d,]+) not sure \+ ([\d,]+) unknown \+ ([\d,]+) failed"
    r" \+ ([\d,]+) skipped(?: \(([\d,]+) answers known from before\))?"
)
HOLD = """
import sys, ray
made = ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
print(made.address_info["gcs_address"], flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a cluster of two cores, with a token, and a home of its own as elsewhere."""
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    more = deadly_files.install(tmp_path_factory.mktemp("more"))
    env = os.environ | {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{more}",
        "WHATSIT_HOME": str(tmp_path_factory.mktemp("cluster")),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_worker_niceness": "0",
    }
    env |= token
    with (
        pytest.MonkeyPatch.context() as here,
        subprocess.Popen(
            [sys.executable, "-c", HOLD],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as held,
    ):
        assert held.stdout is not None
        for name, value in token.items():
            here.setenv(name, value)
        yield held.stdout.readline().strip()
        held.communicate("")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "answers"


def on_ray(out: Path, *more: str) -> list[str]:
    return ["--engine", "ray", "--workers", "2", "--out", str(out), *more]


def sum_of(said: str) -> list[int]:
    found = SUM.search(said)
    assert found, said
    counts = [int((one or "0").replace(",", "")) for one in found.groups()]
    assert counts[0] == sum(counts[1:6])
    return counts


def test_an_own_ray_gives_the_answers_of_one_process_and_then_does_what_is_missing(
    tiny: Bundle, tmp_path: Path, out: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    hostile.make(folder)
    here = ran(tiny, str(folder), "--out", str(tmp_path / "here.jsonl"))
    first = ran(tiny, str(folder), *on_ray(out))
    assert (first.returncode, first.stderr) == (here.returncode, here.stderr) == (3, "")
    assert sum_of(first.stdout) == sum_of(here.stdout)
    lines = [json.loads(line) for line in (tmp_path / "here.jsonl").read_text("utf-8").splitlines()]
    in_file = sorted(lines[1:-1], key=lambda one: str(one["path"]))
    require_alike(records(out), [PhotoRecord.model_validate(one) for one in in_file])
    assert not (out / lots.WORK).exists()
    assert json.loads((out / "_counts.json").read_text("utf-8"))["found"] == len(in_file)
    before = {file: file.stat().st_mtime_ns for file in out.glob("part-*")}
    second = ran(tiny, str(folder), *on_ray(out))
    assert sum_of(second.stdout)[:6] == sum_of(first.stdout)[:6]
    assert sum_of(second.stdout)[6] == len(in_file)
    assert {file: file.stat().st_mtime_ns for file in out.glob("part-*")} == before


def test_what_came_went_and_changed_since(tiny: Bundle, tmp_path: Path, out: Path, cluster: str) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=20)
    asked = (str(folder), *on_ray(out, "--address", cluster))
    assert ran(tiny, *asked).returncode == 0
    (folder / "0000-red.png").write_bytes(picture((20, 60, 201)))
    (folder / "0002-red.png").unlink()
    (folder / "new.png").write_bytes(picture((220, 30, 40)))
    again = ran(tiny, *asked)
    assert sum_of(again.stdout) == [40, 40, 0, 0, 0, 0, 38]
    labels = {one.path: one.label for one in records(out)}
    assert len(records(out)) == len(labels) == 40
    assert labels["0000-red.png"] == "cold"
    assert labels["new.png"] == "warm"
    assert "0002-red.png" not in labels


def test_a_worker_that_is_killed_loses_and_repeats_nothing(
    tiny: Bundle, tmp_path: Path, out: Path, cluster: str
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=MANY // 2)
    with subprocess.Popen(
        command(tiny, str(folder), *on_ray(out, "--address", cluster)),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        while not (parts := len(list(out.glob("part-*")))):
            assert run.poll() is None
            time.sleep(0.01)
        killed = workers()
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        said, wrong = run.communicate()
    assert killed
    assert parts < len(list(out.glob("part-*")))
    assert (run.returncode, wrong) == (0, "")
    assert sum_of(said) == [MANY, MANY, 0, 0, 0, 0, 0]
    assert [one.path for one in records(out)] == sorted(file.name for file in folder.iterdir())


def workers() -> list[int]:
    """Return the processes that answer lots."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if place.read_bytes().startswith(b"ray::MapWorker"):
                found.append(int(place.parent.name))
        except OSError:  # it ended meanwhile
            continue
    return found


def test_the_run_itself_killed_goes_on_by_the_same_command(
    tiny: Bundle, tmp_path: Path, out: Path, cluster: str
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=MANY // 2)
    asked = (str(folder), *on_ray(out, "--address", cluster))
    with subprocess.Popen(
        command(tiny, *asked),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as run:
        while not list(out.glob("part-*")):
            assert run.poll() is None
            time.sleep(0.01)
        run.kill()
    assert not (out / "_counts.json").exists()
    again = ran(tiny, *asked)
    counts = sum_of(again.stdout)
    assert counts[:6] == [MANY, MANY, 0, 0, 0, 0]
    assert 0 < counts[6] < MANY
    assert [one.path for one in records(out)] == sorted(file.name for file in folder.iterdir())


def test_a_file_that_ends_workers_costs_one_line(
    tiny: Bundle, tmp_path: Path, out: Path, cluster: str
) -> None:
    more = deadly_files.install(tmp_path / "more")
    folder = folder_of(tmp_path / "photos", "red", "blue", each=30)
    (folder / "0030-deadly.png").write_bytes(picture((220, 30, 40)))
    asked = (f"deadly://{folder}", *on_ray(out, "--address", cluster))
    ended = ran(tiny, *asked, path=more)
    assert (ended.returncode, ended.stderr) == (3, "")
    assert sum_of(ended.stdout)[:6] == [61, 60, 0, 0, 1, 0]
    failed = {one.path: one.reason for one in records(out) if one.status == "failed"}
    assert failed == {"0030-deadly.png": "the worker ended while it looked at this file"}


def test_an_archive_as_a_folder_and_a_table_as_the_result(tiny: Bundle, tmp_path: Path, cluster: str) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "green", each=10)
    archive = shutil.make_archive(str(tmp_path / "photos"), "zip", folder)
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    assert ran(tiny, str(folder), "--out", str(here)).returncode == 0
    asked = (f"zip://::{archive}", *on_ray(there, "--address", cluster))
    assert ran(tiny, *asked).returncode == 0
    assert rows(there) == rows(here)
    there.unlink()
    assert sum_of(ran(tiny, *asked).stdout)[6] == 30
    assert rows(there) == rows(here)


def rows(file: Path) -> list[tuple[str, str, str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        return sorted((one["path"], one["status"], one["label"], one["reason"]) for one in table)


def test_a_gpu_that_is_not_there_is_said(tiny: Bundle, tmp_path: Path, out: Path, cluster: str) -> None:
    asked = (str(folder_of(tmp_path / "photos", "red")), *on_ray(out, "--address", cluster, "--gpus", "1"))
    ended = ran(tiny, *asked)
    assert ended.returncode == 1
    assert ended.stderr == "whatsit: Ray has 0 GPUs, and a worker is to have 1. Ask for none: --gpus 0\n"


def test_answers_of_another_model_are_kept_unless_all_is_answered_anew(
    tiny: Bundle, tmp_path: Path, out: Path, cluster: str
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=3)
    asked = (str(folder), *on_ray(out, "--address", cluster))
    assert ran(tiny, *asked).returncode == 0
    before = records(out)
    refused = ran(tiny, *asked, "--variant", "int8")
    assert refused.returncode == 2
    assert "these answers are by tiny 1.0.0 fp32 on cpu, not by tiny 1.0.0 int8 on cpu" in refused.stderr
    assert records(out) == before
    assert sum_of(ran(tiny, *asked, "--variant", "int8", "--anew").stdout) == [6, 6, 0, 0, 0, 0, 0]
    assert len(records(out)) == 6


def test_no_cluster_at_an_address_is_said(tiny: Bundle, tmp_path: Path, out: Path) -> None:
    ended = ran(tiny, str(folder_of(tmp_path / "photos", "red")), *on_ray(out, "--address", "127.0.0.1:1"))
    assert ended.returncode == 1
    assert ended.stderr.startswith("whatsit: no Ray answers at 127.0.0.1:1")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--engine", "ray"], "--engine ray needs --out."),
        (["--engine", "ray", "--out", "{folder}/new"], "the answers would lie among the photos"),
        (["--engine", "ray", "--out", "{folder}/new.csv"], "the answers would lie among the photos"),
        (["--engine", "ray", "--out", "{folder}"], "the folder holds other things, such as 0000-red.png"),
        (["--engine", "ray", "--out", "{folder}/0000-red.png"], "this is a file"),
        (["--engine", "ray", "--out", "a.parts", "--format", "table"], "answers of that kind go into a file"),
        (["--engine", "ray", "--out", "new", "--then", "dog"], "'dog' says no next model"),
        (["--engine", "ray", "--out", "new", "--model", "nothing"], "there is no model named 'nothing'"),
        (["--workers", "2"], "--address, --workers, --cores and --gpus are for --engine ray"),
    ],
)
def test_what_is_asked_for_wrongly_is_said_before_ray_starts(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    said: str,
) -> None:
    folder = folder_of(tmp_path / "photos", "red")
    monkeypatch.chdir(tmp_path)
    asked = [word.format(folder=folder) for word in words]
    assert cli.main(["classify", str(folder), *asked]) in (1, 2)
    assert said in capsys.readouterr().err
    assert [one.name for one in folder.iterdir()] == ["0000-red.png"]

import json
from pathlib import Path

import pytest

from trainer import cluster
from whatsit import cli

TASK = {"type": "worker", "index": 0}


def test_several_machines_are_refused_before_the_photos_are_read(
    photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machines = {"cluster": {"chief": ["one:1"], "worker": ["two:1"]}, "task": TASK}
    monkeypatch.setenv("TF_CONFIG", json.dumps(machines))
    runs = tmp_path / "none"
    assert cli.main(["train", "cats-dogs-cnn", "--data", str(photos), "--runs", str(runs)]) == 2
    assert cli.main(["train", "--resume", str(runs)]) == 2
    said = capsys.readouterr().err
    assert said.count("TF_CONFIG asks for several machines") == 2
    assert "reading photos" not in said
    assert not runs.exists()


@pytest.mark.parametrize(
    "text", [json.dumps({"cluster": {"worker": ["one:1"]}, "task": TASK}), "{}", "", "nonsense", "[1]"]
)
def test_one_machine_or_nonsense_is_no_cluster(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_CONFIG", text)
    cluster.refuse()
    monkeypatch.delenv("TF_CONFIG")
    cluster.refuse()

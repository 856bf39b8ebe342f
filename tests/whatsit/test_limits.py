from __future__ import annotations

import io
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.helpers import hostile
from whatsit import cli, limits, pictures
from whatsit.chain import Chain
from whatsit.classifier import Classifier
from whatsit.errors import PictureError, UsageError
from whatsit.limits import Limits

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


def own(text: str) -> None:
    limits.file().parent.mkdir(parents=True, exist_ok=True)
    limits.file().write_text(text, encoding="utf-8")


def test_the_usual_limits_hold_without_a_file() -> None:
    assert limits.of_user() == Limits(megapixels=200, seconds=60, megabytes=1024)


def test_the_users_file_raises_them_and_what_is_asked_for_raises_them_further() -> None:
    own("megapixels = 400\nseconds = 90.5\n")
    assert limits.of_user() == Limits(megapixels=400, seconds=90.5)
    assert limits.of_user(["megapixels=500", "megabytes = 2048"]) == Limits(
        megapixels=500, seconds=90.5, megabytes=2048
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("megapixel=4", "there is no limit 'megapixel'; did you mean 'megapixels'"),
        ("megapixels", "--limit takes name=value"),
        ("megapixels=0", "takes a number above zero, not '0'"),
        ("seconds=inf", "takes a number above zero, not 'inf'"),
        ("seconds=long", "takes a number above zero, not 'long'"),
        ("megabytes=-1", "takes a number above zero, not '-1'"),
    ],
)
def test_a_limit_that_is_none_is_refused(asked: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        limits.of_user([asked])


@pytest.mark.parametrize("text", ["megapixels = ", "\0", "=1"])
def test_a_file_that_cannot_be_read_is_named(text: str) -> None:
    own(text)
    with pytest.raises(UsageError, match="the limits cannot be read") as caught:
        limits.of_user()
    assert caught.value.path == limits.file()


def test_a_picture_of_too_many_pixels_says_how_to_allow_it_and_is_read_then() -> None:
    data = hostile.encoded(Image.new("RGB", (2000, 1500), hostile.RED), "PNG")
    with pytest.raises(PictureError, match="2000 × 1500 pixels is over the limit of 2 million") as caught:
        pictures.decode(data, limits=Limits(megapixels=2))
    assert "--limit megapixels=3" in caught.value.what
    assert pictures.decode(data, limits=Limits(megapixels=3)).size == (2000, 1500)


@pytest.mark.parametrize(("kind", "megabytes"), [("PNG", 12), ("WEBP", 46), ("JPEG2000", 58)])
def test_a_picture_of_too_much_memory_says_how_to_allow_it_and_is_read_then(
    kind: str, megabytes: int
) -> None:
    data = hostile.encoded(Image.new("RGB", (2000, 1500), hostile.RED), kind)
    with pytest.raises(PictureError, match=f"decoding needs {megabytes} MB of memory.*megabytes={megabytes}"):
        pictures.decode(data, limits=Limits(megabytes=megabytes - 1))
    assert pictures.decode(data, limits=Limits(megabytes=megabytes)).size == (2000, 1500)


def test_a_file_that_is_too_large_says_how_to_allow_it_and_is_read_then(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    file.write_bytes(b"x" * (3 * 1024**2))
    with pytest.raises(PictureError, match=r"larger than 2 MB .*--limit megabytes=6"):
        pictures.read(file, Limits(megabytes=4))
    assert len(pictures.read(file, Limits(megabytes=6))) == 3 * 1024**2


def test_a_sparse_file_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "sparse.jpg"
    with file.open("wb") as opened:
        opened.truncate(1024**4)
    with pytest.raises(PictureError, match=r"larger than 4 MB .*--limit megabytes=2097152"):
        pictures.read(file, Limits(megabytes=8))


def test_a_progressive_picture_of_endless_scans_stops_at_the_deadline() -> None:
    scans = _of_many_scans(5000)
    with pytest.raises(
        PictureError, match=r"decoding the picture took longer than 0\.2 seconds.*--limit sec"
    ):
        pictures.decode(scans, limits=Limits(seconds=0.2))


def _of_many_scans(count: int) -> bytes:
    """Return a progressive JPEG of 16 million pixels whose last scan comes again and again."""
    file = io.BytesIO()
    Image.new("L", (4096, 4096), 128).save(file, "JPEG", progressive=True)
    data = file.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + b"\xff\xd9"


def test_a_reader_of_plain_python_stops_at_the_deadline() -> None:
    text = b"P3 4000 4000 255\n" + b"1 2 3 " * 4_000_000
    with pytest.raises(PictureError, match=r"took longer than 0\.05 seconds"):
        pictures.decode(text, limits=Limits(seconds=0.05))


def test_a_file_on_a_slow_network_stops_at_the_deadline(tmp_path: Path) -> None:
    (tmp_path / "slow.jpg").write_bytes(bytes(100))
    with pytest.raises(PictureError, match=r"reading the file took longer than 1e-09 seconds \(raise it"):
        pictures.read(tmp_path / "slow.jpg", Limits(seconds=1e-9))


def test_a_file_that_grows_while_it_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "copying.jpg"
    file.write_bytes(bytes(100))
    monkeypatch.setattr(pictures, "_READ_AT_ONCE", 10)
    writing = threading.Event()

    def slowly(deadline: object, doing: str) -> None:
        del deadline, doing
        if not writing.is_set():
            writing.set()
            with file.open("ab") as opened:
                opened.write(bytes(50))

    monkeypatch.setattr(limits.Deadline, "check", slowly)
    with pytest.raises(PictureError, match="changed while it was read"):
        pictures.read(file)


def test_a_file_that_shrinks_while_it_is_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cut.jpg"
    file.write_bytes(bytes(100))
    monkeypatch.setattr(pictures, "_READ_AT_ONCE", 10)
    monkeypatch.setattr(limits.Deadline, "check", lambda *_: os.truncate(file, 30))
    with pytest.raises(PictureError, match="changed while it was read"):
        pictures.read(file)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX's")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    for odd in (tmp_path / "pipe.jpg", Path("/dev/zero")):
        with pytest.raises(PictureError, match="a pipe or a device, not a file"):
            pictures.read(odd)
    with pytest.raises(PictureError, match="cannot be read"):
        pictures.read(tmp_path)


def test_the_option_raises_a_limit_of_the_command(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (1200, 1000, 3), dtype=np.uint8)
    (tmp_path / "a.png").write_bytes(hostile.encoded(Image.fromarray(noise), "PNG"))
    command = ["classify", str(tmp_path), "--model", str(tiny.folder), "--device", "cpu", "-q"]
    assert cli.main([*command, "--limit", "megapixels=1"]) == 3
    assert "--limit megapixels=2, or in limits.toml" in capsys.readouterr().out
    assert cli.main([*command, "--limit", "megapixels=2"]) == 0
    own("megapixels = 1\n")
    assert cli.main(command) == 3
    capsys.readouterr()
    assert cli.main([*command, "--limit", "pixels=2"]) == 2
    assert "there is no limit 'pixels'; did you mean 'megapixels'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["sort", "tag"])
def test_the_option_holds_for_sorting_and_for_the_next_model_too(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.png").write_bytes(hostile.encoded(Image.new("RGB", (1200, 1000), hostile.RED), "PNG"))
    where = ["--into", str(tmp_path / "sorted")] if command == "sort" else []
    asked = [command, str(photos), *where, "--model", str(tiny.folder), "--device", "cpu", "-q"]
    assert cli.main([*asked, "--limit", "megapixels=1", "--dry-run"]) == 3
    own("megapixels = 1\n")
    asked += ["--then", f"warm={tiny.folder}", "--limit", "megapixels=2"]
    assert cli.main([*asked, "--dry-run"]) == 0
    capsys.readouterr()


def test_the_next_model_has_the_limits_of_the_first(tiny: Bundle) -> None:
    first = Classifier.open(tiny, "cpu", "fp32", Limits(megapixels=7))
    chain = Chain.open(first, [f"warm={tiny.folder}"], "cpu", "fp32")
    assert chain.then["warm"].limits == Limits(megapixels=7)

"""Pictures of what the shipped models do not know, laid out in folders beside the photos.

    python setup/unknowns.py CLONES DATA

CLONES holds a clone of each repository that unknowns.toml names, bare or not, called `owner+name` or `name`.
DATA holds `cats-dogs`, `cats-dogs-full` and `faces` with their split.csv: some of their training photos are
what other models call unknown. Of each kind those whose paths hash lowest are taken. What is there stays.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from whatsit.errors import DataError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SOURCES = Path(__file__).with_name("unknowns.toml")
PICTURES = (".jpg", ".jpeg", ".png")
# Photos of one model that another is to call unknown: folder, set, labels, how many of a label.
LENT = (
    ("unknowns-faces", "faces", ("young", "old"), 800),
    ("unknowns-pets", "cats-dogs", ("cat", "dog"), 800),
    ("unknowns-pets", "cats-dogs-full", ("cat", "dog"), 400),
    ("unknowns-cats", "cats-dogs", ("cat",), 1600),
    ("unknowns-cats", "cats-dogs-full", ("cat",), 800),
)


class Picture(NamedTuple):
    """A picture to lay out: its kind, its name, and the path it has where it comes from."""

    kind: str
    name: str
    path: str


def main(arguments: list[str] | None = None) -> int:
    """Lay out all folders; return 1 where a source is not there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clones", type=Path, help="where the repositories lie")
    parser.add_argument("data", type=Path, help="where the folders of photos lie")
    given = parser.parse_args(arguments)
    try:
        for folder, sources in tomllib.loads(SOURCES.read_text(encoding="utf-8")).items():
            for name, source in sources.items():
                _said(given.data / folder / name, _fetched(source, given.clones, given.data / folder / name))
        for folder, photos, labels, most in LENT:
            _said(given.data / folder / photos, _lent(given.data, folder, photos, labels, most))
    except WhatsitError as error:
        print(f"{error}", file=sys.stderr)  # noqa: T201 - this is a command
        return error.exit_code
    return 0


def chosen(pictures: Iterable[Picture], most: int) -> Iterator[Picture]:
    """Yield of each kind the pictures whose paths hash lowest, at most so many."""
    by_kind: dict[str, list[Picture]] = defaultdict(list)
    for one in pictures:
        by_kind[one.kind].append(one)
    for kind in sorted(by_kind):
        yield from sorted(by_kind[kind], key=lambda one: hashlib.sha256(one.path.encode()).hexdigest())[:most]


def _fetched(source: dict[str, str | int], clones: Path, into: Path) -> int:
    repository, pattern = str(source["repository"]), re.compile(str(source["pattern"]))
    clone = _clone(repository, clones)
    listed = _git(clone, "ls-tree", "-r", "-z", "--name-only", "HEAD").decode().split("\0")
    found = [_matched(path, pattern) for path in listed]
    taken = list(chosen((one for one in found if one), int(source["most"])))
    for one in taken:
        file = into / one.kind / one.name
        if file.is_file():
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_git(clone, "show", f"HEAD:{one.path}"))
    return len(taken)


def _git(clone: Path, *words: str) -> bytes:
    command = ["git", "-C", str(clone), *words]
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - words of our own


def _matched(path: str, pattern: re.Pattern[str]) -> Picture | None:
    found = pattern.match(path)
    if found is None or not path.lower().endswith(PICTURES):
        return None
    kind = found[1].lower().replace(" ", "-").replace("/", "-")
    # The folder is in the name: two folders of a source may call their pictures alike.
    return Picture(kind, path.replace(" ", "-").replace("/", "_"), path)


def _clone(repository: str, clones: Path) -> Path:
    owner_and_name = repository.replace("/", "+")
    name = repository.partition("/")[2]
    places = [
        clones / one / inner
        for one in (owner_and_name, name, f"{name}.git")
        for inner in ("", "repo", "repo/.git")
    ]
    for place in places:
        if (place / "HEAD").is_file() or (place / ".git").exists():
            return place
    raise DataError(
        f"there is no clone of {repository} here.",
        hint=f"git clone https://github.com/{repository} {clones / owner_and_name}",
        path=clones,
    )


def _lent(data: Path, folder: str, photos: str, labels: tuple[str, ...], most: int) -> int:
    with (data / photos / "split.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "train" and row["label"] in labels]
    taken = list(chosen((Picture(row["label"], Path(row["path"]).name, row["path"]) for row in rows), most))
    for one in taken:
        into = data / folder / photos / one.kind / one.name
        if not into.is_file():
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(data / photos / one.path, into)
    return len(taken)


def _said(folder: Path, count: int) -> None:
    print(f"{folder}: {count:,} pictures", flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())

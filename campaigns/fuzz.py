"""Coverage-guided fuzzing (atheris) of picture opening and of bundle loading.

    make campaign        or        python campaigns/fuzz.py pictures --runs 200000

A finding is any error but our own, an input that takes more than 5 seconds, and more than 1 GiB of memory
held. Each is kept as a file, counted, and the fuzzer goes on. `fuzz_pictures` and `fuzz_bundles` say what is
tried. What reached new code is in `corpus/`; `--replay` tries those, without atheris, as the tests do.
"""

from __future__ import annotations

import argparse
import importlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "benchmarks"), str(HERE)]
TARGETS = {"pictures": ("whatsit", "PIL"), "bundles": ("whatsit", "zipfile")}
SECONDS, MEGABYTES, LONGEST = 5, 1024, 16_384
MOST_FINDINGS = 50
_RUNS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_PEAK = re.compile(r"stat::peak_rss_mb:\s*(\d+)")
_WHAT = re.compile(
    r"^(?:==\d+== ERROR: libFuzzer: .*|\s*=== Uncaught Python exception: ===\n.*)$", re.MULTILINE
)


def main() -> int:
    """Fuzz until so many runs are done, write what was found, and return 1 where anything was."""
    given, rest = _arguments()
    if given.child:
        return _child(given.target, rest)
    if given.replay:
        return _replay(given.target)
    import record  # noqa: PLC0415 - it lies beside the benchmarks, and the fuzzed process is not to load it

    found = campaign(given.target, given.runs, given.seed, given.keep)
    record.write(given.out or HERE / "results" / f"fuzzed_{given.target}.json", **found)
    print(found)
    return int(bool(found["findings"]))


def campaign(target: str, runs: int, seed: int, keep: Path) -> dict[str, object]:
    """Return how often the target was run, what was found and how much memory it took at most."""
    done, peak, findings = 0, 0, []
    with tempfile.TemporaryDirectory() as place:
        corpus = shutil.copytree(HERE / "corpus" / target, Path(place) / "corpus")
        before = len(list(corpus.iterdir()))
        while done < runs and len(findings) < MOST_FINDINGS:
            said = _fuzzed(target, corpus, runs - done, seed + len(findings), keep)
            ran, most = _RUNS.search(said), _PEAK.search(said)
            done += int(ran[1]) if ran else 0
            peak = max(peak, int(most[1]) if most else 0)
            if what := _WHAT.search(said):
                findings.append(" ".join(what[0].split()))
            elif ran is None:
                raise SystemExit(f"the fuzzer did not run:\n{said[-3000:]}")
        reached = len(list(corpus.iterdir()))
        shutil.copytree(corpus, keep / f"{target}-corpus", dirs_exist_ok=True)
    return {
        "target": target,
        "runs": done,
        "seed": seed,
        "seconds_at_most": SECONDS,
        "megabytes_at_most": MEGABYTES,
        "peak_megabytes": peak,
        "inputs_before": before,
        "inputs_that_reached_new_code": reached - before,
        "findings": findings,
    }


def _fuzzed(target: str, corpus: Path, runs: int, seed: int, keep: Path) -> str:
    keep.mkdir(parents=True, exist_ok=True)
    options = [f"-runs={runs}", f"-seed={seed}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEGABYTES}"]
    options += [f"-max_len={LONGEST}", f"-artifact_prefix={keep}/{target}-", "-print_final_stats=1"]
    # A sound file reaches what many do; it is from the sound ones that the dangerous ones are made.
    options += ["-keep_seed=1", "-reduce_inputs=0"]
    command = [sys.executable, __file__, target, "--child", *options, str(corpus)]
    with (keep / f"{target}.log").open("a+", encoding="utf-8", errors="replace") as log:
        start = log.tell()
        subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
        log.seek(start)
        return log.read()


def _child(target: str, options: list[str]) -> int:
    import atheris  # noqa: PLC0415 - only here: it has no wheel for every Python that Whatsit takes

    with atheris.instrument_imports(include=list(TARGETS[target])):
        tried = importlib.import_module(f"fuzz_{target}")

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        made = tried.changed(data, seed)
        return made if made and len(made) <= most else bytes(atheris.Mutate(data, most))

    settings = {"custom_mutator": mutated} if hasattr(tried, "changed") else {}
    atheris.Setup([sys.argv[0], *options], tried.try_one, **settings)
    atheris.Fuzz()
    return 0


def _replay(target: str) -> int:
    tried = importlib.import_module(f"fuzz_{target}")
    inputs = sorted((HERE / "corpus" / target).iterdir())
    for file in inputs:
        tried.try_one(file.read_bytes())
    print(f"{len(inputs)} inputs and no finding")
    return 0


def _arguments() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where to write what was found")
    parser.add_argument(
        "--keep", type=Path, default=Path("build/fuzz"), help="for inputs that found something"
    )
    parser.add_argument("--replay", action="store_true", help="try what is in the corpus, and end")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_known_args()


if __name__ == "__main__":
    sys.exit(main())

from pathlib import Path

import numpy as np

from trainer.features import FeatureCache


def _rows(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)


def test_rows_come_back_in_the_order_asked_for(tmp_path: Path) -> None:
    rows = _rows(3, 1)
    FeatureCache(tmp_path, 3).append(["a", "b", "c"], rows)
    assert np.array_equal(FeatureCache(tmp_path, 3).rows(["c", "a", "c"]), rows[[2, 0, 2]])


def test_what_was_half_written_is_cut_off_and_asked_for_again(tmp_path: Path) -> None:
    first, second = _rows(2, 1), _rows(2, 2)
    cache = FeatureCache(tmp_path, 3)
    cache.append(["a", "b"], first)
    cache.append(["c", "d"], second)
    with (tmp_path / "features.f32").open("r+b") as file:
        file.truncate(3 * 3 * 4 + 5)  # killed in the middle of the fourth row
    after = FeatureCache(tmp_path, 3)
    assert after.missing(["a", "d", "c", "d"]) == ["d"]
    after.append(["d"], second[1:])
    assert np.array_equal(
        FeatureCache(tmp_path, 3).rows(["a", "b", "c", "d"]), np.concatenate([first, second])
    )


def test_rows_without_their_keys_are_cut_off_too(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path, 3)
    cache.append(["a"], _rows(1, 1))
    with (tmp_path / "features.f32").open("ab") as file:
        file.write(b"\0" * 24)
    with (tmp_path / "photos.txt").open("a") as file:
        file.write("half-a-key")
    after = FeatureCache(tmp_path, 3)
    after.append(["b"], _rows(1, 2))
    assert np.array_equal(FeatureCache(tmp_path, 3).rows(["b"]), _rows(1, 2))

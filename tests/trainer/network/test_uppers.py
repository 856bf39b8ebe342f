"""Where the upper blocks of every backbone begin, whole or cut: what `fit.unfreeze = "upper"` lets learn."""

import re
from collections.abc import Iterator

import keras
import pytest

from trainer.network import bodies
from trainer.network.backbones import BACKBONES, Choice
from trainer.network.bodies import Body
from whatsit.manifest import InputSpec

ROWS = sorted(set(BACKBONES) - {"tiny", "other"})
LEAST_SIDES = {"inception_v3": 75, "inception_resnet_v2": 75, "xception": 71}
NUMBERED_BY_KERAS = r"(conv2d|batch_normalization|activation|add|concatenate|multiply)(_\d+)?"


def _endings(name: str) -> Iterator[Body]:
    """Yield the backbone whole and cut at each place, built once."""
    side = LEAST_SIDES.get(name, 32)
    choice = Choice(name)
    whole = bodies.build(choice, None, InputSpec(height=side, width=side), choice.row.scaling)
    yield whole
    for cut in choice.row.cuts:
        ended = Choice(name, cut)
        yield Body(ended, ended.row.scaling, bodies._cut(whole.model, ended))


@pytest.mark.parametrize("name", ROWS)
def test_upper_blocks_learn_and_all_that_they_are_built_on_stays(name: str) -> None:
    row = BACKBONES[name]
    assert len(row.uppers) == len(row.cuts) + 1
    for body in _endings(name):
        body.unfreeze("upper")
        begin = body.choice.upper
        assert not re.fullmatch(NUMBERED_BY_KERAS, begin), "its name is another each time that it is built"
        lower = {one.name for one in keras.Model(body.model.input, body.model.get_layer(begin).output).layers}
        is_downsampling = isinstance(body.model.get_layer(begin), keras.Sequential)  # of ConvNeXt: it learns
        for one in body.model.layers:
            stays = one.name in lower and not (is_downsampling and one.name == begin)
            norm = row.frozen_batch_norm and isinstance(one, keras.layers.BatchNormalization)
            assert bool(one.trainable_weights) == bool(one.weights and not stays and not norm), one.name
        learning = sum(one.count_params() for one in body.model.layers if one.trainable_weights)
        assert 0.1 < learning / body.model.count_params() < 0.9, str(body.choice)


def test_the_upper_blocks_of_resnet50_are_conv5() -> None:
    (body, *_) = _endings("resnet50")
    body.unfreeze("upper")
    learned = {one.name.split("_")[0] for one in body.model.layers if one.trainable_weights}
    assert learned == {"conv5"}


def test_a_cut_has_upper_blocks_of_its_own() -> None:
    assert Choice.parse("inception_v3").upper == "mixed8"
    assert Choice.parse("inception_v3@mixed8").upper == "mixed7"
    assert Choice.parse("inception_v3@mixed7").upper == "mixed6"

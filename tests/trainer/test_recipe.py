"""What a recipe may say, and what is refused with a reason."""

import pytest
from pydantic import ValidationError

from trainer.recipe import Recipe, keys
from trainer.sections import Augment, Fit

PLAIN = {
    "sentence": "What it trains.",
    "model": {"name": "some", "title": "Some", "subject": "any photo"},
    "input": {"height": 32, "width": 48},
}
FROZEN = {**PLAIN, "network": {"backbones": ["mobilenet_v2"]}}


def _refused(table: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Recipe.model_validate(table)


def test_a_recipe_that_learns_nothing_is_refused() -> None:
    _refused(PLAIN, "nothing is learned")
    assert Recipe.model_validate({**PLAIN, "fit": {}}).fit == Fit()


def test_a_head_needs_backbones_and_a_linear_head_no_layers_between() -> None:
    _refused({**PLAIN, "head": {"method": "logistic"}}, "there are none")
    between = {"backbones": ["mobilenet_v2"], "layers": ["average", "dense 8"]}
    for method in ("logistic", "bagged_sgd"):
        _refused({**PLAIN, "network": between, "head": {"method": method}}, "linear head")
    assert Recipe.model_validate({**PLAIN, "network": between, "head": {"method": "dense"}}).head is not None
    _refused({**FROZEN, "head": {"method": "bagged_sgd"}, "fit": {}}, "final")


def test_backbones_are_of_the_table_and_pooled_first() -> None:
    _refused({**PLAIN, "fit": {}, "network": {"backbones": ["resnet5"]}}, "resnet50")
    _refused({**PLAIN, "fit": {}, "network": {"backbones": ["inception_v3@mixed3"]}}, "mixed8")
    _refused({**PLAIN, "fit": {}, "network": {"backbones": ["vgg16"], "layers": ["dense 8"]}}, "average")


def test_dropout_alone_leaves_a_head_linear() -> None:
    for layers, linear in ((["average", "dropout 0.2"], True), (["average", "dense 4"], False)):
        table = {**PLAIN, "fit": {}, "network": {"backbones": ["mobilenet_v2"], "layers": layers}}
        assert Recipe.model_validate(table).network.linear == linear
    assert not Recipe.model_validate({**PLAIN, "fit": {}}).network.linear


def test_cycles_are_whole_and_a_cosine_s() -> None:
    with pytest.raises(ValidationError, match="7 epochs"):
        Fit(epochs=7, cycles=2, schedule="cosine")
    with pytest.raises(ValidationError, match="cosine"):
        Fit(epochs=8, cycles=2)
    assert Fit(epochs=8, cycles=2, schedule="cosine").cycles == 2


@pytest.mark.parametrize(
    "wrong", [{"mirror": 1.2}, {"area": 0.0}, {"zoom": 1.0}, {"shear": 90}, {"rotation": 3}]
)
def test_variations_beyond_reason_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Augment.model_validate(wrong)


def test_learning_may_see_other_pixels_than_use() -> None:
    plain = Recipe.model_validate({**PLAIN, "fit": {}})
    assert plain.learning_input == plain.input
    small = Recipe.model_validate({**PLAIN, "fit": {"side": 24}}).learning_input
    assert (small.height, small.width) == (24, 24)


def test_every_key_is_listed_once_also_those_of_a_choice() -> None:
    found = keys()
    assert len(found) == len(set(found))
    assert {"sentence", "data.age.limit", "network.layers", "fit.learning_rate", "sweep"} <= set(found)
    assert {"head.method", "head.strengths", "head.estimators", "head.epochs"} <= set(found)
    assert "fit" not in found

"""What a recipe may say, and what is refused with a reason."""

import json

import pytest
from pydantic import ValidationError

from trainer.recipe import Recipe, keys
from trainer.sections import Augment, DenseHead, Fit

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


def test_layers_are_known_and_fit_each_other_at_every_size_before_any_work() -> None:
    _refused({**PLAIN, "fit": {}, "network": {"layers": ["average", "dnse 5"]}}, "did you mean 'dense'")
    _refused({**PLAIN, "fit": {}, "network": {"layers": ["conv 8"]}}, "map of 32×48.*flatten")
    frozen = {"backbones": ["mobilenet_v2"], "layers": ["average", "conv 8"]}
    _refused({**PLAIN, "head": {"method": "dense"}, "network": frozen}, "'conv 8' takes a map")
    pooled = {"layers": ["pool 10", "pool 3", "average"]}
    assert Recipe.model_validate({**PLAIN, "fit": {}, "network": pooled})
    _refused({**PLAIN, "fit": {"side": 20}, "network": pooled}, "'pool 3' is too much for a map of 2×2")
    flat = {**PLAIN, "network": {"layers": ["flatten"]}}
    _refused({**flat, "fit": {"side": 24}}, "pixels of one size")
    assert Recipe.model_validate({**flat, "fit": {}})


def test_an_activation_is_one_of_those_there_are() -> None:
    _refused({**PLAIN, "fit": {}, "network": {"activation": "relux"}}, "prelu")


def test_a_backbone_is_joined_once() -> None:
    for names in (["vgg16", "vgg16"], ["inception_v3", "resnet50", "inception_v3@mixed8"]):
        _refused(
            {**PLAIN, "head": {"method": "dense"}, "network": {"backbones": names}},
            f"{names[0]} is there twice",
        )


@pytest.mark.parametrize("strengths", [[], [-1.0], [1.0, 0.0], [float("inf")], [float("nan")]])
def test_strengths_are_positive_numbers(strengths: list[float]) -> None:
    _refused({**FROZEN, "head": {"method": "logistic", "strengths": strengths}}, "strengths")


@pytest.mark.parametrize("section", [{"augment": {"mirror": 0.2}}, {"teacher": {"recipe": "age-fused"}}])
def test_what_only_learning_from_photos_has_needs_it(section: dict[str, object]) -> None:
    table = {**FROZEN, "head": {"method": "logistic"}, **section}
    _refused(table, rf"\[{next(iter(section))}\] is for \[fit\]")
    assert Recipe.model_validate({**table, "fit": {}})


def test_a_sweep_does_not_begin_to_fine_tune() -> None:
    table = {**FROZEN, "head": {"method": "logistic"}, "sweep": {"fit.epochs": [1, 2]}}
    _refused(table, r"\[sweep\] changes \[fit\], and there is none")
    assert Recipe.model_validate({**table, "fit": {"unfreeze": "none"}})


def test_what_to_unfreeze_is_of_the_backbones_there_are() -> None:
    two = {**PLAIN, "network": {"backbones": ["vgg16", "resnet50"]}}
    for unfreeze in ("all", "upper", "none"):
        assert Recipe.model_validate({**two, "fit": {"unfreeze": unfreeze}})
    _refused({**two, "fit": {"unfreeze": "conv5_block1_1_conv"}}, "layer of one backbone, and there are 2")
    assert Recipe.model_validate({**FROZEN, "fit": {"unfreeze": "block_15_add"}})
    _refused({**PLAIN, "fit": {"unfreeze": "upper"}}, "there are none")


def test_the_mean_of_cycles_and_an_early_end_exclude_each_other() -> None:
    for kind in (Fit, DenseHead):
        with pytest.raises(ValidationError, match="set patience to 0"):
            kind(epochs=8, cycles=2, schedule="cosine", keep="mean", patience=3)
        assert kind(epochs=8, cycles=2, schedule="cosine", keep="mean")
        assert kind(keep="best", patience=3)


def test_a_recipe_of_before_a_key_was_there_is_read() -> None:
    recipe = Recipe.model_validate({**FROZEN, "head": {"method": "logistic"}, "fit": {}})
    kept = recipe.model_dump(mode="json")
    for key in ("kernel", "padding", "activation", "dropout", "output"):
        del kept["network"][key]
    for key in ("unfreeze", "patience", "keep", "compiled"):
        del kept["fit"][key]
    assert Recipe.model_validate_json(json.dumps(kept), strict=False) == recipe


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

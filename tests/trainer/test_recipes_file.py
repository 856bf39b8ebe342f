"""Recipes as a user names and changes them; every file that ships is read and its network built."""

import shutil
from pathlib import Path

import keras
import pytest

from trainer import recipes_file
from trainer.network import backbones, tops
from trainer.recipe import Recipe
from trainer.sections import BaggedHead, Fit
from trainer.series import sweep
from whatsit.errors import UsageError

NAMES = recipes_file.names()
FROM_SCRATCH = [name for name in NAMES if not recipes_file.load(name).network.backbones]
# From the tutorials; that of the two hidden layers counts no biases.
WEIGHTS = {"cifar10-logistic": 30_730, "cifar10-mlp": 410_880 + 128 + 128 + 10, "cifar10-cnn": 42_442}


def _top(recipe: Recipe, classes: int) -> keras.Model:
    image = keras.Input((recipe.input.height, recipe.input.width, 3))
    return keras.Model(image, tops.build(recipe.network, classes).on(image)[1])


@pytest.mark.parametrize("name", NAMES)
def test_every_recipe_says_what_it_trains_and_names_its_model(name: str) -> None:
    recipe = recipes_file.load(name)
    assert 20 < len(recipe.sentence) <= 110
    assert recipe.sentence.endswith(".")
    assert recipe.sweep == {} or len(sweep.variations(recipe)) > 2


def test_the_recipes_of_every_family_are_there() -> None:
    families = {
        "cifar10-logistic", "cifar10-mlp", "cifar10-cnn", "cifar10-cnn-deep", "cats-dogs-cnn", "age-cnn",
        "age-cnn-sweep", "cats-dogs-vgg16-frozen", "cats-dogs-vgg16-flatten", "breeds-bagged-sgd",
        "breeds-finetune", "cats-dogs-fused", "breeds-fused", "age-fused", "cats-dogs-edge",
    }  # fmt: skip
    assert families <= set(NAMES)


@pytest.mark.parametrize("name", FROM_SCRATCH)
def test_networks_from_scratch_fit_their_pixels(name: str) -> None:
    classes = 10 if name.startswith("cifar10") else 2
    model = _top(recipes_file.load(name), classes)
    assert model.output_shape == (None, classes)
    if name in WEIGHTS:
        assert model.count_params() == WEIGHTS[name]


def test_the_networks_are_those_of_the_tutorials() -> None:
    deep = recipes_file.load("cifar10-cnn-deep").network.layers
    assert [words.split()[1:3] for words in deep if words.startswith("conv")] == [
        [str(filters), kernel] for filters in (32, 64, 128) for kernel in ("3x3", "1x1")
    ]
    cats = recipes_file.load("cats-dogs-cnn").network.layers
    filters = [words.split()[1] for words in cats if words.startswith("conv")]
    assert [filters.count(str(32 * 2**block)) for block in range(5)] == [2, 2, 3, 3, 3]
    first = _top(recipes_file.load("age-cnn"), 2).layers[1]
    assert first.count_params() == 896
    wider = _top(recipes_file.load("age-cnn", ("network.kernel=5",)), 2).layers[1]
    assert wider.count_params() == 2_432
    flat = recipes_file.load("cats-dogs-vgg16-flatten")
    given = keras.Input((4 * 4 * 512,))
    assert keras.Model(given, tops.build(flat.network, 2).on(given)[0]).count_params() + 257 == 2_097_665


def test_the_age_sweep_starts_from_the_age_recipe() -> None:
    plain, swept = recipes_file.load("age-cnn"), recipes_file.load("age-cnn-sweep")
    assert swept.network == plain.network
    assert swept.data == plain.data
    assert swept.augment == plain.augment


@pytest.mark.parametrize("name", ["xception", "inception_resnet_v2", "densenet121", "efficientnet_v2_b0"])
@pytest.mark.parametrize(
    "recipe", ["cats-dogs-vgg16-frozen", "cats-dogs-vgg16-flatten", "breeds-bagged-sgd", "breeds-finetune"]
)
def test_another_backbone_is_one_setting_away(recipe: str, name: str) -> None:
    assert name in backbones.BACKBONES
    changed = recipes_file.load(recipe, (f'network.backbones=["{name}"]',))
    assert changed.network.backbones == (name,)


def test_override_changes_one_key_and_keeps_the_rest() -> None:
    plain = recipes_file.load("cats-dogs-edge")
    changed = recipes_file.load("cats-dogs-edge", ("fit.epochs=10", "input.resize=crop", "data.also=[]"))
    assert plain.fit is not None
    assert changed.fit == plain.fit.model_copy(update={"epochs": 10})
    assert (changed.input.resize, changed.data.also) == ("crop", ())
    assert changed.network == plain.network


def test_override_may_begin_a_section_and_change_a_head() -> None:
    bagged = recipes_file.load("breeds-bagged-sgd", ("head.estimators=3", "head.alpha=1e-4"))
    assert bagged.head == BaggedHead(estimators=3, alpha=1e-4)
    fitted = recipes_file.load("cats-dogs-fused", ("fit.epochs=1", "fit.unfreeze=none"))
    assert fitted.fit == Fit(epochs=1, unfreeze="none")


@pytest.mark.parametrize(
    ("name", "overrides", "nearest"),
    [
        ("cats-dog-edge", (), "cats-dogs-edge"),
        ("cifar10-cn", (), "cifar10-cnn"),
        ("cats-dogs-edge", ("fit.epoch=3",), "fit.epochs"),
        ("cats-dogs-edge", ("epochs",), "fit.epochs"),
        ("cats-dogs-edge", ("fit.optimizer=adm",), "adam"),
        ("cats-dogs-fused", ('network.backbones=["resnet5"]',), "resnet50"),
        ("breeds-bagged-sgd", ("head.estimator=3",), "head.estimators"),
        ("breeds-bagged-sgd", ("head.method=logistc",), "'logistic'"),
        ("cats-dogs-vgg16-frozen", ("network.activation=relux",), "'relu'"),
        ("cats-dogs-vgg16-frozen", ('network.layers=["average", "dnse 5"]',), "'dense'"),
        ("breeds-edge", ("teacher.recipe=breeds-fusd",), "'breeds-fused'"),
    ],
)
def test_a_mistyped_name_key_or_value_gets_the_nearest(
    name: str, overrides: tuple[str, ...], nearest: str
) -> None:
    with pytest.raises(UsageError, match=nearest):
        recipes_file.load(name, overrides)


@pytest.mark.parametrize(
    ("name", "override", "said"),
    [
        (
            "cats-dogs-fused",
            "head.epochs=20",
            "for head.method dense, and here that is logistic: head.method",
        ),
        (
            "breeds-bagged-sgd",
            "head.strengths=[1.0]",
            "for head.method logistic, and here that is bagged_sgd",
        ),
        ("cats-dogs-vgg16-flatten", "head.epochs=20", "give head.method: logistic, dense, bagged_sgd"),
        ("cats-dogs-fused", "head.method", "it says no value; write --set head.method=VALUE"),
        ("cats-dogs-fused", "augment.mirror=0.2", r"\[augment\] is for \[fit\]"),
        ("cats-dogs-fused", "teacher.recipe=breeds-fused", r"\[teacher\] is for \[fit\]"),
        ("cats-dogs-fused", "head.strengths=[]", "head.strengths"),
        ("cats-dogs-fused", "head.strengths=[1.0, -1.0]", "head.strengths"),
        ("cats-dogs-edge", "fit.patience=3", "set patience to 0"),
        ("breeds-edge", "teacher.recipe=breeds-fusd", "breeds-edge: teacher.recipe: no recipe is called"),
        ("cats-dogs-cnn", 'network.layers=["dnse 5"]', r"network.layers: .*did you mean 'dense'\?$"),
    ],
)
def test_what_would_have_no_effect_or_fail_later_is_refused(name: str, override: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        recipes_file.load(name, (override,))


@pytest.mark.parametrize("key", ["epochs=5", "learning_rate=0.1", "steps=3"])
def test_one_key_of_fit_does_not_fine_tune_a_frozen_recipe(key: str) -> None:
    for name in ("cats-dogs-fused", "cats-dogs-vgg16-frozen", "breeds-bagged-sgd"):
        with pytest.raises(UsageError, match=r"has no \[fit\].*fit.unfreeze=none, upper or all"):
            recipes_file.load(name, (f"fit.{key}",))
    asked = recipes_file.load("cats-dogs-fused", (f"fit.{key}", "fit.unfreeze=upper"))
    assert asked.fit is not None
    assert asked.fit.unfreeze == "upper"


def test_a_recipe_does_not_teach_itself(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    shutil.copy(recipes_file.FOLDER / "breeds-edge.toml", own)
    assert recipes_file.load(str(own)).teacher is not None
    with pytest.raises(UsageError, match="teach itself"):
        recipes_file.load(str(own), (f"teacher.recipe={own}",))


@pytest.mark.parametrize(
    "override", ["fit.epochs=many", "fit.patience=2", "augment.area=3", "input.height=0", "fit=3"]
)
def test_a_wrong_value_is_refused_by_name(override: str) -> None:
    with pytest.raises(UsageError, match=override.partition("=")[0].partition(".")[0]):
        recipes_file.load("cats-dogs-edge", (override,))


def test_an_unknown_key_in_a_file_of_ones_own_is_refused_with_the_nearest(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    shutil.copy(recipes_file.FOLDER / "cats-dogs-edge.toml", own)
    assert recipes_file.load(str(own)).model.name == "cats-dogs"
    own.write_text(own.read_text().replace("learning_rate", "learning_rat"))
    with pytest.raises(UsageError, match=r"fit\.learning_rate"):
        recipes_file.load(str(own))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("what = is this")
    with pytest.raises(UsageError, match=r"mine\.toml"):
        recipes_file.load(str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("fit.epochs=three", "expected a whole number, not 'three'"),
        ("fit.learning_rate=quick", "expected a number, not 'quick'"),
        ("network.backbones=vgg16", r"expected a list such as \[\"one\", \"two\"\], not 'vgg16'"),
        ("fit.deterministic=perhaps", "expected true or false, not 'perhaps'"),
        ("fit.side=320", "fit.side 320 is larger than the pixels it will see, 288×288"),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_in_a_person_s_words(override: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        recipes_file.load("cats-dogs-edge", (override,))

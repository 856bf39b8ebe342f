"""The model card: what a bundle is, what was measured, and what nobody measured left unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporter import example
from exporter.source import NOT_TRAINED
from whatsit import decisions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whatsit.manifest import Decision, InputSpec, Manifest, Promise, ShortList, Variant

_MOST_LABELS: Final = 20
_MEANING: Final = {
    "probabilities": "probability of each label, calibrated where a threshold is stated below",
    "features": "what the network sees, before the head",
    "novelty": "how unlike everything taught; over the file's own limit it is *unknown*, however probable",
    "activation_maps": "where in the photo each label comes from, before the average that makes the logits",
}
# Figures of the trainer's whose names do not say what they are.
_FIGURES: Final = {
    "unknown_pictures": "unknown_pictures, of which about one of four was kept from learning",
    "unknown_auroc": "unknown_auroc, of those kept, against calibrate",
    "unknown_called_so": "unknown_called_so, the part of those kept",
}


def text(manifest: Manifest, own_words: str = "") -> str:
    """Return the card as Markdown; `own_words` are the author's own sections, put in as they are."""
    parts = [
        f"# {manifest.title}",
        _what(manifest),
        f"## Use it without Whatsit\n\n```python\n{_own_example(manifest)}```",
        f"## What comes out\n\n{_outputs(manifest)}",
        f"## What it learned from\n\n{_training(manifest)}",
        f"## What was measured\n\n{_measured(manifest)}",
        *([own_words.strip()] if own_words.strip() else []),
        f"## What it does not know\n\n{_limits(manifest)}",
        f"## Licence\n\n{manifest.licence}",
    ]
    return "\n\n".join(parts) + "\n"


def _own_example(manifest: Manifest) -> str:
    decision = manifest.variants["fp32"].decision
    return example.text(manifest.input, decision, novelty=_has_novelty(manifest))


def _has_novelty(manifest: Manifest) -> bool:
    return any(output.name == "novelty" for output in manifest.outputs)


def _what(manifest: Manifest) -> str:
    names, spec = [label.name for label in manifest.labels], manifest.input
    shown = ", ".join(names[:_MOST_LABELS]) + (
        ", … ([labels.txt](labels.txt))" if len(names) > _MOST_LABELS else ""
    )
    groups = sorted({label.group for label in manifest.labels} - {""})
    rows = [
        ("name", f"{manifest.name}, version {manifest.version}"),
        ("task", manifest.task),
        ("photos it is for", manifest.subject),
        ("labels", f"{len(names)}: {shown}"),
        *([("groups", f"{len(groups)}: {', '.join(groups)}")] if groups else []),
        (
            "input",
            f"`image` uint8 [N, {spec.height}, {spec.width}, 3], RGB; all scaling is inside",
        ),
        ("resize", _resize(spec)),
        *(
            (name, f"`{one.file}`, {one.bytes / 1e6:.2f} MB, opset {one.opset}")
            for name, one in _variants(manifest)
        ),
    ]
    return _table(("", ""), rows)


def _resize(spec: InputSpec) -> str:
    if spec.resize == "squash":
        return "squashed to that size with Pillow's bilinear filter, which antialiases"
    return "the largest centred part of that shape, then Pillow's bilinear filter, which antialiases"


def _outputs(manifest: Manifest) -> str:
    rows = [
        (f"`{one.name}`", f"{['N', *one.shape[1:]]}".replace("'", ""), _meaning(one.name))
        for one in manifest.outputs
    ]
    return _table(("output, float32", "shape", "meaning"), rows)


def _meaning(name: str) -> str:
    return next((said for known, said in _MEANING.items() if name.startswith(known)), "")


def _training(manifest: Manifest) -> str:
    training = manifest.training
    photos = ", ".join(f"{count:,} {split}" for split, count in training.photos.items())
    versions = ", ".join(f"{name} {version}" for name, version in training.versions.items())
    if training.recipe == NOT_TRAINED:
        proven = f" Photos that proved it and set its thresholds: {photos}." if photos else ""
        return (
            "It was not trained by Whatsit, and what it learned from is not told here. Fingerprint of its "
            f"Keras file: `{training.data_fingerprint[:16]}`; saved with {versions}.{proven}"
        )
    return (
        f"Recipe `{training.recipe}`. Photos: {photos}; fingerprint `{training.data_fingerprint[:16]}`. "
        f"Trained with {versions}."
    )


def _measured(manifest: Manifest) -> str:
    parts = []
    if manifest.training.metrics:
        rows = [
            (_FIGURES.get(name, name), f"{value:.6g}") for name, value in manifest.training.metrics.items()
        ]
        parts.append(
            "By the trainer, of the Keras model at the size above:\n\n" + _table(("figure", "value"), rows)
        )
    on = "on labelled photos of `tune` and `calibrate` and " if any(manifest.training.photos.values()) else ""
    parts.append(
        f"Each exported file against the Keras model, {on}on the golden pictures:\n\n{_checks(manifest)}"
    )
    parts += [_decision(name, one, manifest) for name, one in _variants(manifest)]
    return "\n\n".join(parts)


def _checks(manifest: Manifest) -> str:
    rows = [(one.variant, one.name, one.measured, one.limit or "must hold") for one in manifest.checks]
    rows += [(one.variant, one.name, one.measured, "measured only") for one in manifest.measurements]
    return _table(("variant", "check", "measured", "limit"), rows)


def _decision(name: str, variant: Variant, manifest: Manifest) -> str:
    decision = variant.decision
    if not decision.calibrated:
        return (
            f"Decisions of {name}: not calibrated. No labelled photo was at hand, so every photo gets its "
            "best label, and how often such answers are right is not known."
        )
    rows = [
        (f"{one.threshold:g}", f"{100 * one.wrong_at_most:.1f} %", f"{100 * one.set_aside:.1f} %")
        for one in decision.points
    ]
    novelty = _has_novelty(manifest)
    limit = f"the novelty limit {decision.novelty_limit!r}" if novelty else "there is no novelty"
    aside = "are *not sure* and *unknown*" if novelty else "is *not sure*"
    return (
        f"Decisions of {name}, fitted on its own outputs for {decision.photos:,} photos of `calibrate`: "
        f"the threshold is {decision.threshold:g}, {limit}. {_promised(decision)} The rows hold with 95 % "
        f"confidence all at once, on photos like those; set aside {aside}. The default threshold may have a "
        "test of its own, the other rows share one, which is stricter, and fewer answers are bounded less "
        "closely: so a higher threshold may show a larger bound.\n\n"
        + _table(("threshold", "wrong at most", "set aside"), rows)
        + _unsure(decision)
    )


def _promised(decision: Decision) -> str:
    point, most = decisions.chosen_point(decision), decision.promise.wrong_at_most
    if point is None or point.wrong_at_most > most:
        return f"It is the largest tried: none promises at most {most:.1%} of the answers wrong."
    return f"What it promises there, with 95 % confidence: at most {most:.1%} of the answers are wrong."


def _unsure(decision: Decision) -> str:
    """Return what a photo that is not sure gets instead of a label, where there are more than two."""
    parts = []
    if listed := decision.short_list:
        parts.append(
            f"{listed.given:.0%} of the photos that are *not sure* get a short list of 2 to "
            f"{decisions.MOST_LISTED} labels; {_listed(listed, decision.promise)}"
        )
    if decision.group_threshold is not None:
        parts.append(
            f"Where the labels of one group together have {decision.group_threshold:g}, the group is said: "
            f"at most {decision.promise.wrong_at_most:.1%} of these are wrong. That is a bound with 97.5 % "
            "confidence of its own, beside the 95 % of the rows, and takes the threshold above as given."
        )
    return "".join(f"\n\n{part}" for part in parts)


def _listed(listed: ShortList, promise: Promise) -> str:
    """Return how many of the lists hold the right label, and what that is: a measurement or a bound."""
    if listed.coverage >= promise.listed:
        return (
            f"{listed.coverage:.0%} of these lists hold the right one. Both were measured on `calibrate`, on "
            "the photos by which the lists were fitted, at the threshold above; neither is a bound."
        )
    return (
        f"at least {listed.coverage:.0%} of these lists hold the right one. That is a bound with 95 % "
        "confidence for these lists alone, though they are the best of those tried on the same photos of "
        f"`calibrate`, at the threshold above: none tried held it in {promise.listed:.0%}."
    )


def _limits(manifest: Manifest) -> str:
    unknown = (
        "and says *unknown* only by `novelty`, which catches much of what is unlike its photos and not all: "
        "a photo of something else can be near them by chance."
        if _has_novelty(manifest)
        else "and never says *unknown*: without `novelty`, a photo of anything else gets one of them too."
    )
    return (
        f"It knows {len(manifest.labels)} labels and no others, {unknown} Every "
        "figure above holds for photos like those it was measured on; other cameras, drawings, or several "
        "things in one photo were not measured unless a section here says so."
    )


def _variants(manifest: Manifest) -> list[tuple[str, Variant]]:
    return [(str(name), one) for name, one in manifest.variants.items()]


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)

from __future__ import annotations

from typing import TYPE_CHECKING

from exporter import card
from whatsit import fitting
from whatsit.manifest import OperatingPoint, Promise, ShortList

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


def told(bundle: Bundle, **decision: object) -> str:
    """Return the card of a bundle with another decision."""
    variant = bundle.manifest.variants["fp32"]
    changed = variant.model_copy(update={"decision": variant.decision.model_copy(update=decision)})
    return card.text(bundle.manifest.model_copy(update={"variants": {"fp32": changed}}))


def test_the_card_says_what_a_photo_that_is_not_sure_gets(bundle: Bundle) -> None:
    assert "short list" not in card.text(bundle.manifest, "")
    said = told(
        bundle,
        promise=Promise(wrong_at_most=0.04),
        short_list=ShortList(minimum=0.03, coverage=0.95, given=0.9),
        group_threshold=0.85,
    )
    assert "90% of the photos that are *not sure* get a short list" in said
    assert "95% of these lists hold the right one. Both were measured on `calibrate`" in said
    assert "together have 0.85, the group is said: at most 4.0% of these are wrong" in said


def test_the_card_says_how_sure_its_bounds_of_lists_and_groups_are(bundle: Bundle) -> None:
    said = told(bundle, short_list=ShortList(minimum=0.03, coverage=0.8), group_threshold=0.85)
    assert "at least 80% of these lists hold the right one. That is a bound with 95 % confidence" in said
    assert "none tried held it in 95%" in said
    assert f"a bound with {100 * (1 - fitting._HALF):.1f} % confidence of its own" in said


def test_the_card_promises_at_its_threshold_or_says_that_none_does(bundle: Bundle) -> None:
    manifest = bundle.manifest
    variant = manifest.variants["fp32"]

    def said(wrong_at_most: float) -> str:
        point = OperatingPoint(threshold=0.7, wrong_at_most=wrong_at_most, set_aside=0.1)
        update = {"promise": Promise(wrong_at_most=0.04), "threshold": 0.7, "points": (point,)}
        decision = variant.decision.model_copy(update=update)
        variants = {"fp32": variant.model_copy(update={"decision": decision})}
        return card.text(manifest.model_copy(update={"variants": variants}))

    assert "What it promises there, with 95 % confidence: at most 4.0% of the answers are wrong." in said(
        0.04
    )
    assert "It is the largest tried: none promises at most 4.0% of the answers wrong." in said(0.05)

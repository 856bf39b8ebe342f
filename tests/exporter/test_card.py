from __future__ import annotations

from typing import TYPE_CHECKING

from exporter import card
from whatsit.manifest import OperatingPoint, Promise, ShortList

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


def test_the_card_says_what_a_photo_that_is_not_sure_gets(bundle: Bundle) -> None:
    manifest = bundle.manifest
    assert "short list" not in card.text(manifest, "")
    variant = manifest.variants["fp32"]
    decision = variant.decision.model_copy(
        update={
            "promise": Promise(wrong_at_most=0.04),
            "short_list": ShortList(minimum=0.03, coverage=0.95, given=0.9),
            "group_threshold": 0.85,
        }
    )
    variants = manifest.variants | {"fp32": variant.model_copy(update={"decision": decision})}
    said = card.text(manifest.model_copy(update={"variants": variants}), "")
    assert "90% of the photos that are *not sure* get a short list" in said
    assert "95% of these lists hold the right one" in said
    assert "together have 0.85, the group is said: at most 4.0% of these are wrong" in said


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

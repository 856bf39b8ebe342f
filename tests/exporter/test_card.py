from __future__ import annotations

from typing import TYPE_CHECKING

from exporter import card
from whatsit.manifest import Promise, ShortList

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

"""What every worker is told: the model, the file system of the photos, the answers' place, its share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.distributed.bundles import Sent
    from whatsit.limits import Limits


@dataclass(frozen=True, slots=True)
class Model:
    """A chain of bundles, as sent: `then` are answers of the first, each with the bundle to ask next."""

    first: Sent
    then: tuple[tuple[str, Sent], ...]
    device: DeviceName
    variant: VariantChoice


@dataclass(frozen=True, slots=True)
class Share:
    """What one worker has for itself: processor cores, and GPUs, which may be parts of one."""

    cores: int = 1
    gpus: float = 0.0


@dataclass(frozen=True, slots=True)
class Order:
    """The work: `source` is the URL of the photos' file system, "" for this machine's; `out` the answers'.

    `version` is of the Whatsit that asks: another one might answer otherwise.
    """

    model: Model
    source: str
    out: str
    limits: Limits
    share: Share
    version: str

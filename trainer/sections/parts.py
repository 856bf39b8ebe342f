"""Numbers that several sections of a recipe have."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Fraction = Annotated[float, Field(ge=0, le=1)]
Epochs = Annotated[int, Field(ge=0, le=10_000)]
Batch = Annotated[int, Field(ge=2, le=4096)]

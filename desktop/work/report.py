"""What to send with a bug report: what the doctor finds here, with nothing private in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


def written() -> Generator[str, None, None]:
    """Yield the report as text."""
    from whatsit import doctor  # noqa: PLC0415 - it loads onnxruntime, and measures

    lines = []
    for finding in doctor.examine():
        lines.append(f"{finding.topic:<11}{finding.what}")
        if finding.advice:
            lines.append(f"{'':<11}→ {finding.advice}")
    yield "\n".join(lines) + "\n"

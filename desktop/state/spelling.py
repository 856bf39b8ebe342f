"""Text made fit to be shown: a capital first, a path as people say it, and as it is where markup is read."""

from __future__ import annotations

from pathlib import Path

from whatsit import files


def capital(text: str) -> str:
    """Return text with a capital first letter and the others as they are."""
    return text[:1].upper() + text[1:]


def place(path: Path) -> str:
    """Return where something is, with the person's own folder as ~."""
    home = Path.home()
    inside = path.is_relative_to(home) and path != home
    return f"~/{files.shown(path.relative_to(home))}" if inside else files.shown(path)


def plain(*lines: str) -> str:
    """Return lines for a place that reads markup, so that they are seen as they are."""
    import html  # noqa: PLC0415 - the window is seen before this is loaded

    return "<br>".join(f"<span>{html.escape(line)}</span>" for line in lines)

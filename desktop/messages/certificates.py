"""What certificates say: names of checks, what was measured, and limits."""

from __future__ import annotations

from typing import Final

from desktop.messages import message

MESSAGES: Final = (
    message("file unchanged"),
    message("other files unchanged"),
    message("loads"),
    message("labels"),
    message("file labels"),
    message("golden shapes"),
    message("one photo alone"),
    message("golden pictures"),
    message("golden pixels"),
    message("golden answers"),
    message("golden {output}"),
    message("{amount} apart"),
    message("{amount} of 255 apart"),
    message("at most {amount}"),
    message("{right} of {count} the same"),
    message("no picture has such a lead: nothing to compare"),
    message("all with a lead over {amount}"),
    message("the same in {count} lists"),
    message("no other list is there"),
    message("the file lists none"),
    message("as in bundle.json"),
    message("batch {counts}"),
    message("every file"),
    message("all {count}"),
    message("{count} bytes"),
    message("a golden picture"),
    message("the bundle has no variant for it"),
    message("the graph does not give it"),
)

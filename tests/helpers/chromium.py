"""Headless Chromium, driven over a pair of pipes by its DevTools protocol: no port, no driver, no library."""

from __future__ import annotations

import itertools
import json
import os
import select
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_LONGEST = 120.0  # seconds for one answer: a busy machine's, not a browser's


def program() -> str | None:
    """Return where Chromium is, if it is here."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


class Page:
    """One page of a Chromium of its own; its methods: https://chromedevtools.github.io/devtools-protocol/"""

    def __init__(self, profile: Path) -> None:
        """Start it with an empty profile in a folder that is there."""
        to_child, self._write = os.pipe()
        self._read, from_child = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4; in the shell both stay what they are.
        pipes = f'exec "$@" 3<&{to_child} 4>&{from_child}'
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # it refuses root otherwise
        options = [
            "--headless=new",
            "--remote-debugging-pipe",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--force-color-profile=srgb",
            f"--user-data-dir={profile}",
            *sandbox,
        ]
        self._process = subprocess.Popen(
            ["bash", "-c", pipes, "chromium", program() or "chromium", *options, "about:blank"],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self._numbers = itertools.count(1)
        self._waiting = b""
        self._session = ""
        target = self._call("Target.getTargets")["targetInfos"][0]["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def open(self, address: str) -> None:
        """Go to an address and wait until the page's own scripts have begun."""
        self._call("Page.enable")
        self._call("Page.navigate", url=address)
        self.wait_for(f"document.readyState === 'complete' && location.href === {json.dumps(address)}")

    def wait_for(self, condition: str) -> None:
        """Wait until a JavaScript expression is true."""
        ends = time.monotonic() + _LONGEST
        while not self.value(f"Boolean({condition})"):
            if time.monotonic() > ends:
                raise TimeoutError(f"never: {condition}")
            time.sleep(0.05)

    def value(self, expression: str) -> Any:
        """Return the value of a JavaScript expression, or what its promise comes to, as JSON can say it."""
        given = self._call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, timeout=60_000
        )
        if "exceptionDetails" in given:
            raise RuntimeError(given["exceptionDetails"]["exception"].get("description", expression))
        return given["result"].get("value")

    def prefer(self, scheme: str) -> None:
        """Ask the page for its light or dark colours."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._call("Emulation.setEmulatedMedia", features=features)

    def _call(self, method: str, **parameters: object) -> Any:
        number = next(self._numbers)
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._waiting:
            if not select.select([self._read], [], [], _LONGEST)[0]:
                raise TimeoutError("Chromium does not answer")
            data = os.read(self._read, 1 << 16)
            if not data:
                raise RuntimeError("Chromium has ended")
            self._waiting += data
        message, _, self._waiting = self._waiting.partition(b"\0")
        return json.loads(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._write)  # which it takes as the wish to end
        os.close(self._read)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

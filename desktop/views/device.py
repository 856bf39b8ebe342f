"""The device: what runs and how fast, why not the GPU, a switch, and a certificate on request."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from desktop.language import tr
from desktop.state import facts, spelling
from desktop.told import told
from desktop.views.checks import Checks
from desktop.views.dialog import Dialog, push
from desktop.views.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from desktop.state.session import Session
    from desktop.state.shelf import Shelf
    from desktop.theme import Theme

_DEVICES: Final = ("auto", "cpu", "cuda")


class DeviceView(Dialog):
    """Facts and two switches above the certificate of the model in use."""

    def __init__(self, session: Session, shelf: Shelf, dress: Theme, parent: QWidget) -> None:
        super().__init__(tr("Device"), parent)
        self.resize(820, 620)
        self._session, self._shelf = session, shelf
        self.runs, self.why, self.speeds = Text(), Text(tone="muted"), Text(tone="muted")
        self.device, self.variant = QComboBox(), QComboBox()
        self.verdict, self.checks = Text(), Checks(dress)
        self.certify = push(tr("Check on this machine"), self._certify, "primary")
        self._lay_out()
        self.device.activated.connect(self._switch)
        self.variant.activated.connect(self._switch)
        shelf.changed.connect(self._refresh)
        session.changed.connect(self._refresh)
        self._refresh()
        shelf.refresh(session.classifier.bundle if session.classifier else None)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        rows = (
            (tr("Runs now"), self.runs),
            (tr("Why so"), self.why),
            (tr("Measured"), self.speeds),
            (tr("Run on"), self.device),
            (tr("Which file"), self.variant),
        )
        for name, widget in rows:
            widget.setAccessibleName(name)
            form.addRow(Text(name, tone="muted"), widget)
        self.body.addLayout(form)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.checks, 1)
        self.offer(self.certify)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Listen no more."""
        self._shelf.changed.disconnect(self._refresh)
        self._session.changed.disconnect(self._refresh)
        super().closeEvent(event)

    def _refresh(self) -> None:
        session, shelf = self._session, self._shelf
        classifier = session.classifier
        self.tell(shelf.doing or ("" if classifier or session.model_error else tr("Opening the model…")),
                  session.model_error or shelf.error)  # fmt: skip
        self.runs.say(facts.running(classifier))
        self.why.say(self._why())
        name = shelf.used(session)
        entry, found = shelf.entry(name), shelf.certificates.get(name)
        proofs = found.proofs if found else entry.proofs if entry else ()
        self.speeds.say(facts.speeds(proofs))
        self.verdict.say(facts.verdict(name, found) if found else "")
        self.checks.setVisible(found is not None)
        if found is not None:
            self.checks.show_certificate(found)
        self.certify.setEnabled(entry is not None and entry.bundle is not None and not shelf.doing)
        self._fill(list(entry.bundle.manifest.variants) if entry and entry.bundle else [])

    def _why(self) -> str:
        classifier = self._session.classifier
        if classifier is None:
            return ""
        if classifier.device.name == "cuda":
            return tr("A GPU is there, and the model gives its golden answers on it.")
        if not classifier.device.reason:
            return tr("The processor was asked for.")
        reason = spelling.capital(told(f"{classifier.device.reason}."))
        return reason if sys.platform == "darwin" else f"{reason} {_advice()}"

    def _fill(self, variants: list[str]) -> None:
        names = {
            "auto": tr("The fastest that is proven"),
            "cpu": tr("The processor (CPU)"),
            "cuda": tr("The GPU (CUDA)"),
        }
        choice = self._session.choice
        with QSignalBlocker(self.device), QSignalBlocker(self.variant):
            self.device.clear()
            for device in _DEVICES:
                self.device.addItem(names[device], device)
            self.device.setCurrentIndex(_DEVICES.index(choice.device))
            self.variant.clear()
            for variant in ("auto", *variants):
                self.variant.addItem(names["auto"] if variant == "auto" else variant, variant)
            self.variant.setCurrentIndex(max(self.variant.findData(choice.variant), 0))

    def _switch(self, _place: int) -> None:
        device, variant = self.device.currentData(), self.variant.currentData()
        choice = self._session.choice
        if (device, variant) != (choice.device, choice.variant):
            self._session.use(replace(choice, device=device, variant=variant))

    def _certify(self) -> None:
        if entry := self._shelf.entry(self._shelf.used(self._session)):
            self._shelf.certify(entry)


def _advice() -> str:
    return tr(
        "The GPU takes an NVIDIA card with its driver, and CUDA's libraries: pip install 'whatsit[cuda]'"
    )

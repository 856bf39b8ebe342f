"""A chain of models: the first one's answer decides which model is asked next (a dog? then which breed)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whatsit import batch, files, shelf
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Status, Then
from whatsit.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from whatsit.batch import Result
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.manifest import Manifest
    from whatsit.photos import Photo

Ask = Callable[["Iterable[Photo]", Classifier], "Generator[Result, None, None]"]
_NOT_ASKED: Final = Answer(Status.SKIPPED)


@dataclass(frozen=True, slots=True)
class Chain:
    """A model, and which model is asked next, by a label or a group of the first."""

    first: Classifier
    then: Mapping[str, Classifier]

    @classmethod
    def open(
        cls,
        first: Classifier,
        steps: Sequence[str],
        device: DeviceName = "auto",
        variant: VariantChoice = "auto",
    ) -> Chain:
        """Return the chain of steps such as `dog=breeds`: about what is a dog, the model breeds is asked.

        Raises UsageError when a step names no answer of the first model or one twice, BundleError or
        DeviceError when a model cannot be used here.
        """
        names = [named(step) for step in steps]
        for place, (label, _) in enumerate(names):
            _check(label, first, [before for before, _ in names[:place]])
        found = {model: shelf.find(model) for _, model in names}
        opened = {model: Classifier.open(one, device, variant, first.limits) for model, one in found.items()}
        return cls(first, {label: opened[model] for label, model in names})

    @property
    def manifests(self) -> list[Manifest]:
        """The models' manifests, the first one's first."""
        return [one.bundle.manifest for one in (self.first, *self.then.values())]

    def next_of(self, answer: Answer) -> Classifier | None:
        """Return the model to ask after this answer, None where the chain ends."""
        if answer.status is Status.ANSWERED:
            return self.then.get(answer.label) or self.then.get(answer.group)
        return self.then.get(answer.group) if answer.status is Status.NOT_SURE else None


def classify(
    photos: Iterable[Photo], chain: Chain, ask: Ask = batch.classify
) -> Generator[Result, None, None]:
    """Yield each photo with the answers of all models that it is asked of, in order; `ask` asks one of them.

    Closing the generator ends all work and its threads. Raises DeviceError when a device gives up.
    """
    results = ask(photos, chain.first)
    for classifier in {id(one): one for one in chain.then.values()}.values():  # once, however many lead to it
        results = _asked(results, chain, classifier, ask)
    return results


def _asked(
    results: Generator[Result, None, None], chain: Chain, classifier: Classifier, ask: Ask
) -> Generator[Result, None, None]:
    """Yield the results, with the answers of one more model where it is the next to be asked."""
    waiting: deque[Result] = deque()

    def photos() -> Iterator[Photo]:
        for result in results:
            waiting.append(result)
            asked = chain.next_of(result.answer) is classifier
            yield result.photo if asked else replace(result.photo, settled=_NOT_ASKED)

    model = classifier.bundle.manifest.name
    with closing(results), closing(ask(photos(), classifier)) as more:
        for one in more:
            result = waiting.popleft()
            if one.answer is _NOT_ASKED:
                yield result
            else:
                answer = replace(result.answer, then=Then(model, one.answer))
                yield replace(result, answer=answer)


def named(step: str) -> tuple[str, str]:
    """Return the answer and the next model that ANSWER=MODEL names.

    Raises UsageError when it names none.
    """
    label, _, model = step.partition("=")
    if not label.strip() or not model.strip():
        raise UsageError(
            f"{files.shown(step)!r} says no next model.",
            hint="Write an answer and a model: --then dog=breeds",
        )
    return label.strip(), model.strip()


def _check(label: str, first: Classifier, before: Sequence[str]) -> None:
    labels = first.bundle.manifest.labels
    there = list(dict.fromkeys([*(one.name for one in labels), *(one.group for one in labels if one.group)]))
    if label not in there:
        raise UsageError(
            f"the model {first.bundle.manifest.name} has no answer {files.shown(label)!r};",
            hint=nearest(label, there),
        )
    if label in before:
        raise UsageError(f"two next models are named for {files.shown(label)!r}.", hint="Name one.")

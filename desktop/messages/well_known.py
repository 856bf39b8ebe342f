"""What the models that ship are called, and their subjects, labels and groups."""

from __future__ import annotations

from typing import Final

from desktop.messages import message

WELL_KNOWN: Final = (
    message("Cats and dogs"),
    message("Dog breeds"),
    message("Young or old"),
    message(
        "The photos are Kaggle competition data, not open; use of the weights beyond research is on you to clear"  # noqa: E501 - one text
    ),
    message("The photos are for non-commercial research; use of the weights beyond that is on you to clear"),
    message("any photo"),
    message("photo of a dog"),
    message("face crop"),
    message("photos like those it learned from"),
    message("bulldog"),
    message("guardian dog"),
    message("herding dog"),
    message("hound"),
    message("mastiff"),
    message("mountain dog"),
    message("pinscher"),
    message("pointer"),
    message("poodle"),
    message("retriever"),
    message("schnauzer"),
    message("setter"),
    message("sighthound"),
    message("spaniel"),
    message("spitz"),
    message("terrier"),
    message("toy dog"),
    message("wild dog"),
    message("cat"),
    message("dog"),
    message("young"),
    message("old"),
)

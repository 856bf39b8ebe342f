"""The sections of a recipe, each a record that is checked key by key."""

from trainer.sections.learning import BaggedHead, DenseHead, Descent, Fit, Head, LogisticHead
from trainer.sections.model import Model, Novelty, Teacher
from trainer.sections.network import Network
from trainer.sections.photos import Age, Augment, Data, Source

__all__ = [
    "Age", "Augment", "BaggedHead", "Data", "DenseHead", "Descent", "Fit", "Head", "LogisticHead", "Model",
    "Network", "Novelty", "Source", "Teacher",
]  # fmt: skip

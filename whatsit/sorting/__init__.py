"""Sorting: plan, look, act, undo. Nothing is lost whenever the program or the machine stops.

drawn = sorting.plan(items, Order((folder,), into))   # touches nothing
for outcome in sorting.act(drawn): …                   # close it to stop
for outcome in sorting.undo(sorting.latest().id): …
"""

from whatsit.sorting.act import act
from whatsit.sorting.history import SortRun, State, runs
from whatsit.sorting.order import Cause, Left, Mode, Order, Outcome, Plan, Sortable, Step
from whatsit.sorting.plan import plan
from whatsit.sorting.settling import recover
from whatsit.sorting.undo import find, latest, undo

__all__ = [
    "Cause",
    "Left",
    "Mode",
    "Order",
    "Outcome",
    "Plan",
    "SortRun",
    "Sortable",
    "State",
    "Step",
    "act",
    "find",
    "latest",
    "plan",
    "recover",
    "runs",
    "undo",
]

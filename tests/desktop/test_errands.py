from __future__ import annotations

from desktop.actions import Do
from desktop.errands import Errands


def test_what_can_be_done_is_done_at_once_and_the_rest_in_its_order() -> None:
    done: list[str] = []
    errands = Errands({Do.OPEN: lambda: done.append("open")})
    errands.do(Do.SORT)
    errands.do(Do.OPEN)
    errands.soon(lambda: done.append("dropped"))
    errands.do(Do.REVIEW)
    assert done == ["open"]
    errands.take({Do.SORT: lambda: done.append("sort"), Do.REVIEW: lambda: done.append("review")})
    assert done == ["open", "sort", "dropped", "review"]
    errands.do(Do.SORT)
    errands.soon(lambda: done.append("later"))
    assert done[4:] == ["sort", "later"]


def test_an_errand_may_send_another() -> None:
    done: list[str] = []
    errands = Errands({})
    errands.soon(lambda: errands.soon(lambda: done.append("inner")))
    errands.take({})
    assert done == ["inner"]

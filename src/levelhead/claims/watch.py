"""A claim watched bar by bar: the version one can read, and the one that live bars are fed to.

watch = Watch(claim, last=2418.8, known=known_of(bars))
for bar in later_bars:
    if watch.feed(bar) != "open":
        break
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from levelhead.claims.columns import Known, no_columns
from levelhead.claims.meters import Bar, Panel
from levelhead.claims.watch_event import EventWatch
from levelhead.claims.watch_order import PlanWatch, SplitWatch
from levelhead.domain.claim import And, Claim, CloseAt, Given, Not, Plan, Split, Statement, Touch
from levelhead.domain.claim_tree import Leaf, leaves_of, measures_of
from levelhead.domain.event import Closes, Event, Reach
from levelhead.kernels.plans import Frictions

STILL_OPEN, UNDECIDED = "open", "undecided"


class Watch:
    """One claim and what has become of it: 'open', 'undecided', or one of its outcomes.

    last: the last price before the first bar. known: the bars up to it, which averages and oscillators need. frictions: of a
    plan; none by default. frames: for claims that name a frame, the known bars in it.
    """

    def __init__(
        self,
        claim: Claim,
        last: float,
        *,
        known: Known | None = None,
        frictions: Frictions | None = None,
        frames: Mapping[str, Known] | None = None,
    ) -> None:
        measures = measures_of(claim)
        if measures and known is None:
            no_columns(measures[0])
        self._claim = claim
        self._panels = {"": Panel(measures, last, known)}
        for frame, series in (frames or {}).items():
            self._panels[frame] = Panel(measures, float(series.close[-1]), series)
        self._whole: SplitWatch | PlanWatch | None = None
        self._leaves: list[tuple[str, EventWatch]] = []
        if isinstance(claim, Split):
            self._whole = SplitWatch(claim)
        elif isinstance(claim, Plan):
            self._whole = PlanWatch(claim, frictions or Frictions())
        else:
            for event in map(_event, leaves_of(claim)):
                frame = event.frame if event.frame in self._panels else ""
                self._leaves.append((frame, EventWatch(event, self._panels[frame])))

    @property
    def status(self) -> str:
        """What is known so far."""
        if self._whole is not None:
            return self._whole.status
        if isinstance(self._claim, Split | Plan):
            raise TypeError(f"{self._claim!r} has no leaves")
        return _status(self._claim, iter([watch.status for _, watch in self._leaves]))

    @property
    def is_filled(self) -> bool:
        """Of a plan, whether its order has been filled for sure."""
        return isinstance(self._whole, PlanWatch) and self._whole.is_filled

    def feed(self, bar: Bar, *, finer: Sequence[Bar] = (), frames: Mapping[str, Bar] | None = None) -> str:
        """The next session's finished bar; the status after it.

        finer: the shorter bars that make up the session, in their order; they show what its one bar hides. frames: the same
        session in other frames.
        """
        bars = {"": bar, **(frames or {})}
        inside = {frame: (finer if frame == "" and finer else (each,)) for frame, each in bars.items()}
        if self._whole is not None:
            self._whole.trade(inside[""], self._panels[""])
        for frame, watch in self._leaves:
            watch.trade(inside[frame], self._panels[frame])
        for frame, panel in self._panels.items():
            panel.feed(bars[frame])
        for frame, watch in self._leaves:
            watch.close(self._panels[frame])
        return self.status


def _event(leaf: Leaf) -> Event:
    """A touch or a close as the event it is."""
    if isinstance(leaf, Touch):
        return Event(steps=(Reach(price=leaf.price),), horizon=leaf.sessions)
    if isinstance(leaf, CloseAt):
        return Event(steps=(Closes(side=leaf.side, price=leaf.price),), horizon=leaf.sessions, is_at=True)
    return leaf


def _status(statement: Statement, leaves: Iterator[str]) -> str:
    """The status of a statement from those of its leaves."""
    if isinstance(statement, Touch | CloseAt | Event):
        return next(leaves)
    if isinstance(statement, Not):
        return _NEGATED.get(found := _status(statement.claim, leaves), found)
    if isinstance(statement, Given):
        claim, condition = _status(statement.claim, leaves), _status(statement.condition, leaves)
        return claim if condition == "true" else "void" if condition == "false" else condition
    found_terms = [_status(term, leaves) for term in statement.terms]
    settles, otherwise = ("false", "true") if isinstance(statement, And) else ("true", "false")
    return next((word for word in (settles, STILL_OPEN, UNDECIDED, "void") if word in found_terms), otherwise)


_NEGATED = {"true": "false", "false": "true"}

"""Event days as a mixture: more or less volatile than other days by what the past shows, and drawn in part from their like."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.event_schedule import Flags, Schedule, traded_on_weekends
from levelhead.domain.events import Events
from levelhead.domain.sessions import as_date
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import VolatilityHistory
from levelhead.kernels import har
from levelhead.kernels.paths import IntArray, Pool, Scale
from levelhead.kernels.volatility import running_mean

FloatArray = NDArray[np.float64]

# The variance of a day's log variance around its forecast is about 0.8; effects on it thought possible beforehand have a standard
# deviation of 0.2, a fifth of the variance: so a day of a kind counts one, and no effect counts 0.8 / 0.2^2 of them.
PRIOR_DAYS = 20.0
LEAST_WORTH_SAYING = 0.005


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EventHistory:
    """A VolatilityHistory that knows event days. base: the model's, which does not. due: which kinds were due on the session
    after each row, (n, k); usual: how often they had been, (n, k); effects: on log variance, fitted on the bars up to each row,
    (n, k).
    """

    base: VolatilityHistory
    schedule: Schedule
    days: NDArray[np.datetime64]
    weekends: Flags
    due: Flags
    usual: FloatArray
    effects: FloatArray
    expected: FloatArray

    @property
    def skipped(self) -> int:
        """As VolatilityHistory says."""
        return self.base.skipped

    @property
    def log_variance(self) -> FloatArray:
        """As VolatilityHistory says."""
        return self.base.log_variance

    @property
    def moves(self) -> FloatArray:
        """As VolatilityHistory says."""
        return self.base.moves

    def __len__(self) -> int:
        return len(self.base)

    def ahead(self, row: int, sessions: int) -> Scale:
        """As VolatilityHistory says: the model's, times what each session's events do to a standard deviation."""
        plain = self.base.ahead(row, sessions)
        raised = np.exp(0.5 * ((self._flags_ahead(row, sessions) - self.usual[row]) @ self.effects[row]))

        def scale(rows: IntArray, pool: Pool) -> FloatArray:
            scaled: FloatArray = plain(rows, pool) * raised[:, None]
            return scaled

        return scale

    def words(self, row: int) -> str:
        """As VolatilityHistory says."""
        counts = self.due[:row].sum(axis=0)
        told = [
            f"{kind} times {np.exp(effect):.2f} ({count:,} past days)" if count else f"{kind} as any other (no past day)"
            for kind, effect, count in zip(self.schedule.kinds, self.effects[row], counts, strict=True)
        ]
        return f"{self.base.words(row)}; variance of event days against other days: {', '.join(told)}"

    def due_ahead(self, row: int, sessions: int) -> str:
        """What is due on the sessions after `row`, in words; '' where nothing is."""
        days, flags = self.schedule.ahead(self.days[row], sessions, weekends=bool(self.weekends[row]))
        told = [f"{kind} on {days[at]}" for at in range(sessions) for kind in _named(self.schedule.kinds, flags[at])]
        return ", ".join(told)

    def last_ahead(self, row: int, sessions: int) -> dt.date:
        """The last of the `sessions` after `row`: no later event is looked at."""
        return as_date(self.schedule.ahead(self.days[row], sessions, weekends=bool(self.weekends[row]))[0][-1])

    def redrawn(self, rows: IntArray, row: int, first: int, size: int, generator: np.random.Generator) -> IntArray:
        """The rows of a pool, (sessions, paths), those of sessions with an event drawn in part from past days with the same.

        The pool is bars `first` to `first` + `size` of this history. Of a session's paths n / (n + 20) get one of the pool's n bars
        of its kinds; the others keep what was drawn. Where nothing is due the rows are those given.
        """
        flags = self._flags_ahead(row, len(rows))
        past = self.due[first - 1 : first - 1 + size]
        mixed, paths = rows, len(rows[0])
        for session in np.flatnonzero(flags.any(axis=1)):
            alike = np.flatnonzero(past[:, flags[session]].all(axis=1))
            chosen = generator.random(paths) < len(alike) / (len(alike) + PRIOR_DAYS)
            drawn = generator.random(paths)
            if len(alike):
                mixed = mixed.copy() if mixed is rows else mixed
                mixed[session, chosen] = alike[(drawn[chosen] * len(alike)).astype(np.int64)]
        return mixed

    def _flags_ahead(self, row: int, sessions: int) -> Flags:
        return self.schedule.ahead(self.days[row], sessions, weekends=bool(self.weekends[row]))[1]


def with_events(history: VolatilityHistory, bars: Bars, events: Events, settings: Settings) -> EventHistory:
    """The history of `bars` with what event days do to it, fitted at every row on the rows up to it.

    The log variance of a day less its forecast is regressed on what was due on it, each kind against how often it had been due, so
    that days without events fall by what those with them rise; drawn towards no effect, which counts as much as 20 such days
    (ridge regression). Raises BadSettings where the bars are not daily.
    """
    schedule = Schedule.of(events, bars)
    days = bars.dates[history.skipped :]
    weekends = traded_on_weekends(bars.dates)[history.skipped :]
    due = schedule.due(schedule.next_of(days, weekends), days, days)
    usual = np.column_stack([running_mean(column.astype(np.float64)) for column in due.T])
    surprise = np.zeros(len(days))
    surprise[1:] = history.log_variance[1:] - history.expected[:-1]
    if bars.provisional is not None:
        surprise[-1] = 0.0  # an unfinished bar teaches nothing; it is in no row's fit but its own
    apart = due - usual
    effects = har.fit_recursively(
        apart, surprise, prior=np.zeros(due.shape[1]), penalty=np.full(due.shape[1], PRIOR_DAYS), first=settings.warm_up
    )
    if bars.provisional is not None:
        effects[-1] = effects[-2]
    return EventHistory(
        base=history,
        schedule=schedule,
        days=days,
        weekends=weekends,
        due=due,
        usual=usual,
        effects=effects,
        expected=history.expected + np.einsum("ij,ij->i", apart, effects),
    )


def _named(kinds: Sequence[str], flags: Flags) -> list[str]:
    return [kind for kind, is_due in zip(kinds, flags, strict=True) if is_due]

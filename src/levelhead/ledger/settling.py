"""What became of the statements of notes on the bars that followed: pure, the same bars give the same outcomes.

Only finished sessions after the note's day count. What columns can settle is settled for all notes at once (batches.py); the rest,
plans among it, session by session (watching.py, trades.py).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.claims.parse import parse_claim
from levelhead.domain.bars import Bars, Frame
from levelhead.domain.claim import CloseAt, Touch
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.ledger import bias
from levelhead.ledger.batches import STILL_OPEN, Batch, Task, judged
from levelhead.ledger.outcome import OPEN, UNDECIDED, VOID, Outcome
from levelhead.ledger.readings import NO_RETURN, ONE_BAR, Reader
from levelhead.ledger.sequel import Sequel, sequel_of
from levelhead.ledger.statement import Statement

REVISED = 0.005  # of the price: a day's price that is off by more is not the one the note was made at


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The statements of one note, made on the evening of `as_of`.

    last: the price it was made at, where the bar of that day was not finished; None is what the statements say. expires: the last
    session of its contract, where the bars are that one contract's and not a continuous series; what outlasts it is void. frame:
    of the note's averages.
    """

    statements: Sequence[Statement]
    as_of: dt.date
    last: float | None = None
    expires: dt.date | None = None
    frame: Frame = "as given"

    @property
    def unfinished(self) -> float | None:
        """The price of an unfinished bar."""
        if self.last is not None:
            return self.last
        return next((each.prices["unfinished"] for each in self.statements if "unfinished" in each.prices), None)


def settle_statements(
    statements: Sequence[Statement],
    bars: Bars,
    as_of: dt.date,
    *,
    last: float | None = None,
    sessions: SessionTable | None = None,
    finer: Bars | None = None,
    expires: dt.date | None = None,
    frame: Frame = "as given",
    tolerance: float = REVISED,
) -> tuple[Outcome, ...]:
    """What became of each statement of one note; the arguments are those of Asked and of settle_notes."""
    asked = Asked(statements=statements, as_of=as_of, last=last, expires=expires, frame=frame)
    return settle_notes([asked], bars, sessions=sessions, finer=finer, tolerance=tolerance)[0]


def settle_notes(
    asked: Sequence[Asked],
    bars: Bars,
    *,
    sessions: SessionTable | None = None,
    finer: Bars | None = None,
    tolerance: float = REVISED,
) -> list[tuple[Outcome, ...]]:
    """What became of each statement of each note of one instrument, in their order.

    bars: to the notes' days and beyond, with the rolls of a continuous future where they are known; a provisional last bar is not
    over. sessions: the table by which daily bars are counted. finer: shorter bars, for what one bar does not show. tolerance: a
    note whose price is not that of the bars of its day to this share of it is void: the data is not what it was.

    Outcomes of a note whose day has no bar here are 'open', with the reason. Prices are points of the contract of the note's day.
    Raises BadClaim where a claim cannot be understood.
    """
    common = sequel_of(bars, sessions, finer=finer)
    past = bias.past_of(bars)
    found: list[list[Outcome | None]] = [[None] * len(note.statements) for note in asked]
    waiting: dict[tuple[str, int], list[tuple[Task, int]]] = defaultdict(list)
    readers: list[Reader | None] = []
    for number, note in enumerate(asked):
        sequel = _sequel_for(note.as_of, common, sessions, finer)
        row = sequel.row_of(note.as_of)
        readers.append(None if row is None else Reader(sequel, row, past, note.unfinished, note.expires, note.frame))
        same = None if row is None else _all_alike(note, sequel, row, tolerance)
        is_plain = sequel is common and note.unfinished is None and note.expires is None
        for place, statement in enumerate(note.statements):
            if row is None:
                reason = f"These bars have none of {note.as_of}, the day of the note."
                found[number][place] = Outcome(name=statement.name, outcome=OPEN, on=None, sessions=0, reason=reason)
            elif same is not None:
                found[number][place] = Outcome(name=statement.name, outcome=VOID, on=note.as_of, sessions=0, reason=same)
            elif is_plain and (shape := _shape(statement, common, row)) is not None:
                waiting[shape[0], statement.sessions].append((Task(place, row, shape[1]), number))
            else:
                found[number][place] = _read(readers[number], statement)
    for (name, horizon), tasks in waiting.items():
        batch = judged(name, [task for task, _ in tasks], horizon, common, past)
        for (task, number), outcome in zip(tasks, _outcomes(batch, tasks, asked, common), strict=True):
            is_finer = outcome.outcome == UNDECIDED and name == "split" and bool(common.finer)
            statement = asked[number].statements[task.place]
            found[number][task.place] = _read(readers[number], statement) if is_finer else outcome
    return [tuple(outcome for outcome in row if outcome is not None) for row in found]


def _read(reader: Reader | None, statement: Statement) -> Outcome:
    assert reader is not None
    return reader.outcome(statement)


def _sequel_for(as_of: dt.date, common: Sequel, sessions: SessionTable | None, finer: Bars | None) -> Sequel:
    """The common one; of a note of a day with a bar that the table does not know as a session, one of its own."""
    if common.row_of(as_of) is not None or np.datetime64(as_of) in common.dates:
        return common
    bars = common.bars
    at = int(np.searchsorted(bars.dates, np.datetime64(as_of)))
    if at == len(bars) or as_date(bars.dates[at]) != as_of:
        return common
    return sequel_of(bars, sessions, finer=finer, keep=[as_of])


def _all_alike(note: Asked, sequel: Sequel, row: int, tolerance: float) -> str | None:
    """Why every statement of the note is void; None where the bars of its day are still what it was made on."""
    last = note.unfinished
    start = next((s.prices["start"] for s in note.statements if "start" in s.prices), None)
    close = float(sequel.prices.close[row])
    if start is None or np.isnan(close):
        return None
    low, high = (float(column[row]) for column in (sequel.prices.low, sequel.prices.high)) if last is not None else (close, close)
    off = max(start - high, low - start) / abs(start) if start else 0.0
    if off <= tolerance:
        return None
    stood = (
        f"the bar of {note.as_of} closes at {close:,.10g}"
        if last is None
        else (f"the bar of {note.as_of} reaches from {low:,.10g} to {high:,.10g}")
    )
    return f"The note was made at {start:,.10g}, {stood} now: {off:.1%} off, more than {tolerance:.1%}; its data was revised since."


def _shape(statement: Statement, sequel: Sequel, row: int) -> tuple[str, tuple[float, ...]] | None:
    """What columns settle the statement, and by which prices; None where it is to be read session by session."""
    if sequel.lacks(row, statement.sessions):
        return None
    kind, prices = statement.kind, statement.prices
    if kind in ("scenario", "outlook"):
        if "upper" not in prices or "lower" not in prices:
            return None
        return "split" if kind == "scenario" else "outlook", (prices["upper"], prices["lower"])
    if kind == "level":
        return "level", (prices["low"], prices["high"], prices["side"])
    close = float(sequel.prices.close[row])
    if kind == "bias":
        return "bias", (prices["lean"], prices.get("start", close), prices.get("sigma", np.nan))
    if kind == "setup":
        return None
    claim = parse_claim(statement.claim)
    if isinstance(claim, Touch):
        return "touch", (claim.price, prices.get("start", close))
    if isinstance(claim, CloseAt):
        return "close", (claim.price, 1.0 if claim.side == "above" else -1.0)
    return None


def _outcomes(batch: Batch, tasks: Sequence[tuple[Task, int]], asked: Sequence[Asked], sequel: Sequel) -> list[Outcome]:
    """A batch in words."""
    found, days = [], sequel.days
    rows = zip(tasks, batch.codes.tolist(), batch.passed.tolist(), batch.results.tolist(), strict=True)
    for (task, number), code, passed, result in rows:
        statement = asked[number].statements[task.place]
        known = None if result != result else result
        found.append(
            Outcome(
                name=statement.name,
                outcome=statement.outcomes[code] if code >= 0 else OPEN if code == STILL_OPEN else UNDECIDED,
                on=None if code == STILL_OPEN else days[task.row + passed],
                sessions=passed,
                reason="" if code >= 0 or code == STILL_OPEN else NO_RETURN if statement.kind == "bias" else ONE_BAR,
                result_low=known,
                result_high=known,
            )
        )
    return found

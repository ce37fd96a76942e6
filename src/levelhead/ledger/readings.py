"""One note's statements read session by session, each by its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from levelhead.claims.columns import Known
from levelhead.claims.meters import Bar
from levelhead.claims.parse import parse_claim
from levelhead.claims.settle import settle
from levelhead.domain.adjustment import as_traded, back_adjusted
from levelhead.domain.bars import Frame
from levelhead.domain.claim import Claim, Plan, Split
from levelhead.domain.claim_tree import leaves_of
from levelhead.domain.event import Event
from levelhead.ledger import bias, levels
from levelhead.ledger.outcome import OPEN, UNDECIDED, VOID, Outcome
from levelhead.ledger.sequel import Leg, Sequel
from levelhead.ledger.statement import FROM_NEXT, Statement
from levelhead.ledger.trades import Trade, followed, together
from levelhead.ledger.watching import Found, Start, closed_at, gap_in, rests_of, watched

ONE_BAR = "One bar did two things, and bars do not show which came first; shorter bars of that day may."
NO_RETURN = "The return has no logarithm, or no past to be held against."
_OF_TARGET = {"target": "true", "stop": "false", "expired": "false", "unfilled": VOID}


class Reader:
    """The statements of one note on what followed the row of its day."""

    def __init__(
        self, sequel: Sequel, row: int, past: bias.Past, last: float | None, expires: dt.date | None, frame: Frame
    ) -> None:
        self._sequel, self._row, self._past = sequel, row, past
        self._last, self._expires, self._frame = last, expires, frame

    def outcome(self, statement: Statement) -> Outcome:
        """What became of the statement."""
        if self._last is not None and FROM_NEXT in statement.prices:
            after = Reader(self._sequel, self._row, self._past, None, self._expires, self._frame)
            return after.outcome(statement)
        legs = self._sequel.legs(self._row, statement.sessions, self._expires)
        plan = parse_claim(statement.claim) if statement.claim else None
        if isinstance(plan, Plan):
            trade = together([followed(plan, legs, self._sequel.bars.instrument, rest) for rest in self._rests])
            return self._of_trade(statement, plan, trade, legs)
        found, result, reason = self._read(statement, plan, legs)
        return self._made(statement, found, legs, reason, result)

    def _read(self, statement: Statement, claim: Claim | None, legs: Sequence[Leg]) -> tuple[Found, float | None, str]:
        """What was found, the result of a bias, and why it is undecided where that has a reason of its own."""
        prices, sessions = statement.prices, statement.sessions
        if claim is not None:
            found = self._in_frames(claim, legs, sessions) if _names_frame(claim) else watched(claim, legs, self._start(prices))
            return found, None, ""
        if statement.kind == "level":
            zone = levels.Zone(prices["low"], prices["high"], prices["side"])
            return Found(*levels.level_of_any_path([leg.bar for leg in legs], self._rests, zone, sessions)), None, ""
        if len(legs) < sessions:
            return Found(OPEN, len(legs)), None, ""
        close = closed_at(legs, sessions)
        if close is None:
            return Found(UNDECIDED, sessions), None, ""
        if statement.kind == "outlook":
            return Found("up" if close > prices["upper"] else "down" if close < prices["lower"] else "flat", sessions), None, ""
        return self._bias(statement, close)

    def _bias(self, statement: Statement, close: float) -> tuple[Found, float | None, str]:
        prices, sessions = statement.prices, statement.sessions
        at = int(np.searchsorted(self._sequel.bars.dates, self._sequel.dates[self._row], side="right")) - 1
        at -= self._last is not None and at > 0  # an unfinished bar is no past
        sigma = prices.get("sigma", float(self._past.sigma[at]) * float(np.sqrt(sessions)))
        start, end, drift, width = (
            np.array([value]) for value in (self._start_price(statement), close, float(self._past.drift[at]), sigma)
        )
        move = float(bias.moves(start, end, drift, width, sessions)[0])
        if np.isnan(move):
            return Found(UNDECIDED, sessions), None, NO_RETURN
        return Found(bias.bias_of_move(prices["lean"], move), sessions), prices["lean"] * move + 0.0, ""

    def _in_frames(self, claim: Claim, legs: Sequence[Leg], sessions: int) -> Found:
        """A claim that names the frame it is settled in: as claims are, on the rows of the bars."""
        gap = gap_in(legs)
        day = self._sequel.days[self._row]
        last = next((leg.date for leg in reversed(legs) if gap is None or leg.date < gap.date), day)
        settled = settle(claim, self._sequel.bars.until(last), day, last=self._last)
        is_lost = settled.outcome == OPEN and gap is not None and len(legs) >= sessions
        return Found(UNDECIDED, sessions) if is_lost else Found(settled.outcome, settled.sessions)

    def _start(self, prices: Mapping[str, float]) -> Start:
        known = known_at(self._sequel, self._row, self._last, self._frame)
        return Start(last=prices.get("start", float(known.close[-1])), known=known, rests=self._rests)

    def _start_price(self, statement: Statement) -> float:
        return statement.prices.get("start", float(self._sequel.prices.close[self._row]))

    @property
    def _rests(self) -> tuple[Bar | None, ...]:
        """What may have been left of the bar that the note was made in."""
        if self._last is None:
            return (None,)
        bar = Bar(*(float(column[self._row]) for column in self._sequel.prices))
        return (None,) if np.isnan(bar.close) else rests_of(bar, self._last)

    def _of_trade(self, statement: Statement, plan: Plan, trade: Trade, legs: Sequence[Leg]) -> Outcome:
        found = Found(trade.outcome, trade.passed)
        if statement.outcomes[0] == "true":
            found = Found(_OF_TARGET.get(trade.outcome, trade.outcome), trade.passed)
            return self._made(statement, found, legs, "The order was not filled." if found.outcome == VOID else "")
        made = self._made(statement, found, legs, "", trade.worst, trade.best)
        value = self._sequel.bars.instrument.point_value
        if value is None or made.result_low is None or made.result_high is None:
            return made
        dollars = abs(plan.entry - plan.stop) * value
        return replace(made, dollars_low=made.result_low * dollars, dollars_high=made.result_high * dollars)

    def _made(
        self,
        statement: Statement,
        found: Found,
        legs: Sequence[Leg],
        reason: str,
        low: float | None = None,
        high: float | None = None,
    ) -> Outcome:
        outcome, passed = found
        if outcome == OPEN and self._is_expired(legs, statement):
            reason = (
                f"The contract last traded on {self._expires}, session {len(legs)} of {statement.sessions}; its series ends there."
            )
            return Outcome(name=statement.name, outcome=VOID, on=self._expires, sessions=len(legs), reason=reason)
        if outcome == OPEN:
            return Outcome(name=statement.name, outcome=OPEN, on=None, sessions=len(legs))
        if outcome == UNDECIDED:
            reason = reason or self._why(legs[:passed])
        elif outcome == VOID:
            reason = reason or "The condition did not come true."
        return Outcome(
            name=statement.name,
            outcome=outcome,
            on=legs[passed - 1].date if passed else self._sequel.days[self._row],
            sessions=passed,
            reason=reason,
            result_low=low,
            result_high=low if high is None else high,
        )

    def _is_expired(self, legs: Sequence[Leg], statement: Statement) -> bool:
        last = self._sequel.days[self._sequel.finished - 1]
        return self._expires is not None and len(legs) < statement.sessions and last >= self._expires

    def _why(self, legs: Sequence[Leg]) -> str:
        gap = gap_in(legs)
        if gap is not None:
            return f"There is no bar of {gap.date}, the day on which it may have been decided."
        if self._last is not None:
            return f"It turns on the rest of the bar of {self._sequel.days[self._row]}, or on one bar that did two things."
        return ONE_BAR


def known_at(sequel: Sequel, row: int, last: float | None, frame: Frame) -> Known:
    """The bars up to a row as its note knew them: as traded or back-adjusted, the last at `last` where it was not finished."""
    seen = as_traded(sequel.bars)
    count = int(np.searchsorted(seen.dates, sequel.dates[row], side="right"))
    if frame == "back-adjusted":
        seen = back_adjusted(seen.until(sequel.days[row]))
    columns = [column[:count] for column in (seen.open, seen.high, seen.low, seen.close)]
    if last is not None:
        columns[3] = np.append(columns[3][:-1], last)
    return Known(*columns)


def _names_frame(claim: Claim) -> bool:
    return not isinstance(claim, Split | Plan) and any(isinstance(leaf, Event) and leaf.frame for leaf in leaves_of(claim))

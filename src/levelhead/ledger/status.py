"""How the claims of a note stand today: settled, or alive, and how likely each outcome is by now.

A claim that is alive is judged as it was made, on what has happened since followed by simulated paths from today: nothing is
restarted, a price once reached stays reached, an order once filled stays filled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from levelhead.claims.columns import columns_along
from levelhead.claims.judge import frictions_of, judge
from levelhead.claims.outcomes import UNDECIDED as NOT_SHOWN
from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.claim import Claim, Plan
from levelhead.domain.restatement import restated
from levelhead.domain.roll import Roll
from levelhead.kernels.paths import PathBars
from levelhead.ledger import levels
from levelhead.ledger.outcome import OPEN, Outcome
from levelhead.ledger.readings import known_at
from levelhead.ledger.sequel import Sequel
from levelhead.ledger.settling import Asked
from levelhead.ledger.statement import Statement

ALIVE = "alive"
# Of the chance that a plan's target trades: unfilled, target, stop, expired as void, true, false, false.
_OF_TARGET = np.array([2, 0, 1, 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatus:
    """One statement of a note today.

    status: 'alive', or its outcome; on: the session that settled it. claim, prices: restated in the contract of today. left: the
    sessions that are to come. said, now: the probability of each of `outcomes`, () where none was said, or it is not alive.
    result_low, result_high: in R or sigma, where settled.
    """

    name: str
    kind: str
    status: str
    on: dt.date | None
    claim: str
    prices: Mapping[str, float]
    left: int
    outcomes: tuple[str, ...]
    said: tuple[float, ...]
    now: tuple[float, ...]
    reason: str = ""
    result_low: float | None = None
    result_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStatus:
    """A note today. passed: finished sessions since. then, now: the price it was made at, in today's contract, and the last one.

    rolls: those between.
    """

    as_of: dt.date
    today: dt.date
    passed: int
    then: float
    now: float
    rolls: tuple[Roll, ...]
    claims: tuple[ClaimStatus, ...]


def note_status(asked: Asked, found: Sequence[Outcome], sequel: Sequel, simulated: PathBars | None) -> NoteStatus:
    """How a note's statements stand at the last finished bar of `sequel`.

    found: what became of each on those bars, in their order, as kept or as settle_statements gives it. simulated: paths from that
    last bar, of at least as many sessions as are left; None where none could be made. The note's day must have a bar.
    """
    row = sequel.row_of(asked.as_of)
    if row is None:
        raise ValueError(f"no bar of {asked.as_of}")
    bars, passed = sequel.bars, sequel.passed(row)
    today = sequel.days[row + passed]
    rolls = tuple(roll for roll in bars.rolls if asked.as_of < roll.date <= today)
    start = next((each.prices["start"] for each in asked.statements if "start" in each.prices), float(sequel.prices.close[row]))
    ahead = None if simulated is None else _joined(sequel, row, simulated)
    claims = [
        _claim_status(statement, outcome, asked, sequel, row, rolls, ahead)
        for statement, outcome in zip(asked.statements, found, strict=True)
    ]
    return NoteStatus(
        as_of=asked.as_of,
        today=today,
        passed=passed,
        then=restated(float(start), rolls, bars.instrument),
        now=float(sequel.prices.close[row + passed]),
        rolls=rolls,
        claims=tuple(claims),
    )


def _joined(sequel: Sequel, row: int, simulated: PathBars) -> PathBars:
    """What has happened since the row, then the simulated paths: all in the contract of the row's day."""
    passed = sequel.passed(row)
    shift = float(sequel.shifts[sequel.rolled[row], sequel.rolled[row + passed]])
    if not passed:
        return simulated
    paths = len(simulated.close)
    before = sequel.windows(np.array([row]), passed)
    return PathBars(
        *(
            np.concatenate([np.broadcast_to(_filled(was), (paths, passed)), ahead - shift], axis=1)
            for was, ahead in zip(before, simulated, strict=True)
        )
    )


def _filled(column: np.ndarray) -> np.ndarray:
    """Sessions without a bar as if nothing had moved since the one before."""
    known = np.where(np.isnan(column[0]), 0, np.arange(column.shape[1]))
    return column[:, np.maximum.accumulate(known)]


def _claim_status(
    statement: Statement,
    outcome: Outcome,
    asked: Asked,
    sequel: Sequel,
    row: int,
    rolls: tuple[Roll, ...],
    ahead: PathBars | None,
) -> ClaimStatus:
    is_alive = outcome.outcome == OPEN
    left = max(statement.sessions - sequel.passed(row), 0)
    now = _chances(statement, asked, sequel, row, ahead) if is_alive and ahead is not None else ()
    instrument = sequel.bars.instrument
    said = _restated(parse_claim(statement.claim), rolls, sequel) if statement.claim else ""
    moved = {
        name: value if name in ("side", "lean", "sigma") else restated(float(value), rolls, instrument)
        for name, value in statement.prices.items()
    }
    return ClaimStatus(
        name=statement.name,
        kind=statement.kind,
        status=ALIVE if is_alive else outcome.outcome,
        on=outcome.on,
        claim=said,
        prices=moved,
        left=left if is_alive else 0,
        outcomes=statement.outcomes,
        said=statement.said,
        now=now,
        reason=outcome.reason,
        result_low=outcome.result_low,
        result_high=outcome.result_high,
    )


def _restated(claim: Claim, rolls: tuple[Roll, ...], sequel: Sequel) -> str:
    moved: Claim = restated(claim, rolls, sequel.bars.instrument)
    return claim_text(moved)


def _chances(statement: Statement, asked: Asked, sequel: Sequel, row: int, ahead: PathBars) -> tuple[float, ...]:
    """How often each outcome comes on the paths that are decided; () where no probability can be given."""
    prices, sessions = statement.prices, statement.sessions
    if ahead.close.shape[1] < sessions or statement.kind == "bias":
        return ()
    paths = PathBars(*(column[:, :sessions] for column in ahead))
    if statement.kind == "outlook":
        close = paths.close[:, -1]
        codes = np.where(close > prices["upper"], 0, np.where(close < prices["lower"], 2, 1))
    elif statement.kind == "level":
        edges = [np.full(len(paths.close), prices[name]) for name in ("low", "high", "side")]
        codes = levels.level_outcomes(paths, edges[0], edges[1], edges[2], np.full(len(paths.close), sessions))[0]
    else:
        claim = parse_claim(statement.claim)
        known = known_at(sequel, row, asked.unfinished, asked.frame)
        start = prices.get("start", float(known.close[-1]))
        frictions = frictions_of(sequel.bars.instrument)
        codes = judge(claim, paths, start, frictions=frictions, columns=columns_along(known, paths)).codes
        if isinstance(claim, Plan) and statement.outcomes[0] == "true":
            codes = np.where(codes == NOT_SHOWN, NOT_SHOWN, _OF_TARGET[codes])
    decided = codes >= 0
    if not decided.any():
        return ()
    return tuple(float(np.mean(codes[decided] == code)) for code in range(len(statement.outcomes)))

"""The notes of past days, written by the functions that write today's, settled on the bars that followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from levelhead.desk.background import Background
from levelhead.desk.outline import outline_of
from levelhead.desk.settings import Settings
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadBars
from levelhead.domain.instrument import Instrument
from levelhead.domain.roll import RollsSince
from levelhead.domain.sessions import SessionTable, as_date
from levelhead.evaluate import distribution as distributions
from levelhead.evaluate.backgrounds import Backgrounds
from levelhead.evaluate.distribution import Distribution, judged
from levelhead.evaluate.seen import seen_on
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import Forecast
from levelhead.ledger import record as records
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.record import Meta, Record, record_of
from levelhead.ledger.settling import Asked, settle_notes
from levelhead.ledger.statement import Statement
from levelhead.ledger.statements import statements_of
from levelhead.reading.context import Context
from levelhead.wire.document import to_said

HORIZONS = (1, 5, 10, 12, 40, 65)
AUTHOR = "levelhead"
NO_PEERS: Mapping[str, Bars] = MappingProxyType({})
Row = tuple[Meta, Statement, Outcome]
Shaping = Callable[[Bars], Bars]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walked:
    """What the notes of past days said and what came of it.

    record: every statement with its outcome. distribution: the simulated closes against those that came, one row for each day
    and horizon. notes: how many were written; silent: how many of these say nothing about the future, their past being too short.
    """

    record: Record
    distribution: Distribution
    notes: int = 0
    silent: int = 0


def walk(
    bars: Bars,
    days: Iterable[dt.date],
    *,
    peers: Mapping[str, Bars] = NO_PEERS,
    sessions: SessionTable | None = None,
    settings: Settings | None = None,
    micro: Instrument | None = None,
    beside: Beside = NOTHING,
    horizons: Sequence[int] = HORIZONS,
    told: Sequence[RollsSince] | None = None,
    shaping: Shaping | None = None,
    finer: Bars | None = None,
    backgrounds: Backgrounds | None = None,
) -> Walked:
    """Writes the note of each of `days` on the bars up to it, and settles what it says on the bars after it.

    bars: whole, as traded where their rolls are known; peers: whole too; of both a note sees what its day saw. Notes are replayed
    ones of closed bars. Their random numbers follow from the bars, so neither the order of the days nor what else is walked makes
    a difference. What the bars do not reach far enough to settle stays open. Horizons count bars, whatever their timeframe.

    told: where rolls are estimated, what each day knows of them, for the bars know all of them; None where the bars' own say on
    which day they are known. shaping: makes peers into bars of the timeframe, once they are cut at a day; None where they are.
    finer: shorter bars of the same days with their trade dates, whole (`market.finer`); a note works volume by price out from those
    that its day knew. Nothing is settled by them.
    backgrounds: of a walk that these days are a piece of, where several pieces are walked.
    """
    chosen = Settings() if settings is None else settings
    notes: list[Asked] = []
    laws: list[Distribution] = []
    ordered = sorted(days)
    shared = Backgrounds(bars, ordered, chosen, beside, told, finer) if backgrounds is None else backgrounds
    for background, group in shared.groups(ordered):
        for day in group:
            seen = seen_on(bars, day, told)
            asked, forecast = _written(seen, background, _peers_on(peers, day, shaping), sessions, chosen, micro, beside)
            notes.append(asked)
            if forecast is not None:
                laws.append(_judged(forecast, bars, len(seen), horizons))
    return Walked(
        record=record_of(_settled(notes, bars, sessions)),
        distribution=distributions.joined(laws),
        notes=len(notes),
        silent=len(notes) - len(laws),
    )


def joined(parts: Sequence[Walked]) -> Walked:
    """All rows of the parts, in their order."""
    return Walked(
        record=records.joined([part.record for part in parts]),
        distribution=distributions.joined([part.distribution for part in parts]),
        notes=sum(part.notes for part in parts),
        silent=sum(part.silent for part in parts),
    )


def _peers_on(peers: Mapping[str, Bars], day: dt.date, shaping: Shaping | None) -> Mapping[str, Bars]:
    """The peers that have bars by that day, up to it and then shaped."""
    begun = {name: peer.until(day) for name, peer in peers.items() if peer.first <= day}
    if shaping is None:
        return begun
    made = {}
    for name, peer in begun.items():
        try:
            made[name] = shaping(peer)
        except BadBars:  # no whole bar yet
            continue
    return made


def _written(
    seen: Bars,
    background: Background,
    peers: Mapping[str, Bars],
    sessions: SessionTable | None,
    settings: Settings,
    micro: Instrument | None,
    beside: Beside,
) -> tuple[Asked, Forecast | None]:
    """What the note of a day says, before it is put into words, and the forecast it was made from, where there was one."""
    outline = outline_of(
        seen,
        peers=peers,
        sessions=sessions,
        settings=settings,
        micro=micro,
        beside=beside,
        background=background,
        context=Context(finer=background.whole.finer),
    )
    asked = Asked(statements=statements_of(to_said(outline.said)), as_of=seen.as_of, frame=seen.frame)
    return asked, outline.forecast


def _settled(notes: Sequence[Asked], bars: Bars, sessions: SessionTable | None) -> Iterator[Row]:
    outcomes = settle_notes(notes, bars, sessions=sessions)
    for note, found in zip(notes, outcomes, strict=True):
        meta = Meta(author=AUTHOR, symbol=bars.instrument.symbol, standing="replayed", as_of=note.as_of)
        yield from ((meta, statement, outcome) for statement, outcome in zip(note.statements, found, strict=True))


def _judged(forecast: Forecast, bars: Bars, count: int, horizons: Sequence[int]) -> Distribution:
    return judged(
        forecast.paths.close,
        start=forecast.start,
        happened=_in_the_contract_of(bars, count, max(horizons)),
        horizons=horizons,
        symbol=bars.instrument.symbol,
        as_of=as_date(bars.dates[count - 1]),
    )


def _in_the_contract_of(bars: Bars, count: int, sessions: int) -> NDArray[np.float64]:
    """The closes after the first `count` bars, at most `sessions`, the rolls among them taken out by ratio."""
    closes = bars.close[count : count + sessions].copy()
    dates = bars.dates[count : count + sessions]
    for roll in bars.rolls if bars.adjustment == "none" else ():
        if roll.date > as_date(bars.dates[count - 1]):
            closes[dates >= np.datetime64(roll.date)] /= roll.factor
    return closes

"""What pools are fitted to: claims of many past days, what each forecaster said of them on its day, and what came."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from levelhead.claims.judge import UNDECIDED, judge
from levelhead.domain.bars import Bars
from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.domain.sessions import as_date
from levelhead.forecast.artefact import Artefact, Artefacts, Case, Mapped, fit_artefacts
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import Forecast
from levelhead.forecast.pooling import KINDS, MEMBERS, START, families_of, kind_of, members_of, outcomes_of_kind
from levelhead.forecast.settings import Settings
from levelhead.kernels.paths import PathBars

HORIZONS = (5, 10, 12, 15, 21, 40, 65)
NEAREST, FARTHEST = 0.2, 1.9  # of a split's prices, in standard deviations of the horizon
FIRST = 250
HALF = 0.5  # of a path, given to each outcome: no forecast of none is learned from

Simple = Split | Touch | CloseAt


def cases_of(
    bars: Bars, *, every: int, settings: Settings, beside: Beside = NOTHING, horizons: Sequence[int] = HORIZONS
) -> Iterator[tuple[str, Case]]:
    """Kind and case of a split, a touch and a close on every `every`th bar from the 250th, each settled on the bars that followed.

    Horizons and distances are drawn at random, the seed from the bars. Each member speaks as it would have on that day: on the
    bars up to it. Undecided claims are left out.
    """
    generator = np.random.Generator(np.random.Philox(key=int(bars.digest().removeprefix("sha256:")[:32], 16)))
    longest = max(horizons)
    rows = list(range(FIRST, len(bars) - longest, every))
    dates = [as_date(bars.dates[row]) for row in rows]
    for row, forecast in zip(rows, forecasts_for(bars, dates, sessions=longest, settings=settings, beside=beside), strict=True):
        seen = bars.until(as_date(bars.dates[row]))
        for claim in _asked(forecast, generator, horizons):
            case = _case(claim, forecast, seen, bars, row)
            if case is not None:
                yield case


def learned(
    cases: Sequence[tuple[str, Case]], ends: Sequence[dt.date], *, mapped: Mapped = "none"
) -> tuple[Artefacts, dict[str, tuple[float, float, int]]]:
    """Artefacts of every kind at each of `ends`, and what each kind was worth afterwards: gain, its error, cases.

    The gain is that of the log score over the paths alone, of every case by the artefact that ended before its day; its error is
    taken over months, since claims of one month share their fate. Ends by which nothing was settled are passed over.
    """
    series: list[Artefact] = []
    worth: dict[str, tuple[float, float, int]] = {}
    ordered = sorted(cases, key=lambda case: (KINDS.index(case[0]), case[1].as_of))
    for kind, group in groupby(ordered, key=lambda case: case[0]):
        own = [case for _, case in group]
        first = min(case.settled for case in own)
        fitted = fit_artefacts(
            own,
            [end for end in ends if end >= first],
            kind=kind,
            outcomes=outcomes_of_kind(kind),
            members=MEMBERS,
            start=START,
            mapped=mapped,
        )
        series += fitted.series
        worth[kind] = _worth(own, fitted, kind)
    return Artefacts(series=tuple(series)), worth


def _asked(forecast: Forecast, generator: np.random.Generator, horizons: Sequence[int]) -> Iterator[Simple]:
    """A split, a touch and a close beyond a price, at random distances."""
    for number in range(3):
        sessions = int(generator.choice(list(horizons)))
        width = float(np.sqrt(np.sum(forecast.term[:sessions] ** 2)))
        up, down = generator.uniform(NEAREST, FARTHEST, 2) * width
        sign = 1.0 if generator.random() < 0.5 else -1.0
        if number == 0:
            yield Split(upper=forecast.start * math.exp(up), lower=forecast.start * math.exp(-down), sessions=sessions)
        elif number == 1:
            yield Touch(price=forecast.start * math.exp(sign * up), sessions=sessions)
        else:
            away = generator.uniform(-FARTHEST, FARTHEST) * width
            yield CloseAt(side="above" if sign > 0 else "below", price=forecast.start * math.exp(away), sessions=sessions)


def _case(claim: Simple, forecast: Forecast, seen: Bars, bars: Bars, row: int) -> tuple[str, Case] | None:
    ahead = slice(row + 1, row + 1 + claim.sessions)
    came = PathBars(*(column[None, ahead] for column in (bars.open, bars.high, bars.low, bars.close)))
    happened = int(judge(claim, came, forecast.start).codes[0])
    if happened == UNDECIDED:
        return None
    outcomes, codes = judge(claim, forecast.paths, forecast.start)
    counts = np.bincount(codes[codes != UNDECIDED], minlength=len(outcomes)) + HALF
    kind = kind_of(claim)
    assert kind is not None
    return kind, Case(
        as_of=seen.as_of,
        settled=as_date(bars.dates[row + claim.sessions]),
        families=families_of(bars.instrument),
        said=members_of(claim, counts / counts.sum(), forecast, seen),
        happened=happened,
    )


def _worth(cases: Sequence[Case], series: Artefacts, kind: str) -> tuple[float, float, int]:
    months: dict[tuple[int, int], list[float]] = {}
    for case in cases:
        artefact = series.at(case.as_of, case.families, kind=kind)
        if artefact is not None:
            said = artefact.chances(case.said, case.as_of)
            gain = math.log(said[case.happened]) - math.log(case.said[0][case.happened])
            months.setdefault((case.as_of.year, case.as_of.month), []).append(gain)
    count = sum(len(month) for month in months.values())
    if count == 0:
        return 0.0, 0.0, 0
    mean = math.fsum(sum(month) for month in months.values()) / count
    spread = math.sqrt(math.fsum((sum(month) - mean * len(month)) ** 2 for month in months.values()))
    return mean, spread / count, count

"""Credit: the ratio of high-yield bonds to treasuries, its trend, and whether it goes with the instrument."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np

from levelhead.domain.adjustment import shape_of
from levelhead.domain.bars import Bars, FloatArray
from levelhead.domain.credit import Credit
from levelhead.domain.daily_series import FRESH, known_rows
from levelhead.domain.fact import Fact
from levelhead.domain.sessions import as_date
from levelhead.kernels.bands import rank
from levelhead.reading.averages import direction
from levelhead.reading.context import Context
from levelhead.reading.facts import Findings, number, too_short, word
from levelhead.reading.settings import YEAR, Settings

AVERAGE = 50
BACK = 20
"""Sessions over which its change, and whether it goes with the instrument, is told."""
_TOLD = 0.5  # of the root mean square change, times the root of the sessions: what a change must pass
_STEPS = 14


def credit_facts(bars: Bars, context: Context, settings: Settings) -> Findings:
    """credit.ratio|ratio_sma_50|side|slope|change_20|percentile|stance, of the last day of both that the bars' last day knew."""
    credit = context.credit
    if credit is None:
        return {}, ()
    row = int(known_rows(bars, credit.dates, fresh=FRESH)[-1])
    if row < 0:
        return {}, (f"{credit.name} has no value of the week up to {bars.as_of}; nothing is said of it.",)
    day = as_date(credit.dates[row])
    late = () if day == bars.as_of else (f"{credit.name} has no value of {bars.as_of} that is known yet; it is that of {day}.",)
    begin = max(row + 1 - YEAR, 0)
    ratio = credit.numerator[begin : row + 1] / credit.denominator[begin : row + 1]
    facts = {
        "credit.ratio": number(
            ratio[-1],
            "ratio",
            f"{credit.high_yield} divided by {credit.treasuries}",
            "high_yield / treasuries",
            inputs={"high_yield": credit.numerator[row], "treasuries": credit.denominator[row]},
            date=day,
        ),
        "credit.pair": word(credit.name, "the two funds", "high yield, then treasuries, as given.", date=day),
    }
    if len(ratio) < AVERAGE + settings.slope_bars:
        return facts, (*late, too_short(f"The trend of {credit.name}", AVERAGE + settings.slope_bars, len(ratio)))
    facts |= _trend(ratio, credit, day, settings) | _change(ratio, credit, day) | _percentile(ratio, day)
    return facts | _stance(bars, ratio, credit, day), late


def _trend(ratio: FloatArray, credit: Credit, day: dt.date, settings: Settings) -> dict[str, Fact]:
    """The rule of a price average, with the ratio's own mean absolute change in the place of ATR(14)."""
    total, before = (math.fsum(part.tolist()) for part in (ratio[-AVERAGE:], _earlier(ratio, settings.slope_bars)))
    now, step = total / AVERAGE, float(np.mean(np.abs(np.diff(ratio[-1 - _STEPS :]))))
    slope = (now - before / AVERAGE) / step if step > 0 else 0.0
    side = "above" if ratio[-1] > now else "below" if ratio[-1] < now else "at"
    return {
        "credit.ratio_sma_50": number(
            now,
            "ratio",
            f"{AVERAGE}-day simple average of {credit.name}",
            f"total / {AVERAGE}",
            inputs={"total": total},
            date=day,
        ),
        "credit.side": word(
            side,
            f"side of its {AVERAGE}-day average on which {credit.name} stands",
            "above when the ratio is higher than its average, below when lower, at when equal.",
            inputs={"ratio": ratio[-1], "average": now},
            date=day,
        ),
        "credit.slope": word(
            direction(slope, settings.flat_atr),
            f"direction of the {AVERAGE}-day average of {credit.name} over {settings.slope_bars} sessions",
            f"up or down when it moved by more than {settings.flat_atr} of the ratio's mean absolute change over {_STEPS} sessions "
            f"in {settings.slope_bars} sessions, else flat.",
            inputs={"now": now, "before": before / AVERAGE, "mean_absolute_change": step},
            date=day,
        ),
    }


def _earlier(ratio: FloatArray, back: int) -> FloatArray:
    return ratio[-AVERAGE - back : -back]


def _change(ratio: FloatArray, credit: Credit, day: dt.date) -> dict[str, Fact]:
    return {
        f"credit.change_{BACK}": number(
            100 * (ratio[-1] / ratio[-1 - BACK] - 1),
            "per cent",
            f"change of {credit.name} over {BACK} sessions",
            "100 * (credit.ratio / before - 1)",
            inputs={"before": ratio[-1 - BACK]},
            date=day,
        )
    }


def _percentile(ratio: FloatArray, day: dt.date) -> dict[str, Fact]:
    ranked = rank(ratio, YEAR)
    if ranked is None:
        return {}
    return {
        "credit.percentile": number(
            100 * ranked[0] / ranked[1],
            "per cent",
            f"share of the last {YEAR} sessions on which the ratio was not higher, this one among them",
            "100 * not_higher / sessions",
            inputs={"not_higher": ranked[0], "sessions": ranked[1]},
            date=day,
        )
    }


def _stance(bars: Bars, ratio: FloatArray, credit: Credit, day: dt.date) -> dict[str, Fact]:
    """Whether both went the same way: each counts where its change passes half of what chance makes of so many sessions."""
    closes = shape_of(bars).close[-1 - BACK :]
    if bars.timeframe != "1d" or len(closes) <= BACK or float(closes.min()) <= 0:
        return {}
    (own, own_bound), (its, its_bound) = (_move(values) for values in (closes, ratio[-1 - BACK :]))
    way, other = _way(own, own_bound), _way(its, its_bound)
    said = "neither" if way * other == 0 else "confirms" if way == other else "diverges"
    symbol = bars.instrument.symbol
    return {
        "credit.stance": word(
            said,
            f"whether {credit.name} goes the way of {symbol} over {BACK} sessions",
            f"confirms when both changed the same way over {BACK} sessions, each by more than {_TOLD} of its root mean square "
            f"daily change times the root of {BACK}, diverges when opposite ways, neither when one of them changed by less.",
            inputs={"own_change": own, "own_bound": own_bound, "credit_change": its, "credit_bound": its_bound},
            date=day,
        )
    }


def _move(values: FloatArray) -> tuple[float, float]:
    """The change over all of them, and what it must pass to count; in per cent."""
    daily = 100 * (values[1:] / values[:-1] - 1)
    return 100 * float(values[-1] / values[0] - 1), _TOLD * math.sqrt(float(np.mean(daily**2)) * len(daily))


def _way(change: float, bound: float) -> int:
    return 0 if abs(change) <= bound else 1 if change > 0 else -1

"""The forecast of one day: volatility and paths, from the bars up to that day and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.bars import Bars
from levelhead.domain.claim import MAX_SESSIONS
from levelhead.domain.errors import BadClaim
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.event_days import EventHistory
from levelhead.forecast.models import volatility_history
from levelhead.forecast.paths import Simulated, bars_a_year, paths_from
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import VolatilityHistory, check_start
from levelhead.kernels.paths import PathBars

FloatArray = NDArray[np.float64]

QUANTILES = {"q10": 0.10, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q90": 0.90}
SEED_DIGITS = 32
LONGEST = 65  # sessions of the long-term outlook, the farthest that a note looks
DEFAULTS = Settings()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """How the coming sessions may go.

    start: the last price, where the paths begin. sigma: standard deviation of the next session's log return. term: the same
    for each coming session, shape (sessions,), term[0] = sigma. paths: simulated bars. drift: log, per session, after
    shrinkage. seed: hexadecimal, of the bars' digest. model: the forecast in words, for a trader. bars_used: bars of the
    history it was fitted on. history: what was known of volatility at each bar; its rows up to `bars_used` are this forecast's
    past, later ones are none of its business. beside: what was given beside the bars.
    """

    start: float
    sigma: float
    term: FloatArray
    paths: PathBars
    drift: float
    seed: str
    model: str
    bars_used: int
    history: VolatilityHistory | None = None
    beside: Beside = NOTHING


def make_forecast(
    bars: Bars,
    *,
    sessions: int = LONGEST,
    settings: Settings = DEFAULTS,
    beside: Beside = NOTHING,
    whole: int | None = None,
) -> Forecast:
    """The forecast made at the last bar; deterministic, the same bars give the same bytes.

    beside: implied volatility, yields and donors, where there are any; of these, too, only what was known on that day counts.
    Takes about 20 ms for the fit of 6,500 bars and 20 ms for 10,000 paths of 65 sessions. A provisional last bar is treated
    as its model says; paths start from its price and their first bar is the next session.

    Raises NotYetKnown with fewer than `settings.least_bars` bars, BadBars where no volatility can be known, BadClaim where
    `sessions` is out of range.
    """
    if not 1 <= sessions <= MAX_SESSIONS:
        raise BadClaim(f"A forecast over {sessions} sessions is out of range; give 1 to {MAX_SESSIONS}.")
    history = volatility_history(bars, settings, beside)
    return forecast_at(bars, history, sessions=sessions, settings=settings, beside=beside, whole=whole)


def forecast_at(
    bars: Bars,
    history: VolatilityHistory,
    *,
    sessions: int,
    settings: Settings,
    beside: Beside = NOTHING,
    whole: int | None = None,
) -> Forecast:
    """The forecast made at the last of `bars`, whose volatility history, or that of a longer series, is known already.

    beside: what the history was made with; its artefacts and chains are for the pricing of claims. whole: how many sessions are
    simulated as whole bars, where it is enough to know the later ones by their closes.
    """
    row = len(bars) - 1 - history.skipped
    check_start(bars, history, row, settings)
    seed = bars.digest().removeprefix("sha256:")[:SEED_DIGITS]
    complete = bars.provisional is None
    simulated = paths_from(
        history,
        row,
        start=bars.last,
        seed=seed,
        sessions=sessions,
        settings=settings,
        complete=complete,
        a_year=bars_a_year(bars),
        whole=whole,
    )
    return Forecast(
        start=bars.last,
        sigma=simulated.sigma,
        term=simulated.term,
        paths=simulated.paths,
        drift=simulated.drift,
        seed=seed,
        model=_in_words(history, row, sessions, simulated, settings),
        bars_used=row + 1,
        history=history,
        beside=beside,
    )


def quantiles(forecast: Forecast, sessions: int) -> Mapping[str, tuple[float, ...]]:
    """Quantiles of the simulated closes after 1 to `sessions` sessions: 'q10', 'q25', 'q50', 'q75', 'q90'.

    Raises BadClaim where the forecast does not reach so far.
    """
    simulated = forecast.paths.close.shape[1]
    if not 1 <= sessions <= simulated:
        raise BadClaim(f"The forecast reaches {simulated} sessions; quantiles for {sessions} are out of range.")
    closes = np.sort(forecast.paths.close[:, :sessions].T, axis=1)
    return {name: tuple(_quantile(closes, share).tolist()) for name, share in QUANTILES.items()}


def _quantile(ascending: FloatArray, share: float) -> FloatArray:
    """The quantile of each row, by line between neighbours: that of np.quantile to the last bit, in a third of its time."""
    place = share * (ascending.shape[1] - 1)
    below = int(place)
    low, high = ascending[:, below], ascending[:, min(below + 1, ascending.shape[1] - 1)]
    part = place - below
    # np.quantile starts from the nearer neighbour
    found: FloatArray = low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)
    return found


def _in_words(history: VolatilityHistory, row: int, sessions: int, simulated: Simulated, settings: Settings) -> str:
    due = history.due_ahead(row, sessions) if isinstance(history, EventHistory) else ""
    drift = (
        "without drift"
        if settings.drift_sharpe == 0
        else f"their mean return shrunk towards zero as if yearly Sharpe ratios spread by {settings.drift_sharpe:g} around it"
    )
    return (
        f"Volatility: {history.words(row)}. {f'Due: {due}. ' if due else ''}Paths: {settings.paths:,}, drawn from the last "
        f"{simulated.pool_bars:,} bars in blocks of {settings.block}, each bar in units of its own day's forecast, volatility "
        f"moving with the bars drawn, {drift}."
    )

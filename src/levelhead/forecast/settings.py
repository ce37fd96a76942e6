"""What a forecaster may choose."""

from __future__ import annotations

from dataclasses import dataclass

from levelhead.domain.errors import BadSettings

SPANS = (1, 5, 22, 66)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the forecast room.

    model: the volatility model by its registered name, 'har', 'ewma' or 'gjr_garch' (forecast/models.py).
    paths: how many are simulated. block: consecutive past bars drawn together. pool_bars: the latest past bars that paths are
    drawn from; markets change how they trade within a day, and more than about three years back made forecasts worse.
    least_bars: with fewer, nothing is forecast. warm_up: first bars left out of fit and pool, while the averages fill.
    spans: bars of the averages that the volatility forecast weighs. weights: what the fit is drawn towards: for each span the
    weight of the log variance, for each span that of past falls, and a constant; the mean fit to seven US indices, bond and
    credit series up to 2018 (benchmarks/har_prior.py prints them). spreads: the variance of each of these averages in the same
    data. prior_bars: how many bars of evidence the weights count for.
    drift_sharpe: standard deviation, in annual Sharpe ratio, of the drifts thought possible; the past's mean is shrunk
    accordingly, and 0 means no drift. highest: no simulated session is more volatile than so many times the most volatile
    past one.
    """

    model: str = "har"
    paths: int = 10_000
    block: int = 4
    pool_bars: int = 750
    least_bars: int = 150
    warm_up: int = 66
    spans: tuple[int, ...] = SPANS
    weights: tuple[float, ...] = (-0.03, 0.43, 0.44, 0.13, 0.02, 0.27, 0.21, -0.38, 0.0)
    spreads: tuple[float, ...] = (1.6, 1.1, 0.9, 0.7, 1.6, 0.3, 0.08, 0.03, 1.0)
    prior_bars: float = 500.0
    drift_sharpe: float = 0.4
    highest: float = 1.6

    def __post_init__(self) -> None:
        for name in ("paths", "block", "pool_bars", "warm_up"):
            if getattr(self, name) < 1:
                raise BadSettings(f"forecast.{name} is {getattr(self, name)}; it is a count and must be at least 1.")
        if self.least_bars < self.warm_up + 50:
            raise BadSettings(
                f"forecast.least_bars is {self.least_bars}; at least 50 bars more than the warm-up of {self.warm_up} are needed."
            )
        if not self.spans or min(self.spans) < 1:
            raise BadSettings(f"forecast.spans is {self.spans}; give at least one span, each at least 1 bar.")
        wanted = 2 * len(self.spans) + 1
        for name in ("weights", "spreads"):
            given = len(getattr(self, name))
            if given != wanted:
                raise BadSettings(f"forecast.{name} has {given} numbers; {len(self.spans)} spans need {wanted}.")
        if min(self.spreads) <= 0 or not self.prior_bars > 0:
            raise BadSettings("forecast.spreads and forecast.prior_bars must be positive; they weigh the prior against the fit.")
        if not self.drift_sharpe >= 0:
            raise BadSettings(f"forecast.drift_sharpe is {self.drift_sharpe}; it is a spread and must not be negative.")
        if not self.highest >= 1:
            raise BadSettings(f"forecast.highest is {self.highest}; below 1 it would forbid what has happened.")

"""What a reader of charts may choose. Periods that stand in a fact's name (sma_50, rsi_14) are not among it."""

from __future__ import annotations

from dataclasses import dataclass

from levelhead.domain.errors import BadSettings

AVERAGES = (20, 50, 100, 200)
YEAR = 252
TOGETHER = 256
"""Days of a walk that are read together: of so many days is kept what several topics of a day ask for."""
PIVOTS = frozenset({"traditional", "fibonacci", "camarilla", "woodie", "demark", "classic"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the reading room; the defaults are the conventions that a note prints.

    slope_bars: bars over which an average's slope is measured. flat_atr: a slope within so many ATR per `slope_bars` is flat.
    rsi_bars: bars over which the direction of RSI is measured; flat_rsi: a change within so many points of it is flat.
    pace_sigma: a return difference within so many standard deviations of its span keeps pace.
    settled_bars: bars after which Wilder smoothing is trusted; wanted_bars: what a note asks for. chart_bars: bars of the chart.
    swing_bars: k; a swing high (low) is one that no bar within k on either side passes.
    zone_atr: levels merge while their zone stays within so many ATR(14). touch_bars: look-back for touches of a zone.
    zone_gap_atr: no two zones lie closer than so many ATR. reach_atr: levels farther from the last price are left out, but
    for the all-time and 52-week extremes. zones: how many zones a ladder holds at most. line_ahead: sessions after which it is
    said where a line will stand. ladder_pivots: the kinds of pivots that stand on the ladder (`kernels.pivots.KINDS`), of the day,
    the week, the month and the year.
    """

    slope_bars: int = 10
    flat_atr: float = 0.1
    rsi_bars: int = 5
    flat_rsi: float = 0.5
    pace_sigma: float = 0.25
    settled_bars: int = 250
    wanted_bars: int = 450
    chart_bars: int = 260
    swing_bars: int = 5
    zone_atr: float = 0.5
    touch_bars: int = YEAR
    zone_gap_atr: float = 0.25
    reach_atr: float = 12.0
    zones: int = 14
    line_ahead: int = 12
    ladder_pivots: tuple[str, ...] = ("traditional",)

    def __post_init__(self) -> None:
        for name in (
            "slope_bars",
            "rsi_bars",
            "settled_bars",
            "wanted_bars",
            "chart_bars",
            "swing_bars",
            "touch_bars",
            "zones",
            "line_ahead",
        ):
            if getattr(self, name) < 1:
                raise BadSettings(f"reading.{name} is {getattr(self, name)}; it is a count and must be at least 1.")
        unknown = sorted(set(self.ladder_pivots) - PIVOTS)
        if unknown:
            raise BadSettings(f"reading.ladder_pivots holds {unknown[0]!r}; there are {', '.join(sorted(PIVOTS))}.")
        for name in ("flat_atr", "flat_rsi", "pace_sigma", "zone_atr", "zone_gap_atr", "reach_atr"):
            if not getattr(self, name) >= 0:
                raise BadSettings(f"reading.{name} is {getattr(self, name)}; it is a width and must not be negative.")

"""The candle patterns by name: how many bars each has, the trend its definition needs, and how much it counts."""

from __future__ import annotations

from dataclasses import dataclass

UP, DOWN, ANY = 1, -1, 0


@dataclass(frozen=True, slots=True)
class CandleKind:
    """One pattern. key: as in 'candle.hammer'; function: TA-Lib's, '' of our own.

    bars: its length. bullish, bearish: the trend before it that a bullish (bearish) one needs, None where its sign is not to be
    read so: the pattern is then neutral (a doji), or has the other side's name. told: how much it counts among the patterns of
    a few bars: 2 a pattern of several bars that a note names first, 1 a single bar or a weak one, 0 what is seen every week and
    is never told in a sentence. penetration: TA-Lib's parameter of that name, None where it has none.
    """

    key: str
    called: str
    function: str
    bars: int
    bullish: int | None = None
    bearish: int | None = None
    told: int = 2
    penetration: float | None = None

    @property
    def is_neutral(self) -> bool:
        """Whether it points to neither side."""
        return self.bullish is None and self.bearish is None

    def named(self, direction: int, noun: str = "day") -> str:
        """'two-day bullish engulfing', 'bearish harami', 'hammer', 'doji'. noun: what one bar is, 'day' or 'week'."""
        if self.bullish is None or self.bearish is None:
            return self.called
        side = "bullish" if direction > 0 else "bearish"
        if "{side}" in self.called:
            return self.called.format(side=side, noun=noun)
        return f"{side} {self.called}"


def _reversal(key: str, called: str, function: str, bars: int, told: int = 2, penetration: float | None = None) -> CandleKind:
    return CandleKind(key, called, function, bars, bullish=DOWN, bearish=UP, told=told, penetration=penetration)


def _continuation(key: str, called: str, function: str, bars: int) -> CandleKind:
    return CandleKind(key, called, function, bars, bullish=UP, bearish=DOWN)


def _top(key: str, called: str, function: str, bars: int, told: int = 2, penetration: float | None = None) -> CandleKind:
    return CandleKind(key, called, function, bars, bearish=UP, told=told, penetration=penetration)


def _bottom(key: str, called: str, function: str, bars: int, told: int = 2, penetration: float | None = None) -> CandleKind:
    return CandleKind(key, called, function, bars, bullish=DOWN, told=told, penetration=penetration)


def _in_decline(key: str, called: str, function: str) -> CandleKind:
    return CandleKind(key, called, function, 2, bearish=DOWN, told=1)


def _neutral(key: str, called: str, function: str) -> CandleKind:
    return CandleKind(key, called, function, 1, told=0)


def _in_any_trend(key: str, called: str, function: str, bars: int, told: int) -> CandleKind:
    return CandleKind(key, called, function, bars, bullish=ANY, bearish=ANY, told=told)


# What each needs is what TA-Lib's own sources ask the caller to see to, since the functions themselves look at no trend: a
# reversal is one only against a trend, a continuation only in one. Hikkake, kicking, marubozu and long lines need none.
CANDLES: tuple[CandleKind, ...] = (
    _reversal("two_day_engulfing", "two-{noun} {side} engulfing", "", 3),
    _top("two_crows", "two crows", "CDL2CROWS", 3),
    _top("three_black_crows", "three black crows", "CDL3BLACKCROWS", 3),
    _reversal("three_inside", "three inside", "CDL3INSIDE", 3),
    _continuation("three_line_strike", "three-line strike", "CDL3LINESTRIKE", 4),
    _reversal("three_outside", "three outside", "CDL3OUTSIDE", 3),
    _bottom("three_stars_in_the_south", "three stars in the south", "CDL3STARSINSOUTH", 3),
    _bottom("three_white_soldiers", "three white soldiers", "CDL3WHITESOLDIERS", 3),
    _reversal("abandoned_baby", "abandoned baby", "CDLABANDONEDBABY", 3, penetration=0.3),
    _top("advance_block", "advance block", "CDLADVANCEBLOCK", 3, told=1),
    _reversal("belt_hold", "belt hold", "CDLBELTHOLD", 1, told=0),
    _reversal("breakaway", "breakaway", "CDLBREAKAWAY", 5),
    _in_any_trend("closing_marubozu", "closing marubozu", "CDLCLOSINGMARUBOZU", 1, told=0),
    _bottom("concealing_baby_swallow", "concealing baby swallow", "CDLCONCEALBABYSWALL", 4),
    _reversal("counterattack", "counterattack", "CDLCOUNTERATTACK", 2, told=1),
    _top("dark_cloud_cover", "dark cloud cover", "CDLDARKCLOUDCOVER", 2, penetration=0.5),
    _neutral("doji", "doji", "CDLDOJI"),
    _reversal("doji_star", "doji star", "CDLDOJISTAR", 2, told=1),
    _bottom("dragonfly_doji", "dragonfly doji", "CDLDRAGONFLYDOJI", 1, told=1),
    _reversal("engulfing", "engulfing", "CDLENGULFING", 2),
    _top("evening_doji_star", "evening doji star", "CDLEVENINGDOJISTAR", 3, penetration=0.3),
    _top("evening_star", "evening star", "CDLEVENINGSTAR", 3, penetration=0.3),
    _continuation("side_by_side_white_lines", "side-by-side white lines", "CDLGAPSIDESIDEWHITE", 3),
    _top("gravestone_doji", "gravestone doji", "CDLGRAVESTONEDOJI", 1, told=1),
    _bottom("hammer", "hammer", "CDLHAMMER", 1, told=1),
    _top("hanging_man", "hanging man", "CDLHANGINGMAN", 1, told=1),
    _reversal("harami", "harami", "CDLHARAMI", 2, told=1),
    _reversal("harami_cross", "harami cross", "CDLHARAMICROSS", 2, told=1),
    _neutral("high_wave", "high-wave candle", "CDLHIGHWAVE"),
    _in_any_trend("hikkake", "hikkake", "CDLHIKKAKE", 3, told=0),
    _reversal("modified_hikkake", "modified hikkake", "CDLHIKKAKEMOD", 4),
    _bottom("homing_pigeon", "homing pigeon", "CDLHOMINGPIGEON", 2, told=1),
    _top("identical_three_crows", "identical three crows", "CDLIDENTICAL3CROWS", 3),
    _in_decline("in_neck", "in-neck", "CDLINNECK"),
    _bottom("inverted_hammer", "inverted hammer", "CDLINVERTEDHAMMER", 2, told=1),
    _in_any_trend("kicking", "kicking", "CDLKICKING", 2, told=2),
    _in_any_trend("kicking_by_length", "kicking (by the longer marubozu)", "CDLKICKINGBYLENGTH", 2, told=1),
    _bottom("ladder_bottom", "ladder bottom", "CDLLADDERBOTTOM", 5),
    _neutral("long_legged_doji", "long-legged doji", "CDLLONGLEGGEDDOJI"),
    _in_any_trend("long_line", "long candle", "CDLLONGLINE", 1, told=0),
    _in_any_trend("marubozu", "marubozu", "CDLMARUBOZU", 1, told=1),
    _bottom("matching_low", "matching low", "CDLMATCHINGLOW", 2, told=1),
    CandleKind("mat_hold", "mat hold", "CDLMATHOLD", 5, bullish=UP, bearish=DOWN, penetration=0.5),
    _bottom("morning_doji_star", "morning doji star", "CDLMORNINGDOJISTAR", 3, penetration=0.3),
    _bottom("morning_star", "morning star", "CDLMORNINGSTAR", 3, penetration=0.3),
    _in_decline("on_neck", "on-neck", "CDLONNECK"),
    _bottom("piercing_line", "piercing line", "CDLPIERCING", 2),
    _neutral("rickshaw_man", "rickshaw man", "CDLRICKSHAWMAN"),
    _continuation("three_methods", "three methods", "CDLRISEFALL3METHODS", 5),
    _continuation("separating_lines", "separating lines", "CDLSEPARATINGLINES", 2),
    _top("shooting_star", "shooting star", "CDLSHOOTINGSTAR", 2, told=1),
    _neutral("short_line", "short candle", "CDLSHORTLINE"),
    _neutral("spinning_top", "spinning top", "CDLSPINNINGTOP"),
    _top("stalled_pattern", "stalled pattern", "CDLSTALLEDPATTERN", 3, told=1),
    _bottom("stick_sandwich", "stick sandwich", "CDLSTICKSANDWICH", 3),
    _bottom("takuri", "takuri", "CDLTAKURI", 1, told=1),
    _continuation("tasuki_gap", "tasuki gap", "CDLTASUKIGAP", 3),
    _in_decline("thrusting", "thrusting", "CDLTHRUSTING"),
    _reversal("tristar", "tristar", "CDLTRISTAR", 3),
    _bottom("unique_three_river", "unique three river", "CDLUNIQUE3RIVER", 3),
    _top("upside_gap_two_crows", "upside gap two crows", "CDLUPSIDEGAP2CROWS", 3),
    _continuation("gap_three_methods", "gap three methods", "CDLXSIDEGAP3METHODS", 3),
)

PENETRATION = {kind.function: kind.penetration for kind in CANDLES if kind.penetration is not None}

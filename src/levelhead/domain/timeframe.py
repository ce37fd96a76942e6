"""How long a bar lasts: '5m', '1h', '1d', '1w', '1mo'; which is longer, and which is made of which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from levelhead.domain.errors import BadSettings

TIMEFRAMES = ("1m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1mo")
DAY = 1440  # minutes

Noun = Literal["bar", "day", "week", "month"]
_MINUTES = {"1d": DAY, "1w": 7 * DAY, "1mo": 30 * DAY}
_OTHER_NAMES = {"d": "1d", "daily": "1d", "w": "1w", "1wk": "1w", "weekly": "1w", "mo": "1mo", "monthly": "1mo"}
_INTRADAY = re.compile(r"([1-9]\d{0,3})(m|min|h)", re.ASCII)
_NOUNS: dict[str, Noun] = {"1d": "day", "1w": "week", "1mo": "month"}
_ADJECTIVES = {"1d": "daily", "1w": "weekly", "1mo": "monthly"}


@dataclass(frozen=True, slots=True, order=True)
class Timeframe:
    """The length of a bar, shorter before longer. minutes: of a day, week and month by the calendar, 1440, 10080 and 43200.

    A month is no whole number of weeks: '1w' does not divide '1mo'.
    """

    minutes: int

    def __str__(self) -> str:
        named = next((name for name, minutes in _MINUTES.items() if minutes == self.minutes), None)
        if named is not None:
            return named
        hours, rest = divmod(self.minutes, 60)
        return f"{self.minutes}m" if rest else f"{hours}h"

    @property
    def is_intraday(self) -> bool:
        """Whether a session holds several of them."""
        return self.minutes < DAY

    @property
    def noun(self) -> Noun:
        """What a bar is called in 'the 50-... average': day, week, month, else bar."""
        return _NOUNS.get(str(self), "bar")

    @property
    def adjective(self) -> str:
        """'daily', 'weekly', 'monthly', '15-minute', '4-hour'."""
        if not self.is_intraday:
            return _ADJECTIVES[str(self)]
        return f"{self.minutes}-minute" if self.minutes % 60 else f"{self.minutes // 60}-hour"

    def divides(self, other: Timeframe) -> bool:
        """Whether bars of `other` are made of whole bars of this one. Every timeframe divides itself."""
        if other.is_intraday:
            return other.minutes % self.minutes == 0
        return self.minutes <= DAY or self == other


@lru_cache(maxsize=256)
def timeframe_of(text: str) -> Timeframe:
    """The timeframe that `text` names: '5m', '90m', '4h', '1d', '1w', '1mo', upper or lower case; 'weekly' and '1wk' too.

    Minutes and hours must divide a day. Raises BadSettings.
    """
    name = text.strip().lower()
    name = _OTHER_NAMES.get(name, name)
    if name in _MINUTES:
        return Timeframe(_MINUTES[name])
    match = _INTRADAY.fullmatch(name)
    minutes = int(match[1]) * (60 if match[2] == "h" else 1) if match else 0
    if not match or minutes >= DAY or DAY % minutes:
        raise BadSettings(f"{text!r} is no timeframe; give one of {', '.join(TIMEFRAMES)}, or minutes or hours that divide a day.")
    return Timeframe(minutes)


DAILY = Timeframe(DAY)
WEEKLY = Timeframe(7 * DAY)
MONTHLY = Timeframe(30 * DAY)

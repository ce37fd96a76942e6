"""How a number is printed: by its unit, in the house's separators, with a true minus sign.

Rounding is half away from zero on the shortest decimal form of the number, as a person rounds what she reads: 2.25 gives 2.3,
-0.125 gives −0.13. A number that rounds to zero has no sign.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from levelhead.domain.quoting import DECIMAL, THIRTY_SECONDS, Quoting, quoting_of

MINUS = "−"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NUMBER_STYLES = frozenset({"abs", "signed", "plain", "0", "1", "2"})
DATE_STYLES = frozenset({"day", "month", "full"})
WORD_STYLES = frozenset({"Word"})

_DECIMALS = {"per cent": 1, "ATR": 1, "index": 1, "R": 2, "count": 0, "sessions": 0}
_SUFFIX = {"per cent": "%", "probability": "%", "ATR": " ATR", "R": " R"}
_ALWAYS_SIGNED = frozenset({"points", "R"})
_SIGNIFICANT = 4
_MOST_DECIMALS = 8


def quoting_in(document: Mapping[str, Any]) -> Quoting:
    """How the prices of a note's instrument are written."""
    return quoting_of(document["instrument"]["tick"], document["instrument"]["decimals"])


def printed(
    value: float | str, unit: str, *, house: Mapping[str, str], quoting: Quoting = DECIMAL, styles: Collection[str] = frozenset()
) -> str:
    """`value` as a reader sees it.

    unit: one of `domain.fact.Unit`. house: its 'thousands' and 'decimal' separators. quoting: how prices
    and points are written. styles: of numbers 'abs' (no sign), 'signed', 'plain' (no unit), '0' '1' '2' (decimals); of dates 'day'
    ('Thursday 13 March'), 'month' ('March 2025'), 'full' ('Thursday 13 March 2025'); of words 'Word' (capitalised).
    Raises ValueError for a style the unit does not have and for a number that is not finite.
    """
    if isinstance(value, str):
        return _text(value, unit, styles)
    _refuse(styles, NUMBER_STYLES, unit)
    exact = _decimal(value * 100 if unit == "probability" else value)
    places = next((int(s) for s in styles if s.isdigit()), None)
    if unit == "probability" and not styles and 0 < exact < Decimal("0.05"):
        return f"under {number(0.1, 1, house=house)}%"
    if "abs" in styles:
        exact = abs(exact)
    signed = "signed" in styles or (unit in _ALWAYS_SIGNED and "abs" not in styles)
    if places is None and unit in ("price", "points"):
        digits = _in_house(quoting.digits(exact), exact, house=house, signed=signed)
    else:
        digits = _grouped(_rounded(exact, _places(exact, unit) if places is None else places), house=house, signed=signed)
    if "plain" in styles:
        return digits
    if unit == "dollars":
        return digits[0] + "$" + digits[1:] if digits[0] in f"+{MINUS}" else "$" + digits
    return digits + _SUFFIX.get(unit, "")


def number(value: float, places: int, *, house: Mapping[str, str], signed: bool = False) -> str:
    """`value` at `places` decimals, in the house's separators. Raises ValueError when it is not finite."""
    return _grouped(_rounded(_decimal(value), places), house=house, signed=signed)


def scale_words(values: Sequence[float], *, house: Mapping[str, str], quoting: Quoting = DECIMAL) -> list[str]:
    """The prices of a scale: with the fewest decimals that print them all; in thirty-seconds where they are no whole points."""
    places = decimals_of(values)
    if places == 0 or not quoting.parts:
        return [number(value, places, house=house) for value in values]
    coarse = quoting if any(round(value * THIRTY_SECONDS, 6) % 1 for value in values) else Quoting(quoting.decimals, 1)
    return [printed(value, "price", house=house, quoting=coarse) for value in values]


def decimals_of(values: Iterable[float]) -> int:
    """The fewest decimals, up to eight, that print all `values` as they are."""
    rows = list(values)
    return next((n for n in range(8) if all(abs(v - round(v, n)) < 10.0 ** (-n - 6) for v in rows)), 8)


def exactly(value: float, *, house: Mapping[str, str]) -> str:
    """`value` with all the digits that matter: up to ten significant ones, no trailing zeros."""
    exact = _decimal(value)
    if exact == 0:
        return "0"
    places = max(0, 9 - exact.adjusted())
    shortened = _rounded(exact, min(places, 12)).normalize()
    exponent = shortened.as_tuple().exponent
    return _grouped(_rounded(shortened, max(0, -exponent if isinstance(exponent, int) else 0)), house=house, signed=False)


def long_date(day: dt.date) -> str:
    """'8 September 2025'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def read_stamp(text: str) -> dt.date:
    """The date '2025-09-08', or the moment '2025-09-08T13:30:00Z' at which an intraday bar starts."""
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)


def _text(value: str, unit: str, styles: Collection[str]) -> str:
    if unit != "date":
        _refuse(styles, WORD_STYLES, unit)
        return value[:1].upper() + value[1:] if "Word" in styles else value
    _refuse(styles, DATE_STYLES, unit)
    day = read_stamp(value)
    month = MONTHS[day.month - 1]
    if "month" in styles:
        return f"{month} {day.year}"
    moment = f", {day:%H:%M} UTC" if isinstance(day, dt.datetime) else ""
    if "day" in styles:
        return f"{DAYS[day.weekday()]} {day.day} {month}{moment}"
    return (f"{DAYS[day.weekday()]} {long_date(day)}" if "full" in styles else long_date(day)) + moment


def _refuse(styles: Collection[str], known: Collection[str], unit: str) -> None:
    unknown = sorted(set(styles) - set(known))
    if unknown:
        raise ValueError(f"the style {unknown[0]!r} is none for a value in {unit!r}; use one of {', '.join(sorted(known))}")


def _decimal(value: float) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"the number {value} is not finite")
    return Decimal(repr(float(value)))


def _places(exact: Decimal, unit: str) -> int:
    """How many decimals a value of that unit is printed with, prices and points aside."""
    if unit == "probability":
        return 1 if 0 < exact < 1 or 99 < exact < 100 else 0
    if unit == "dollars":
        return 2 if abs(exact) < 10 else 0
    if unit == "ratio":
        return _significant(exact)
    return _DECIMALS[unit]


def _significant(exact: Decimal) -> int:
    """The decimals that leave four significant digits, after rounding."""
    if exact == 0:
        return 0
    places = _SIGNIFICANT - 1 - exact.adjusted()
    if _rounded(exact, max(0, places)).adjusted() > exact.adjusted():
        places -= 1
    return min(max(0, places), _MOST_DECIMALS)


def _rounded(exact: Decimal, places: int) -> Decimal:
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _grouped(rounded: Decimal, *, house: Mapping[str, str], signed: bool) -> str:
    """The digits with separators and sign; zero has no sign."""
    return _in_house(f"{abs(rounded):,f}", rounded, house=house, signed=signed)


def _in_house(digits: str, exact: Decimal, *, house: Mapping[str, str], signed: bool) -> str:
    """Digits as Python groups them, in the house's separators and with the number's sign; none where they are all nought."""
    text = digits.replace(",", "\0").replace(".", house["decimal"]).replace("\0", house["thousands"])
    if not digits.strip("0.,'"):
        return text
    return (MINUS if exact < 0 else "+" if signed else "") + text

"""Numbers as an evaluation prints them and keeps them."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
DIGITS = 7  # of a kept number: more differ between processors


def number(value: float) -> float | None:
    """The value to seven significant digits; None where it is not finite."""
    return float(f"{float(value):.{DIGITS}g}") if math.isfinite(value) else None


def share(value: float) -> str:
    """'3.1 %', with a true minus sign."""
    return f"{round(100.0 * value, 1) + 0.0:.1f} %".replace("-", MINUS)


def signed(value: float) -> str:
    """'+0.12', two decimals, with a true minus sign."""
    return f"{round(value, 2) + 0.0:+.2f}".replace("-", MINUS)

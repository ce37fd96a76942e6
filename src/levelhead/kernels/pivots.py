"""Pivot points of six kinds, from one finished period.

Formulas as TradingView's built-in 'Pivot Points Standard' has them (support article 43000521824); `h`, `l`, `c`, `o` are
the high, low, close and open of the period that has ended, `now` the open of the period that follows it. Each function
gives 'p', 'r1', 's1', ... as far as its kind defines them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

PivotSet = dict[str, float]


class Period(NamedTuple):
    """One finished period, and the open of the one that follows it (None where that has not opened)."""

    open: float
    high: float
    low: float
    close: float
    next_open: float | None = None


def traditional(period: Period) -> PivotSet:
    """P = (h + l + c) / 3; R1 = 2P - l; R2 = P + (h - l); Rn = (n - 1)P + (h - (n - 1)l) from the third to the fifth.

    S1 = 2P - h; S2 = P - (h - l); Sn = (n - 1)P - ((n - 1)h - l).
    """
    _, h, l, c, _ = period  # noqa: E741 the letters of the formulas
    p = (h + l + c) / 3
    return {
        "p": p,
        "r1": 2 * p - l,
        "s1": 2 * p - h,
        "r2": p + (h - l),
        "s2": p - (h - l),
        "r3": 2 * p + (h - 2 * l),
        "s3": 2 * p - (2 * h - l),
        "r4": 3 * p + (h - 3 * l),
        "s4": 3 * p - (3 * h - l),
        "r5": 4 * p + (h - 4 * l),
        "s5": 4 * p - (4 * h - l),
    }


def fibonacci(period: Period) -> PivotSet:
    """P = (h + l + c) / 3; R and S at 0.382, 0.618 and 1 times the range from P."""
    _, h, l, c, _ = period  # noqa: E741
    p = (h + l + c) / 3
    return {"p": p} | _around(p, (0.382 * (h - l), 0.618 * (h - l), h - l))


def camarilla(period: Period) -> PivotSet:
    """P = (h + l + c) / 3; R1 to R4 at 1.1 (h - l) / 12, / 6, / 4, / 2 from c; R5 = (h / l) c, S5 = c - (R5 - c).

    Where l <= 0 the quotient means nothing and the fifth pair is absent.
    """
    _, h, l, c, _ = period  # noqa: E741
    reach = [1.1 * (h - l) / part for part in (12, 6, 4, 2)]
    if l > 0:
        reach.append(h / l * c - c)
    return {"p": (h + l + c) / 3} | _around(c, reach)


def woodie(period: Period) -> PivotSet:
    """P = (h + l + 2 now) / 4; R1 = 2P - l; R2 = P + (h - l); R3 = h + 2 (P - l); R4 = R3 + (h - l); S mirrored.

    Uses the open of the period that follows, so it is not known before that has opened: then the set is empty.
    """
    _, h, l, _, now = period  # noqa: E741
    if now is None:
        return {}
    p = (h + l + 2 * now) / 4
    r3, s3 = h + 2 * (p - l), l - 2 * (h - p)
    return {
        "p": p,
        "r1": 2 * p - l,
        "s1": 2 * p - h,
        "r2": p + (h - l),
        "s2": p - (h - l),
        "r3": r3,
        "s3": s3,
        "r4": r3 + (h - l),
        "s4": s3 - (h - l),
    }


def demark(period: Period) -> PivotSet:
    """P = X / 4; R1 = X / 2 - l; S1 = X / 2 - h; with X = 2h + l + c where c > o, h + 2l + c where c < o, else h + l + 2c."""
    o, h, l, c, _ = period  # noqa: E741
    x = h + l + c + (h if c > o else l if c < o else c)
    return {"p": x / 4, "r1": x / 2 - l, "s1": x / 2 - h}


def classic(period: Period) -> PivotSet:
    """P = (h + l + c) / 3; R1 = 2P - l; S1 = 2P - h; the second to fourth pair at 1, 2, 3 times (h - l) from P.

    Differs from traditional at the third pair.
    """
    _, h, l, c, _ = period  # noqa: E741
    p = (h + l + c) / 3
    outer = _around(p, [n * (h - l) for n in (1, 2, 3)], first=2)
    return {"p": p, "r1": 2 * p - l, "s1": 2 * p - h} | outer


def _around(centre: float, reach: list[float] | tuple[float, ...], first: int = 1) -> PivotSet:
    """R and S numbered from `first`, at the given distances above and below `centre`."""
    return {f"{side}{n}": centre + sign * d for n, d in enumerate(reach, first) for side, sign in (("r", 1), ("s", -1))}


KINDS: Mapping[str, Callable[[Period], PivotSet]] = {
    "traditional": traditional,
    "fibonacci": fibonacci,
    "camarilla": camarilla,
    "woodie": woodie,
    "demark": demark,
    "classic": classic,
}

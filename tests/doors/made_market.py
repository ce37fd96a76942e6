"""Bars made for the doors: a market that never was, in the files and dialect a user has; and the command line run on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from click.testing import CliRunner, Result

from levelhead.doors.cli import main


def made_lines(*, last: str, n: int, seed: int, price: float) -> list[str]:
    """`n` weekdays of bars that end on `last`, as CSV lines under a header, on a grid of 0.1."""
    rng = np.random.default_rng(seed)
    end = np.datetime64(last)
    days = np.busday_offset(end, np.arange(1 - n, 1), roll="backward")
    volatility = 0.011 * np.exp(0.3 * np.sin(np.arange(n) / 40))
    moves = rng.standard_t(5, n) * volatility * 0.77
    close = np.round(price * np.exp(np.cumsum(moves) - moves.sum()), 1)
    start = np.round(np.concatenate([close[:1], close[:-1]]) * np.exp(rng.normal(0, 0.002, n)), 1)
    reach = np.abs(rng.normal(0, 0.005, (2, n))) * close
    high = np.round(np.maximum(start, close) + reach[0], 1)
    low = np.round(np.minimum(start, close) - reach[1], 1)
    rows = zip(days, start, high, low, close, strict=True)
    return ["date,open,high,low,close,volume", *(f"{d},{o:.1f},{h:.1f},{lo:.1f},{c:.1f},1000" for d, o, h, lo, c in rows)]


def write_made(folder: Path, name: str, **made: object) -> Path:
    file = folder / name
    file.write_text("\n".join(made_lines(**made)) + "\n", encoding="utf-8")  # type: ignore[arg-type]
    return file


def run(*arguments: object) -> Result:
    """The command line in this process; an exception that is no exit would fail the test."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result

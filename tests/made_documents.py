"""Documents of two notes of one made instrument, a few sessions apart; only what a comparison reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

DAYS = [dt.date(2025, 3, 3) + dt.timedelta(days=n) for n in range(12) if (dt.date(2025, 3, 3) + dt.timedelta(days=n)).weekday() < 5]


def bar(close: float, *, high: float | None = None, low: float | None = None) -> tuple[float, float, float, float]:
    """Open, high, low and close of a session that opens where it closes."""
    return close, close + 1 if high is None else high, close - 1 if low is None else low, close


def level(
    name: str, side: str, low: float, high: float, *, role: str = "reference", sources: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A key level."""
    return {"name": name, "side": side, "low": low, "high": high, "role": role, "label": name, "sources": list(sources or (name,))}


def plan(name: str, claim: str, *, side: str = "long", entry: float, stop: float) -> dict[str, Any]:
    """A setup with its chances."""
    chance = {"probability": 0.5, "base_rate": 0.5, "windows": 10}
    return {
        "name": name, "title": f"Plan {name}", "claim": claim, "side": side, "order": "limit", "entry": entry, "stop": stop,
        "fill": chance, "fill_within": 5, "exit_within": 15, "targets": [{"price": 0.0, "chance": chance}],
    }  # fmt: skip


def made_document(bars: list[tuple[float, float, float, float]], **more: Any) -> dict[str, Any]:
    """The note of the last of `bars`, which begin on Monday 3 March 2025."""
    days = DAYS[: len(bars)]
    sigma, upper, lower, sessions = (
        more.pop(k, v) for k, v in (("sigma", 1.0), ("upper", 110.0), ("lower", 90.0), ("sessions", 10))
    )
    claim = f"first of {upper:g} | {lower:g} within {sessions} sessions"
    said = more.pop("said", (0.3, 0.4, 0.3))
    chances = {name: {"probability": p, "base_rate": p} for name, p in zip(("up", "range", "down"), said, strict=True)}
    rows = [{"name": name, "chance": chance, "said": chance["probability"]} for name, chance in chances.items()]
    facts: dict[str, Any] = {"last": bars[-1][3], "atr_14": 2.0} | more.pop("facts", {})
    document: dict[str, Any] = {
        "schema_version": "1",
        "as_of": days[-1].isoformat(),
        "instrument": {"symbol": "MADE", "name": "Made", "short_name": "Made", "kind": "index", "tick": 0.1, "decimals": 1},
        "house": {"thousands": ",", "decimal": "."},
        "facts": {name: {"value": value} for name, value in facts.items()},
        "estimates": {"sigma_pct": {"value": sigma}, "sigma_horizon_pct": {"value": sigma * sessions**0.5}},
        "levels": [],
        "outlook": [],
        "setups": {"plans": [], "best": None},
        "scenarios": {"claim": claim, "sessions": sessions, "upper": upper, "lower": lower, "scenarios": rows},
        "claims": [{"name": "scenario", "claim": claim, "sessions": sessions, "chances": chances}],
        "series": {"dates": [day.isoformat() for day in days]}
        | {name: [row[k] for row in bars] for k, name in enumerate(("open", "high", "low", "close"))},
        "provenance": {"timeframe": "1d", "frame": "as given", "provisional": None},
    }  # fmt: skip
    return document | more

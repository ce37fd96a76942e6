"""The note's prices as a table for machines: key levels, scenario prices, plans."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from levelhead.render.words import plain
from levelhead.wire.document import Document

COLUMNS = ("kind", "name", "side", "role", "low", "high", "points", "atr", "touches", "age", "label", "sources")
_DISTANCE_DECIMALS = 6
"""Distances are differences of floats; what lies beyond these decimals is noise."""


def to_levels_csv(document: Document) -> str:
    """One row for each price, kinds 'level', 'scenario' and 'plan'; plain numbers, empty where there is none.

    low and high are the two ends of a zone, equal for a single price. points and atr: signed distance from the last price.
    sources: names of facts, separated by ';'. Rows end in a newline; text that a spreadsheet would run as a formula is quoted.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for row in (*_levels(document), *_scenarios(document), *_plans(document)):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _levels(document: Document) -> Iterator[dict[str, Any]]:
    for level in document["levels"]:
        row = {name: level[name] for name in COLUMNS if name in level}
        yield {**row, "kind": "level", "sources": ";".join(level["sources"])}


def _scenarios(document: Document) -> Iterator[dict[str, Any]]:
    table = document["scenarios"]
    if table is None:
        return
    for side in ("upper", "lower"):
        yield _price(
            document, f"scenario.{side}", table[side], kind="scenario", role="trigger", label=f"{side} price of the scenarios"
        )
    for scenario in table["scenarios"]:
        name = f"scenario.{scenario['name']}"
        row = _price(
            document, name, scenario["target_low"], kind="scenario", role="target", label=f"target of '{scenario['name']}'"
        )
        yield row | {"high": scenario["target_high"], "points": None, "atr": None}


def _plans(document: Document) -> Iterator[dict[str, Any]]:
    table = document["setups"]
    for plan in table["plans"] if table is not None else ():
        title = plain(plan["title"], document)
        prices = {"entry": plan["entry"], "stop": plan["stop"]}
        prices |= {f"target_{i}": target["price"] for i, target in enumerate(plan["targets"], start=1)}
        for role, price in prices.items():
            name = f"setup.{plan['name']}.{role}"
            yield _price(document, name, price, kind="plan", side=plan["side"], role=role.partition("_")[0], label=title)


def _price(document: Document, name: str, price: float, **more: str) -> dict[str, Any]:
    """A row of one price, with its distances from the last price where the note has them."""
    last, atr = (_number(document["facts"], fact) for fact in ("last", "atr_14"))
    points = None if last is None else price - last
    return {
        "name": name,
        "low": price,
        "high": price,
        "points": points,
        "atr": points / atr if points is not None and atr else None,
        **more,
    }


def _number(facts: Mapping[str, Any], name: str) -> float | None:
    return facts[name]["value"] if name in facts else None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(round(value, _DISTANCE_DECIMALS) + 0.0)
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

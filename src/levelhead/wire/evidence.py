"""Evidence as JSON and back: one canonical form."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from levelhead.domain.errors import BadSettings
from levelhead.domain.evidence import Evidence, Measure, Tried
from levelhead.wire.document import canonical

SCHEMA = "1"
DIGITS = 7  # of a kept number: more differ between processors


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """The evidence as plain JSON values, its numbers to seven significant digits."""
    document: dict[str, Any] = _rounded(asdict(evidence))
    return {"schema": SCHEMA, **document, "first": str(evidence.first), "last": str(evidence.last)}


def evidence_json(evidence: Evidence) -> str:
    """Canonical JSON: the same evidence, the same bytes."""
    return canonical(evidence_document(evidence))


def read_evidence(text: str, *, where: str = "the evidence") -> Evidence:
    """The evidence in `text`. Raises BadSettings where it is none, or of another schema version."""
    try:
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise BadSettings(f"{where}: schema {document['schema']!r}, this version reads {SCHEMA!r}; gather it again.")
        return Evidence(
            symbol=str(document["symbol"]),
            timeframe=str(document["timeframe"]),
            first=dt.date.fromisoformat(document["first"]),
            last=dt.date.fromisoformat(document["last"]),
            bars=int(document["bars"]),
            digest=str(document["digest"]),
            draws={family: int(count) for family, count in document["draws"].items()},
            tests={family: int(count) for family, count in document["tests"].items()},
            tried=tuple(_tried(each) for each in document["tried"]),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadSettings(
            f"{where} is no evidence ({type(error).__name__}: {error}); give what levelhead evidence wrote."
        ) from None


def _tried(each: Mapping[str, Any]) -> Tried:
    if each["family"] not in ("event", "level") or each["side"] not in ("bullish", "bearish", ""):
        raise ValueError(f"family {each['family']!r}, side {each['side']!r}")
    measures = tuple(
        Measure(name=str(m["name"]), **{key: _number(m[key], key) for key in ("value", "low", "high", "base", "placebo", "spread")})
        for m in each["measures"]
    )
    counts = {key: int(each[key]) for key in ("sessions", "happened", "cases", "independent", "days")}
    return Tried(
        family=each["family"],
        kind=str(each["kind"]),
        side=each["side"],
        called=str(each["called"]),
        **counts,
        measures=measures,
        p=_number(each["p"], "p"),
        corrected=_number(each["corrected"], "corrected"),
    )


def _number(value: object, name: str) -> Any:
    """A float, or None where it may be unknown."""
    if value is None and name not in ("value", "placebo", "spread"):
        return None
    return float(value)  # type: ignore[arg-type]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value

"""The claims of somebody's note as documents of the ledger: the author's own, and the same claims as levelhead prices them.

Of the note they hold the hash, where each statement stands, and its figures; its words only where they are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from levelhead.domain.bars import Bars
from levelhead.wire.document import Document

if TYPE_CHECKING:
    from levelhead.domain.claim import Chance, PricedClaim
    from levelhead.review.claims import Interpretation
    from levelhead.review.interpreted import Interpreted
    from levelhead.review.said import OthersNote

FORM = "levelhead claims of a note 1"
OURS = "levelhead"
LEANS = {1.0: "bullish", 0.5: "cautiously bullish", 0.0: "neutral", -0.5: "cautiously bearish", -1.0: "bearish"}

Prices = Mapping[str, "PricedClaim"]


def claims_source(author: str) -> str:
    """What the ledger names as the source of levelhead's prices of an author's claims."""
    return f"the claims of {author}"


def priced(interpretation: Interpretation, bars: Bars) -> dict[str, PricedClaim]:
    """The claims by name, each with its chances and base rates on the bars up to the note's day; what cannot be priced is absent.

    bars: up to that day, at the price the note was written at. Raises NotYetKnown where they are too few for a forecast.
    """
    from levelhead.claims.parse import parse_claim
    from levelhead.domain.errors import BadClaim
    from levelhead.doors.shipped import usual_beside
    from levelhead.forecast.base_rates import Pasts
    from levelhead.forecast.forecast import make_forecast
    from levelhead.forecast.price import price_claim

    if not interpretation.claims:
        return {}
    sessions = max(each.sessions for each in interpretation.claims)
    forecast = make_forecast(bars, sessions=sessions, beside=usual_beside())
    pasts, by_text, found = Pasts(bars), {}, {}
    for each in interpretation.claims:
        try:
            if each.claim not in by_text:
                by_text[each.claim] = price_claim(parse_claim(each.claim), forecast, bars, pasts=pasts)
        except BadClaim:
            continue
        found[each.name] = by_text[each.claim]
    return found


def author_document(
    note: OthersNote, interpretation: Interpretation, prices: Prices, bars: Bars, *, name: str, keep_text: bool = False
) -> Document:
    """What the author said: every claim under each reading with her probability, where she gives one, and its base rate beside.

    Her levels and biases are there once more as what they are, so that they are settled as those of any note.
    """
    claims = interpretation.claims
    split = next((each for each in claims if each.number == 0), None)
    plans = [each for each in claims if each.part == "setup" and each.name == f"setup.{each.number}" and _is_plan(each)]
    rest = [each for each in claims if each is not split and each not in plans]
    return {
        **_common(note, interpretation, bars, name=name, keep_text=keep_text),
        "scenarios": None if split is None else _table(split, prices.get(split.name), own=True),
        "setups": {"plans": [{"name": str(each.number), "claim": each.claim} for each in plans]},
        "claims": [_row(each, _chances(prices.get(each.name), own=each.chances)) for each in rest],
        "outlook": _biases(note),
        "levels": _levels(note, interpretation.last),
    }


def our_document(note: OthersNote, interpretation: Interpretation, prices: Prices, bars: Bars, *, name: str) -> Document:
    """The same claims under the same names, with levelhead's probabilities."""
    split = next((each for each in interpretation.claims if each.number == 0), None)
    rest = [each for each in interpretation.claims if each is not split and each.name in prices]
    has_split = split is not None and split.name in prices
    return {
        **_common(note, interpretation, bars, name=name, keep_text=False),
        "scenarios": _table(split, prices[split.name], own=False) if has_split and split is not None else None,
        "claims": [_row(each, _chances(prices[each.name])) for each in rest],
    }


def _common(note: OthersNote, interpretation: Interpretation, bars: Bars, *, name: str, keep_text: bool) -> Document:
    from importlib.metadata import version

    from levelhead.review.document import Lines, source_of

    lines = Lines(note.text)
    provisional = {"price": interpretation.last, "at": None, "range_as_given": False} if interpretation.is_during else None
    return {
        "schema_version": FORM,
        "as_of": bars.as_of.isoformat(),
        "last": interpretation.last,
        "facts": {"last": {"value": interpretation.last, "unit": "price"}},
        "instrument": asdict(bars.instrument),
        "provenance": {
            "timeframe": bars.timeframe,
            "digest": bars.digest(),
            "version": version("levelhead"),
            "frame": bars.frame,
            "provisional": provisional,
        },
        "review": {
            "source": asdict(source_of(note.text, name, keep_text=keep_text)) | {"remarks": list(note.text.remarks)},
            "interpreted": [_interpreted(each, lines.place(each.span)) for each in interpretation.claims],
            "left_out": [
                {"part": each.part, "place": asdict(lines.place(each.span)), "why": each.why} for each in interpretation.left_out
            ],
        },
    }


def _interpreted(each: Interpreted, place: Any) -> Document:
    return {
        "name": each.name,
        "part": each.part,
        "number": each.number,
        "reading": each.reading,
        "claim": each.claim,
        "chances": dict(each.chances),
        "assumed": list(each.assumed),
        "place": asdict(place),
    }


def _is_plan(each: Interpreted) -> bool:
    return each.claim.startswith(("long ", "short "))


def _row(each: Interpreted, chances: Document) -> Document:
    row: Document = {"name": each.name, "claim": each.claim, "sessions": each.sessions, "chances": chances}
    return row | {"from": "the next session"} if each.from_next else row


def _table(split: Interpreted, found: PricedClaim | None, *, own: bool) -> Document:
    """The scenario table. own: with the author's figures, else with levelhead's."""
    rows = []
    for way, said in split.chances.items():
        chance = None if found is None else found.chances.get(way)
        known = _chance(chance, None if own else chance)
        rows.append({"name": way, "chance": known} | ({"said": said} if own else {}))
    return {"claim": split.claim, "sessions": split.sessions, "scenarios": rows}


def _chances(found: PricedClaim | None, own: Mapping[str, float] | None = None) -> Document:
    """The chances of each outcome: the author's where `own` is given, levelhead's where it is None; base rates beside either."""
    said = {} if own is None else own
    names = dict.fromkeys([*said, *(found.chances if found is not None else ())])
    chances = {}
    for name in names:
        known = None if found is None else found.chances.get(name)
        chances[name] = _chance(known, known if own is None else None)
        if name in said:
            chances[name]["probability"] = said[name]
        elif len(said) == 1 and name == "false":
            chances[name]["probability"] = round(1 - sum(said.values()), 10)
    return chances


def _chance(past: Chance | None, said: Chance | None) -> Document:
    found: Document = {"base_rate": None if past is None else past.base_rate, "windows": 0 if past is None else past.windows}
    return found if said is None else found | {"probability": said.probability, "error": said.error}


def _biases(note: OthersNote) -> list[Document]:
    """The biases under the names of their horizons, each once."""
    from levelhead.review.interpreted import USUAL_SESSIONS
    from levelhead.review.level_claims import HORIZONS

    rows: dict[str, Document] = {}
    for number, each in enumerate(note.biases, 1):
        horizon = each.horizon or "stated"
        sessions = each.sessions or HORIZONS.get(each.horizon) or note.horizon or USUAL_SESSIONS
        lean = min(LEANS, key=lambda known: abs(known - each.lean))
        name = horizon if horizon not in rows else f"{horizon}-{number}"
        rows[name] = {"name": name, "sessions": min(sessions, 252), "bias": LEANS[lean]}
    return list(rows.values())


def _levels(note: OthersNote, last: float) -> list[Document]:
    """The supports below and the resistances above the price, each zone once."""
    from levelhead.review.level_claims import is_on_its_side

    rows: dict[tuple[str, float, float], Document] = {}
    for each in note.levels:
        key = (each.side, each.price.low, each.price.high)
        if each.side in ("support", "resistance") and is_on_its_side(each, last) and key not in rows:
            count = sum(1 for side, _, _ in rows if side == each.side) + 1
            name = f"{'s' if each.side == 'support' else 'r'}{count}"
            rows[key] = {"name": name, "side": each.side, "low": each.price.low, "high": each.price.high}
    return list(rows.values())[:MOST_LEVELS]


MOST_LEVELS = 100
__all__: Sequence[str] = ("author_document", "claims_source", "our_document", "priced")

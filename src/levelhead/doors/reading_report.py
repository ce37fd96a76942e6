"""What `levelhead read` prints for a person: everything a note says, how sure the reading is, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from levelhead.doors.safe_words import safe, table
from levelhead.review.proposals import PROPOSED
from levelhead.wire.document import Document

SAID = 38  # characters of the note's own words in a row


def reading_text(document: Document, width: int) -> str:
    """The reading for a terminal; `document` as `review.document.reading_document` gives it."""
    parts = [_head(document)]
    for title, rows in (
        ("Indicators", [_indicator(row) for row in document["indicators"]]),
        ("Levels", [_level(row) for row in document["levels"]]),
        ("Scenarios", [_scenario(row) for row in document["scenarios"]]),
        ("Setups", [_setup(row) for row in document["setups"]]),
        ("Biases", [_bias(row) for row in document["biases"]]),
        ("Statements", [_statement(row) for row in document["statements"]]),
    ):
        if rows:
            parts.append([title, *table(rows, _widths(width))])
    parts.append(_not_understood(document["not_understood"], width))
    return "\n\n".join("\n".join(part) for part in parts)


def _widths(width: int) -> tuple[int, ...]:
    left = width - 1 - 8 - 7 - 5 * 2
    first = min(22, left // 4)
    rest = left - first
    return 1, first, rest * 55 // 100, rest - rest * 55 // 100, 8, 7


def _row(what: str, how: str, words: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    place = row["place"]
    sure = "proposed" if row["sure"] == PROPOSED else f"{row['sure']:.1f}"
    return "", what, how, f"'{safe(words, 2 * SAID)}'" if words else "", sure, f"{place['line']}:{place['column']}"


def _head(document: Document) -> list[str]:
    source, others = document["source"], document["instruments"][1:]
    about = document["symbol"] or "no instrument that is known"
    lines = [f"{safe(document['title']) or 'A note without a title'}"]
    lines.append(f"  about      {about}" + (f", and speaks of {', '.join(others)}" if others else ""))
    printed = f", printed '{safe(document['date_words'], 40)}'" if document["date_words"] else ""
    lines.append(f"  date       {document['date'] or 'none is printed'}{printed}")
    for number, fit in enumerate(document["fits"]):
        lines.append(f"  {'' if number else 'fits':<9}  {fit['date']}: {safe(fit['why'])}")
    lines.append(f"  author     {safe(document['author']) or 'not named'}")
    stated = f"{document['horizon']} sessions" if document["horizon"] else "not stated; 12 sessions count where one is needed"
    lines.append(f"  horizon    {stated}")
    lines.append(
        f"  source     {safe(source['name'], 60)}: {source['form']}, {source['characters']:,} characters, {source['digest'][:19]}"
    )
    return [*lines, *(f"  remark     {safe(remark)}" for remark in source["remarks"])]


def _indicator(row: Mapping[str, Any]) -> tuple[str, ...]:
    slope = f", {row['slope']}" if row["slope"] else ""
    return _row(row["name"], f"{money(row['value'])}{slope}", row["words"], row)


def _level(row: Mapping[str, Any]) -> tuple[str, ...]:
    kind = row["name"] or ("" if row["kind"] == "level" else row["kind"])
    how = ", ".join(part for part in (money(row["price"]), kind, row["role"]) if part)
    return _row(row["side"] or "level", how, row["label"], row)


def _scenario(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [probability(row)]
    for name, label in (("trigger", "by"), ("zone", "within"), ("target", "to")):
        if row[name]:
            how = f" ({row['trigger_how']})" if name == "trigger" and row["trigger_how"] else ""
            parts.append(f"{label} {money(row[name])}{how}")
    parts.append(row["conditional"] and f"if: {safe(row['conditional'], SAID)}")
    parts.append(f"{row['sessions']} sessions" if row["sessions"] else "")
    return _row(row["direction"] or "no direction", ", ".join(part for part in parts if part), row["title"], row)


def _setup(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [f"entry {money(row['entry'])}", f"stop {money(row['stop'])}" if row["stop"] else "no stop"]
    parts.append(f"target {' and '.join(money(target) for target in row['targets'])}" if row["targets"] else "no target")
    parts.append(f"{row['sessions']} sessions" if row["sessions"] else "")
    return _row(f"{row['side']} {row['order']}".strip(), ", ".join(part for part in parts if part), row["label"], row)


def _bias(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [f"lean {row['lean']:+.1f}", f"{row['sessions']} sessions" if row["sessions"] else ""]
    parts.append(f"changes at {money(row['change_at'])}" if row["change_at"] else "")
    return _row(row["horizon"] or "no horizon", ", ".join(part for part in parts if part), row["bias"], row)


def _statement(row: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [*row["names"], *(f"{number:,.10g}" for number in row["numbers"]), f"since {row['since']}" if row["since"] else ""]
    return _row(row["kind"], ", ".join(part for part in parts if part), row["text"], row)


def _not_understood(rows: Sequence[Mapping[str, Any]], width: int) -> list[str]:
    if not rows:
        return ["Everything with a number in it was understood."]
    cells = [("", f"{r['place']['line']}:{r['place']['column']}", f"'{safe(r['text'], 160)}'", r["why"]) for r in rows]
    rest = width - 1 - 8 - 3 * 2
    return ["Not understood", *table(cells, (1, 8, rest * 3 // 5, rest - rest * 3 // 5))]


def probability(row: Mapping[str, Any]) -> str:
    """'50%', '60-65%', the note's words where it gives no number, or 'no probability'."""
    found = row["probability"]
    if not found:
        return f"'{safe(row['probability_words'], SAID)}'" if row["probability_words"] else "no probability"
    low, high = found
    return f"{100 * low:.4g}%" if low == high else f"{100 * low:.4g}-{100 * high:.4g}%"


def money(value: Mapping[str, Any]) -> str:
    """'2,350', '~2,350', '2,350–2,360', '7,100+'."""
    low, high = value["low"], value["high"]
    ends = f"{low:,.10g}" if low == high else f"{low:,.10g}–{high:,.10g}"
    after = {"up": "+", "down": " and below"}.get(value["open_ended"], "")
    return f"{'~' if value['approximate'] else ''}{ends}{after}"

"""What changed from one note to the next, in sentences and for a terminal. Reads the changes' document; computes nothing."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from levelhead.render.numbers import long_date, number, printed, quoting_in
from levelhead.wire.document import Document

Row = Mapping[str, Any]
PARTS = (("price", "price"), ("volatility", "volatility"), ("time", "time"), ("levels", "new prices"), ("rest", "rest"))
EXPLAINED = (
    "In points of probability. 'Then and now' is the earlier note's claim with the time it has left; 'the tables' are what each "
    "note said of its own prices; 'new prices' are those the later table stands between. The parts are those of a random walk "
    "without drift, each the mean over every order in which they may change; the rest is the model's."
)
HAPPENED = {
    "broken": "was broken",
    "reclaimed": "was broken and reclaimed",
    "tested": "was tested and held",
    "gone": "is no longer on the map",
}
BECAME = {
    "filled": "was filled on {on} and is open",
    "target": "reached its target on {on}, {r}",
    "stop": "was stopped on {on}, {r}",
    "expired": "was closed on {on}, {r}",
    "unfilled": "was not filled in time",
    "kept": "still waits for its entry",
    "cancelled": "was not filled and is withdrawn",
    "undecided": "cannot be decided from daily bars",
    "new": "is new",
}
MOST = 4  # levels named in a note's short section, of each sort
WORTH_SAYING = 0.01  # a part of a probability below one point goes unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed since an earlier note, beside the note and no part of it: the note's own document does not know of it."""

    since: dt.date
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        """The heading of the section."""
        return f"What changed since {long_date(self.since)}"


class Said:
    """Numbers as the later note prints them."""

    def __init__(self, note: Document) -> None:
        self._house = note["house"]
        self._quoting = quoting_in(note)

    def price(self, value: float, *styles: str) -> str:
        """A price on the instrument's grid."""
        return printed(value, "price", house=self._house, quoting=self._quoting, styles=styles)

    def zone(self, row: Row) -> str:
        """A price, or two with a dash between."""
        low, high = self.price(row["low"]), self.price(row["high"])
        return low if low == high else f"{low}–{high}"

    def share(self, value: float) -> str:
        """A probability in per cent."""
        return printed(value, "probability", house=self._house, styles=("0",))

    def points(self, value: float) -> str:
        """A difference of probabilities, in points with a sign; '0' where it rounds to none."""
        return number(100.0 * value, 0, house=self._house, signed=True)

    def per_cent(self, value: float) -> str:
        """A volatility."""
        return printed(value, "per cent", house=self._house, styles=("2",))

    def result(self, row: Row) -> str:
        """A setup's result in R."""
        low, high = (printed(row[name], "R", house=self._house) for name in ("result_low", "result_high"))
        return low if low == high else f"between {low} and {high}"


def changes_sentences(changes: Document, note: Document) -> list[str]:
    """A note's short section: what a reader of the earlier note should know first. `note`: the later one's document."""
    say = Said(note)
    parts = (_levels(changes, say, most=MOST), _scenarios(changes, say), _setups(changes, say), _biases(changes, say))
    return [_price(changes, say), *(sentence for part in parts for sentence in part)]


def changes_text(changes: Document, note: Document, width: int = 100) -> str:
    """Everything that changed, for a terminal, in lines of at most `width` characters."""
    say = Said(note)
    head = f"{changes['symbol']}: what changed from {_day(changes['before'])} to {_day(changes['after'])}"
    sections = (
        ("", [_price(changes, say)]),
        ("Levels", list(_levels(changes, say, most=len(changes["levels"])))),
        ("Probabilities", list(_scenarios(changes, say))),
        ("Setups", list(_setups(changes, say))),
        ("Bias", list(_biases(changes, say))),
    )
    blocks = [head]
    for title, sentences in sections:
        lines = [line for text in sentences for line in textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="    ")]
        if title == "Probabilities":
            table = _table(changes, say)
            lines += [*table, *textwrap.wrap(EXPLAINED, width, initial_indent="  ", subsequent_indent="  ")] if table else []
        if lines:
            blocks.append("\n".join([*([title] if title else []), *lines]))
    return "\n\n".join(blocks) + "\n"


def _price(changes: Row, say: Said) -> str:
    before, after = changes["price_before"], changes["price_after"]
    moved = after - before - changes["gap"]
    way = "rose" if moved > 0 else "fell" if moved < 0 else "stands where it stood"
    by = f" {say.price(abs(moved))} points" if moved else ""
    rolled = f", {say.price(changes['gap'])} of the difference being the roll's" if changes["gap"] else ""
    passed = changes["passed"]
    took = f" in {passed} session{'' if passed == 1 else 's'}" if passed else ""
    text = f"{changes['symbol']} {way}{by}{took}, from {say.price(before)} to {say.price(after)}{rolled}"
    if changes["volatility_before"] is None or changes["volatility_after"] is None:
        return text + "."
    was, now = say.per_cent(changes["volatility_before"]), say.per_cent(changes["volatility_after"])
    return text + (f"; one session's volatility is forecast at {now}" + ("." if was == now else f", after {was}."))


def _levels(changes: Row, say: Said, *, most: int) -> Iterator[str]:
    for change in ("broken", "reclaimed", "turned", "tested", "new", "gone"):
        rows = [row for row in changes["levels"] if row["change"] == change]
        nearest = sorted(rows, key=lambda row: abs(row["low"] + row["high"] - 2 * changes["price_after"]))[:most]
        yield from (_level(row, say) for row in nearest)
        if len(rows) > len(nearest):
            left = len(rows) - len(nearest)
            yield f"{left} more level{'' if left == 1 else 's'} further off {_HAVE[change]}."
    for row in changes["averages"]:
        yield f"Price is {row['side']} the {row['name'].removeprefix('sma_')}-day average now, at {say.price(row['value'])}."
    if changes["passed"] is None:
        yield "The later note's chart does not reach back to the earlier one: what was tested in between is not said."


_HAVE = {
    "broken": "broke",
    "reclaimed": "broke and were reclaimed",
    "turned": "changed sides",
    "tested": "were tested and held",
    "new": "are new",
    "gone": "are no longer on the map",
}


def _level(row: Row, say: Said) -> str:
    side, zone, label = row["side"].capitalize(), say.zone(row), row["label"]
    if row["change"] == "new":
        return f"New {row['side']} at {zone} ({label}), {row['role']}."
    if row["change"] == "turned":
        beyond = "below" if row["side"] == "resistance" else "above"
        return f"{side} at {zone} ({label}) lies {beyond} the price now, not yet by two closes."
    role = "" if row["was"] in ("", "reference", "extension", "immediate", "structural") else f", the {row['was']} level then,"
    role = role.replace("the line in the sand level", "the line in the sand")
    return f"{side} at {zone} ({label}){role} {HAPPENED[row['change']]}."


def _scenarios(changes: Row, say: Said) -> Iterator[str]:
    """What became of the earlier scenarios, then how the table moved."""
    own = [row for row in changes["chances"] if row["about"] == "claim" and row["name"] == "scenario"]
    for row in own:
        if row["settled_on"] is not None:
            is_range = row["outcome"] == "range"
            what = (
                "Neither price of the earlier table traded in time"
                if is_range
                else f"The earlier {row['outcome']} scenario came true"
            )
            yield f"{what}, on {_day(row['settled_on'])}; the earlier note had given that {say.share(row['before'])}."
    alive = [row for row in own if row["settled_on"] is None]
    if alive:
        rows = ", ".join(
            f"{row['outcome']} {say.share(row['before'])} then and about {say.share(row['after'])} now" for row in alive
        )
        yield f"The earlier claim, {alive[0]['claim']}, is still open: {rows}."
    table = [row for row in changes["chances"] if row["about"] == "table"]
    if table:
        rows = ", ".join(f"{row['outcome']} {say.share(row['after'])} after {say.share(row['before'])}" for row in table)
        largest = max(table, key=lambda row: abs(row["after"] - row["before"]))
        yield f"The table now: {rows}.{_why(largest, say)}"


def _why(row: Row, say: Said) -> str:
    told = [f"{name} {say.points(row['parts'][key])}" for key, name in PARTS if abs(row["parts"][key]) >= WORTH_SAYING]
    if not told or abs(row["after"] - row["before"]) < WORTH_SAYING:
        return ""
    return f" {row['outcome'].capitalize()} moved by {say.points(row['after'] - row['before'])} points: {', '.join(told)}."


def _table(changes: Row, say: Said) -> list[str]:
    """One line for each probability, with the parts of its change."""
    rows = [row for row in changes["chances"] if row["parts"] is not None]
    if not rows:
        return []
    names = [f"{'then and now' if row['about'] == 'claim' else 'the tables'}: {row['name']}, {row['outcome']}" for row in rows]
    left = max(map(len, names))
    heads = ("before", "after", *(name for _, name in PARTS))
    lines = ["", "  " + " " * left + "".join(f"  {head:>{max(len(head), 6)}}" for head in heads)]
    for name, row in zip(names, rows, strict=True):
        cells = (say.share(row["before"]), say.share(row["after"]), *(say.points(row["parts"][key]) for key, _ in PARTS))
        lines.append(f"  {name:<{left}}" + "".join(f"  {c:>{max(len(h), 6)}}" for c, h in zip(cells, heads, strict=True)))
    return lines


def _setups(changes: Row, say: Said) -> Iterator[str]:
    for row in changes["setups"]:
        on = "" if row["on"] is None else _day(row["on"])
        result = "result unknown" if row["result_low"] is None else say.result(row)
        became = BECAME[row["change"]].format(on=on, r=result)
        plan = f"{row['side']} at {say.price(row['entry'])}, stop {say.price(row['stop'])}"
        yield f"The {plan}, {became}."


def _biases(changes: Row, say: Said) -> Iterator[str]:
    for row in changes["biases"]:
        if row["before"] != row["after"]:
            turns = "" if row["change_at_after"] is None else f"; a close at {say.price(row['change_at_after'])} would change it"
            yield f"The {row['name'].replace(' term', '-term')} bias is {row['after']}, after {row['before']}{turns}."


def _day(text: str) -> str:
    return long_date(dt.date.fromisoformat(text))

"""What `levelhead data roll` prints: a roll table, and roll rules side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from levelhead.domain.bars import Bars
from levelhead.domain.roll import Adjustment, ExpectedRoll, Roll

if TYPE_CHECKING:
    from levelhead.market.roll_comparison import RuleResult

FRAMES: dict[Adjustment, str] = {"none": "as traded", "difference": "by difference", "ratio": "by ratio"}


def roll_lines(bars: Bars) -> list[str]:
    """The roll table of a series, one line a roll, headed by what it was made from."""
    points = bars.instrument.quoting.price
    head = f"{bars.instrument.symbol}: {bars.feed}, {len(bars):,} bars from {bars.first} to {bars.as_of}, {len(bars.rolls)} rolls"
    rows = [("date", "from", "to", "gap", "error", "factor", "known on", "how")]
    rows += [
        (
            str(roll.date),
            roll.from_contract,
            roll.to_contract,
            points(roll.gap, signed=True),
            "" if roll.gap_error is None else points(roll.gap_error),
            f"{roll.factor:.6f}",
            str(roll.seen),
            f"estimated: {roll.method}" if roll.estimated else roll.method,
        )
        for roll in bars.rolls
    ]
    return [head, "", *in_columns(rows, right=(3, 4, 5))]


def calendar_lines(bars: Bars, expected: Sequence[ExpectedRoll]) -> list[str]:
    """What the calendar says of the rolls of a series, one line a roll; their gaps are not known."""
    head = f"{bars.instrument.symbol}: {bars.feed}, {len(bars):,} bars from {bars.first} to {bars.as_of}, {len(expected)} expiries"
    rows = [
        ("between", "and", "from", "to", "gap"),
        *((str(e.first), str(e.last), e.from_contract, e.to_contract, "unknown") for e in expected),
    ]
    ways = "Give --reference SYM=FILE, an index or fund that moves with it, to have dates and gaps estimated."
    return [head, "", *in_columns(rows), "", ways]


def comparison_lines(results: Sequence[RuleResult], apart: int) -> list[str]:
    """Rules side by side: each expiry's roll date and gap under each rule, then the averages that they move."""
    digits = results[0].bars.instrument.decimals
    names = [str(result.rule) for result in results]
    lines = [f"{number}  {name}" for number, name in enumerate(names, 1)]
    lines += ["", "Roll date and gap under each rule"]
    rows = [("from", "to", *(str(number) for number in range(1, len(results) + 1)))]
    deepest = max(results, key=lambda result: len(result.bars.rolls)).bars.rolls
    for at, roll in enumerate(deepest):
        cells = [_cell(result.bars.rolls, at, digits) for result in results]
        rows.append((roll.from_contract, roll.to_contract, *cells))
    lines += in_columns(rows)
    last = results[0].bars.as_of
    lines += [
        "",
        f"The rules quote different contracts on {apart} days.",
        "",
        f"Averages on {last}; in brackets less those of rule 1",
    ]
    rows = [("frame", "average", *(str(number) for number in range(1, len(results) + 1)))]
    for how, called in FRAMES.items():
        for n in results[0].averages[how]:
            rows.append((called, f"{n}-day", *_moved([result.averages[how].get(n) for result in results], digits)))
    return [*lines, *in_columns(rows)]


def in_columns(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Rows of cells as lines of one width a column."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.rjust(widths[i]) if i in right else cell.ljust(widths[i]) for i, cell in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
    return lines


def _cell(rolls: Sequence[Roll], at: int, digits: int) -> str:
    return f"{rolls[at].date} {rolls[at].gap:+,.{digits}f}" if at < len(rolls) else "not reached"


def _moved(values: Sequence[float | None], digits: int) -> list[str]:
    first = values[0]
    shown = []
    for value in values:
        if value is None:
            shown.append("not known")
        elif first is None or value is first:
            shown.append(f"{value:,.{digits}f}")
        else:
            shown.append(f"{value:,.{digits}f} ({value - first:+,.{digits + 1}f})")
    return shown

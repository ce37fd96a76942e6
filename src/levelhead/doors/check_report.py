"""What `levelhead data check` prints: findings, the comparison with a reference, the repair; as text and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from levelhead.domain.bars import Bars
from levelhead.domain.finding import Finding

if TYPE_CHECKING:
    from levelhead.market.compare import Comparison, Difference
    from levelhead.market.repair import Repaired

WIDTH = 110
DAYS_SHOWN = 20
SEGMENTS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report:
    """All that a check found. theirs, comparison: with a reference only; repaired, repaired_to: when a repair was asked for."""

    bars: Bars
    findings: tuple[Finding, ...]
    theirs: Bars | None = None
    comparison: Comparison | None = None
    repaired: Repaired | None = None
    repaired_to: tuple[str, str] | None = None

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found but remarks."""
        return all(finding.severity == "remark" for finding in self.findings)


def report_text(report: Report, *, whole: bool) -> str:
    """The report for a person; whole: all days and segments instead of the first."""
    bars = report.bars
    lines = [f"{bars.feed}: {bars.instrument.symbol} ({bars.instrument.name}), {len(bars):,} bars, {bars.first} to {bars.as_of}"]
    if report.comparison is not None:
        lines += _comparison(report, whole=whole)
    lines += ["", *_findings(report.findings)]
    if report.repaired is not None and report.repaired_to is not None:
        lines += ["", *_repair(report)]
    return "\n".join(lines)


def report_json(report: Report) -> str:
    """The report for a machine: the findings, the comparison day by day, the changes of a repair."""
    bars, comparison = report.bars, report.comparison
    document: dict[str, Any] = {
        "feed": bars.feed,
        "symbol": bars.instrument.symbol,
        "bars": len(bars),
        "first": bars.first,
        "last": bars.as_of,
        "digest": bars.digest(),
        "clean": report.is_clean,
        "findings": [asdict(finding) for finding in report.findings],
    }
    if comparison is not None and report.theirs is not None:
        document["against"] = {
            "feed": report.theirs.feed,
            "digest": report.theirs.digest(),
            "first": comparison.first,
            "last": comparison.last,
            "days": len(comparison.alignment.dates),
            "relation": comparison.alignment.relation,
            "adjusted": comparison.adjusted,
            "segments": [asdict(each) for each in comparison.segments],
            "differences": [asdict(each) for each in comparison.differences],
            "only_ours": list(comparison.only_ours),
            "only_theirs": list(comparison.only_theirs),
            "settlements": None if comparison.settlements is None else asdict(comparison.settlements),
            "rolls_later": comparison.later,
            "moved": [asdict(each) for each in comparison.moved],
        }
    if report.repaired is not None and report.repaired_to is not None:
        document["repair"] = {
            "file": report.repaired_to[0],
            "changes_file": report.repaired_to[1],
            "changes": len(report.repaired.changes),
            "by_reason": _reasons(report.repaired),
        }
    return json.dumps(document, default=str, indent=2, allow_nan=False)


def _findings(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return ["Nothing was found."]
    rows = []
    for finding in findings:
        head = f"  {finding.severity:<8} {finding.kind.replace('_', ' '):<18} {finding.count:>6,}  "
        rows += textwrap.wrap(finding.text, WIDTH, initial_indent=head, subsequent_indent=" " * len(head))
    return ["Findings", f"  {'':<8} {'what':<18} {'bars':>6}", *rows]


def _comparison(report: Report, *, whole: bool) -> list[str]:
    comparison, theirs = report.comparison, report.theirs
    assert comparison is not None
    assert theirs is not None
    days = len(comparison.alignment.dates)
    lines = [
        f"{theirs.feed}: the reference, {len(theirs):,} bars, {theirs.first} to {theirs.as_of}; {days:,} days in common, "
        f"{comparison.first} to {comparison.last}",
        "",
        *_segments(comparison, whole=whole),
        "",
        *_kinds(comparison),
    ]
    if comparison.differences:
        lines += ["", *_days(comparison.differences, whole=whole)]
    if comparison.moved:
        lines += ["", *_moved(comparison)]
    return lines


def _segments(comparison: Comparison, *, whole: bool) -> list[str]:
    segments = comparison.segments
    shown = segments if whole else segments[:SEGMENTS_SHOWN]
    relation = comparison.alignment.relation
    head = f"How the feeds stand to each other: a constant {'ratio and offset together' if relation == 'both' else relation}"
    rows = [f"  {s.first}  {s.last}  {s.days:>6,}  {round(s.offset, 2) + 0.0:>+12,.2f}  {s.factor:>9.5f}" for s in shown]
    table = [f"  {'from':<10}  {'to':<10}  {'days':>6}  {'points':>12}  {'ratio':>9}", *rows]
    return [head, *table, *_more(len(segments) - len(shown), "segments")]


def _kinds(comparison: Comparison) -> list[str]:
    import numpy as np

    from levelhead.market.compare import WHYS

    rows = []
    for why in WHYS:
        days = [day for day in comparison.differences if day.why == why]
        if days:
            worst = max(days, key=lambda day: abs(day.points))
            median = float(np.median([abs(day.bp) for day in days]))
            rows.append(f"  {why:<18} {len(days):>5,}  {median:>10.1f}  {abs(worst.points):>12,.2f}  {worst.date}")
    agree = len(comparison.alignment.dates) - len(comparison.differences)
    head = f"Days that differ: {len(comparison.differences):,}; {agree:,} agree within {_tolerance(comparison)} points"
    if not rows:
        return [head]
    return [head, f"  {'why':<18} {'days':>5}  {'median bp':>10}  {'most points':>12}  {'on':<10}", *rows]


def _tolerance(comparison: Comparison) -> str:
    return f"{float(comparison.alignment.tolerance[-1]):.4g}"


def _days(days: Sequence[Difference], *, whole: bool) -> list[str]:
    shown = days if whole else days[-DAYS_SHOWN:]
    rows = []
    for day in shown:
        ticks = f"{day.ticks:>+9,.1f}" if day.ticks is not None else f"{'-':>9}"
        widest = f"{day.column} {day.column_points:+,.2f}"
        rows.append(f"  {day.date}  {day.points:>+10,.2f}  {day.bp:>+8.1f}  {ticks}  {widest:<16}  {day.why}")
    head = f"  {'date':<10}  {'points':>10}  {'bp':>8}  {'ticks':>9}  {'most':<16}  why"
    which = "" if len(shown) == len(days) else f", the last {len(shown)} of {len(days):,} (--all shows every one)"
    return [f"Closes, ours less the reference's{which}", head, *rows]


def _moved(comparison: Comparison) -> list[str]:
    rows = [
        f"  {m.name:<8}  {m.ours:>12,.2f}  {m.theirs:>12,.2f}  {m.moved:>+9,.2f}  {m.worst:>+9,.2f}  {m.worst_on}"
        for m in comparison.moved
    ]
    head = f"  {'':<8}  {'ours':>12}  {'reference':>12}  {'moved':>9}  {'worst':>9}  on"
    return [f"What that moves: on {comparison.last}, and at worst in the 252 common days to it", head, *rows]


def _repair(report: Report) -> list[str]:
    assert report.repaired is not None
    assert report.repaired_to is not None
    file, side = report.repaired_to
    reasons = ", ".join(f"{count:,} {why}" for why, count in _reasons(report.repaired).items()) or "nothing"
    text = f"Repaired: {reasons}. {len(report.repaired.bars):,} bars are in {file}; {side} lists what each changed row was."
    return textwrap.wrap(text, WIDTH)


def _reasons(repaired: Repaired) -> dict[str, int]:
    counts: dict[str, int] = {}
    for change in repaired.changes:
        counts[change.why] = counts.get(change.why, 0) + 1
    return counts


def _more(count: int, what: str) -> Iterable[str]:
    return [f"  and {count:,} more {what} (--all shows every one)"] if count > 0 else []

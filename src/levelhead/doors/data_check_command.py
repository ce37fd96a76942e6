"""levelhead data check: what is wrong with bars, alone or beside a reference, and what a reference can put right."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import clock
from levelhead.doors.exit_codes import FINDINGS
from levelhead.doors.shape import Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.finding import Finding
    from levelhead.domain.sessions import SessionTable
    from levelhead.market.compare import Comparison
    from levelhead.market.repair import Repaired

EXAMPLES = """\b
Examples:
  levelhead data check rty.csv
  levelhead data check free.csv --symbol RTY --against paid.csv
  levelhead data check free.csv --symbol RTY --against paid.csv --repair mended.csv
  levelhead data check RTY --against stooq
  levelhead data check es_5m.csv.gz --timeframe 1d --against es.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("bars")
@shape_options
@click.option("--symbol", help="Whose bars a file holds. Default: the name of the file up to the first '_', '-' or '.'.")
@click.option("--source", metavar="NAME", help="Which of the kept bars of a symbol. Default: the instrument's own source.")
@click.option("--against", metavar="FILE", help="Another feed's bars: a file, or another source that is kept.")
@click.option("--tolerance", type=click.FloatRange(min=0), metavar="POINTS", help="How far prices may differ. Default: one tick.")
@click.option("--repair", "out", type=click.Path(path_type=Path), metavar="OUT.csv", help="Write the corrected bars to a new file.")
@click.option(
    "--instruments",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A TOML file that describes further instruments.",
)
@click.option("--all", "whole", is_flag=True, help="Show every day and segment.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(
    bars: str,
    shape: Shape,
    symbol: str | None,
    source: str | None,
    against: str | None,
    tolerance: float | None,
    out: Path | None,
    instruments: Path | None,
    whole: bool,
    as_json: bool,
) -> None:
    """Find what is wrong with the bars in BARS, a file or a symbol whose bars are kept.

    Impossible rows, strays and gaps, copied and frozen bars, settlements printed as closes, splits, a bar that is still
    forming. With --against also where two feeds differ, why, and which averages and RSI that moves. --repair writes the rows
    that the reference can put right to OUT.csv, and what they were to OUT.changes.csv; the originals stay as they are.

    Exit code 0: clean; 1: something was found; 2: a file cannot be read.
    """
    from levelhead.domain.errors import BadSettings
    from levelhead.doors.check_report import Report, report_json, report_text
    from levelhead.doors.checked_bars import checked_bars, reference_bars
    from levelhead.doors.note_command import house_file
    from levelhead.market.compare import compare
    from levelhead.market.repair import repair
    from levelhead.market.sessions import session_table

    if against is None and (out is not None or tolerance is not None):
        raise BadSettings(f"{'--repair' if out else '--tolerance'} needs a reference; give --against FILE.")
    described = house_file(None, instruments).instruments
    ours = shaped(checked_bars(bars, symbol=symbol, source=source, described=described, zone=shape.zone), shape)
    sessions = session_table(ours.instrument.calendar)
    theirs = None if against is None else shaped(reference_bars(against, ours, zone=shape.zone), shape)
    if theirs is not None and (ours.timeframe, theirs.timeframe) != ("1d", "1d"):
        raise BadSettings(f"{ours.timeframe} and {theirs.timeframe} bars are not laid side by side; give --timeframe 1d.")
    comparison = None if theirs is None else compare(ours, theirs, sessions, tolerance=tolerance)
    repaired = written = None
    if out is not None and theirs is not None and against is not None:
        repaired = repair(ours, theirs, sessions, tolerance=tolerance)
        written = _written(repaired, out, (Path(bars), Path(against)))
    report = Report(
        bars=ours,
        findings=_findings(ours, theirs, comparison, sessions),
        theirs=theirs,
        comparison=comparison,
        repaired=repaired,
        repaired_to=written,
    )
    click.echo(report_json(report) if as_json else report_text(report, whole=whole))
    if not report.is_clean:
        raise click.exceptions.Exit(FINDINGS)


def _findings(bars: Bars, theirs: Bars | None, comparison: Comparison | None, sessions: SessionTable | None) -> tuple[Finding, ...]:
    """What is wrong: impossible rows first, then what is improbable, then what the reference shows."""
    from levelhead.market.compare_words import comparison_findings
    from levelhead.market.faults import forming_bar, suspected_settlements
    from levelhead.market.timeframe_quality import check_any_bars

    found = [*bars.left_out, *bars.remarks, *check_any_bars(bars, sessions)]
    if bars.timeframe != "1d":
        return tuple(found)
    if theirs is not None and comparison is not None:
        # what the reference knows of an expiry needs no suspicion
        later = suspected_settlements(bars, sessions, after=comparison.last)
        found = [finding for finding in found if finding.kind != "expiry_settlement"] + ([] if later is None else [later])
        found += comparison_findings(bars, theirs, comparison, sessions)
    forming = forming_bar(bars, sessions, clock.now())
    return (*found, *([] if forming is None else [forming]))


def _written(repaired: Repaired, out: Path, inputs: tuple[Path, Path]) -> tuple[str, str]:
    """Writes the repaired bars and, beside them, what was changed. Raises BadSettings where another file stands there."""
    from levelhead.domain.errors import BadSettings
    from levelhead.market.bars_csv import bars_csv
    from levelhead.market.repair import side_file

    side = out.with_name(f"{out.stem}.changes.csv")
    texts = {out: bars_csv(repaired.bars), side: side_file(repaired.changes)}
    for place, text in texts.items():
        if any(each.exists() and place.exists() and place.samefile(each) for each in inputs):
            raise BadSettings(f"--repair {place} is one of the files that are read; the original is kept, so give another name.")
        if place.exists() and (not place.is_file() or place.read_bytes() != text.encode()):
            raise BadSettings(f"{place} stands there already with other contents; give --repair a new name.")
    for place, text in texts.items():
        _write_whole(place, text)
    return str(out), str(side)


def _write_whole(place: Path, text: str) -> None:
    """The file appears whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        Path(beside).chmod(0o644)
        Path(beside).replace(place)
    finally:
        Path(beside).unlink(missing_ok=True)

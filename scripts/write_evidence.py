"""Writes the measured part of docs/evidence.md: what evidence says of RTY, ES and SPY.

    .venv/bin/python scripts/write_evidence.py [--data ../shared/data] [--out docs/evidence.md]

Needs the real bars that lie beside the repository (rty, rut, es_adj, spy).
"""

from __future__ import annotations

from pathlib import Path

import click

from levelhead.domain.evidence import LEAST_CASES, Evidence
from levelhead.doors.rolling import Rolling, rolled_bars
from levelhead.evaluate.event_evidence import HORIZONS
from levelhead.evaluate.evidence import evidence_of
from levelhead.market.files import read_bars
from levelhead.market.instruments import find_instrument
from levelhead.market.sessions import session_table
from levelhead.render.evidence import HEADS, TITLES, markdown_table, rows, words

ROOT = Path(__file__).resolve().parents[1]
FILES = {"RTY": "rty.csv", "ES": "es_adj.csv", "SPY": "spy.csv"}
MOST = 10
WELL_KNOWN = (
    *(("cross.golden", "bullish"), ("cross.death", "bearish"), ("candle.doji", ""), ("candle.inside", ""), ("squeeze", "")),
    *(
        (kind, side)
        for kind in ("rsi.signal_crossed", "macd.signal_crossed", "divergence.regular")
        for side in ("bullish", "bearish")
    ),
    *((f"candle.{kind}", side) for kind in ("two_day_engulfing", "harami") for side in ("bullish", "bearish")),
    *(("candle.hammer", "bullish"), ("candle.shooting_star", "bearish"), ("candle.hanging_man", "bearish")),
    *(("rsi.recovered", "bullish"), ("rsi.fell_back", "bearish"), ("sma_50.held", "bullish"), ("volume.distribution", "bearish")),
    *((f"sma_{n}.{kind}", side) for n in (50, 200) for kind, side in (("reclaimed", "bullish"), ("lost", "bearish"))),
    *(("breakout.up", "bullish"), ("breakout.down", "bearish"), ("line.broken", "bullish"), ("line.broken", "bearish")),
    *(("pattern.double_top", "bearish"), ("pattern.double_bottom", "bullish"), ("gap.up", "bullish"), ("gap.down", "bearish")),
)

MARK = "<!-- measured -->"


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), default=ROOT.parent / "shared" / "data", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=ROOT / "docs" / "evidence.md", show_default=True)
def main(data: Path, out: Path) -> None:
    """Gather the evidence of the three and write it below the page's mark."""
    said, mark, _ = out.read_text(encoding="utf-8").partition(MARK)
    parts = [f"{said}{mark}\n"]
    for symbol, file in FILES.items():
        bars = read_bars(data / file, find_instrument(symbol))
        if symbol == "RTY":  # as traded: its rolls are found by the index, and gaps of theirs are no moves
            bars = rolled_bars(symbol, Rolling(reference=("RUT", data / "rut.csv")), lambda given=bars: given)
        found = evidence_of(bars, sessions=session_table(bars.instrument.calendar))
        parts.append(section(found))
        click.echo("\n".join(words(found)))
    out.write_text("\n".join(parts), encoding="utf-8")


def section(evidence: Evidence) -> str:
    """What was found of one instrument."""
    known = [row for kind, side in WELL_KNOWN for row in rows(evidence, "event", only=(kind, side, HORIZONS[-1]))]
    first, *more = words(evidence)
    return "\n".join(
        [
            f"## {evidence.symbol}, {evidence.first} to {evidence.last}",
            "",
            f"{first} {' '.join(more)}",
            "",
            f"Well-known signs, {HORIZONS[-1]} sessions, as far as there are {LEAST_CASES} cases:",
            "",
            markdown_table(HEADS["event"], known),
            "",
            f"The {MOST} that came nearest to standing out:",
            "",
            markdown_table(HEADS["event"], rows(evidence, "event")[:MOST]),
            "",
            f"{TITLES['level']}:",
            "",
            markdown_table(HEADS["level"], rows(evidence, "level")),
            "",
        ]
    )


if __name__ == "__main__":
    main()

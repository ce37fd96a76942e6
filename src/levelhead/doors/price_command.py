"""levelhead price: what a claim about the coming sessions is worth."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.note_command import house_file
from levelhead.doors.options import as_of_option, bars_options
from levelhead.doors.shape import Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.config import Descriptions
    from levelhead.domain.bars import Bars
    from levelhead.domain.claim import PricedClaim

ENDINGS = (".csv", ".csv.gz", ".parquet")
EXAMPLES = """\b
A claim is one of
  first of UPPER | LOWER within N sessions
  touch PRICE within N sessions
  close above PRICE at N sessions                    (or below)
  long limit PRICE stop PRICE target PRICE, PRICE fill within N exit within N
                                                     (or short; or stop for limit)

\b
Examples:
  levelhead price IXIC "first of 6900 | 6300 within 12 sessions" --source sample
  levelhead price RTY "touch 2455 within 12 sessions" --bars rty.csv --as-of 2025-11-24
  levelhead price RTY "long limit 2003 stop 1990 target 2100 fill within 5 exit within 15" --bars rty.csv
  levelhead price --questions questions.csv --bars-dir bars --out answers.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("symbol", required=False)
@click.argument("claim", required=False)
@bars_options
@shape_options
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print the priced claim as JSON.")
@click.option("--questions", type=click.Path(path_type=Path), metavar="FILE", help="A CSV of splits, priced in one go.")
@click.option("--bars-dir", type=click.Path(path_type=Path), metavar="DIR", help="With --questions: the folder of SYMBOL.csv.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="With --questions: the CSV to write.")
def price(
    symbol: str | None,
    claim: str | None,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    as_of: dt.date | None,
    as_json: bool,
    questions: Path | None,
    bars_dir: Path | None,
    out: Path | None,
) -> None:
    """Price CLAIM on SYMBOL: probability, its error, and its base rate."""
    if questions is not None:
        if bars_dir is None or out is None:
            raise click.UsageError("--questions needs --bars-dir DIR, where the bars are, and --out FILE, where answers go.")
        _batch(questions, bars_dir, out, house_file(None, instruments).instruments, shape, quarantine=quarantine)
        return
    if symbol is None or claim is None:
        raise click.UsageError('Give a symbol and a claim, such as RTY "touch 2455 within 12 sessions", or --questions FILE.')

    from levelhead.doors.material import load, seen_on
    from levelhead.doors.pricing import priced

    described = house_file(None, instruments).instruments
    progress.step(f"reading the bars of {symbol.upper()}")
    own = load(symbol.upper(), file=bars, source=source, described=described, quarantine=quarantine, as_of=as_of, shape=shape)
    seen, said = seen_on(own, as_of)
    seen = shaped(seen, shape)
    for sentence in said:
        progress.say(sentence)
    progress.step("pricing")
    answer = priced([claim], seen)[0]
    progress.step("")
    click.echo(as_document(answer) if as_json else in_words(answer, own.instrument.symbol, seen.as_of, seen.timeframe))


def as_document(priced: PricedClaim) -> str:
    """The priced claim as JSON, keys sorted."""
    import json
    from dataclasses import asdict

    return json.dumps(asdict(priced), sort_keys=True, indent=2)


def in_words(priced: PricedClaim, symbol: str, as_of: dt.date, timeframe: str = "1d") -> str:
    """The priced claim for a person: a line for each outcome, then how it is settled."""
    counted = "days" if timeframe == "1d" else "starts"
    lines = [f"{symbol} {as_of}: {priced.claim}"]
    for outcome, chance in priced.chances.items():
        base = (
            f"base rate {chance.base_rate:.1%} of {chance.base_count:,} {counted}"
            if chance.base_rate is not None
            else "no base rate yet"
        )
        lines.append(f"  {outcome:9}{chance.probability:6.1%}  +- {chance.error:.1%}   {base}")
    lines.append(f"  {priced.rule}")
    if priced.undecided:
        lines.append(f"  {priced.undecided:.2%} of {priced.paths:,} paths cannot be decided and are left out.")
    if timeframe != "1d":
        lines.append(f"  On {timeframe} bars: what the claim calls a session is one such bar.")
    lines.append("  Uncalibrated: no record of how such claims came out is kept yet.")
    return "\n".join(lines)


def _batch(questions: Path, bars_dir: Path, out: Path, described: Descriptions, shape: Shape, *, quarantine: bool) -> None:
    from levelhead.domain.errors import UnreadableFile
    from levelhead.doors.material import load
    from levelhead.forecast.questions import price_questions

    def bars_of(symbol: str) -> Bars:
        found = next((file for ending in ENDINGS if (file := bars_dir / f"{symbol}{ending}").exists()), None)
        if found is None:
            raise UnreadableFile(f"{bars_dir} holds no {symbol}.csv; put its daily bars there.")
        return shaped(load(symbol, file=found, source=None, described=described, quarantine=quarantine, shape=shape), shape)

    count = price_questions(
        questions, out, read_bars=bars_of, progress=lambda done, of: progress.step(f"{done:,} of {of:,} priced")
    )
    progress.say(f"{count:,} questions priced into {out}.")

"""levelhead price: what a claim about the coming sessions is worth."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress
from levelhead.doors.forecast_options import Asked, forecast_options
from levelhead.doors.note_command import Peers, gathered, house_file
from levelhead.doors.options import as_of_option, bars_options, peers_option
from levelhead.doors.rolling import UNROLLED, Rolling, rolling_options
from levelhead.doors.shape import Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.config import HouseFile
    from levelhead.domain.bars import Bars
    from levelhead.domain.claim import PricedClaim
    from levelhead.forecast.pooling import Pool

ENDINGS = (".csv", ".csv.gz", ".parquet")
EXAMPLES = """\b
A claim is one of
  first of UPPER | LOWER within N sessions
  touch PRICE within N sessions
  close above PRICE at N sessions                    (or below)
  long limit PRICE stop PRICE target PRICE, PRICE fill within N exit within N
                                                     (or short; or stop for limit)
or events, joined by and, or, not and given, each with its own window:
  touch PRICE, trade through PRICE                   then, before another step
  N closes above PRICE                               (or below)
  stay in PRICE..PRICE                               (by close)
  MEASURE crosses above MEASURE                      (or above, below, crosses below)
within N sessions, at N sessions, or by DATE. docs/claims.md has it all.

\b
Examples:
  levelhead price IXIC "first of 6900 | 6300 within 12 sessions" --source sample
  levelhead price RTY "touch 2455 within 12 sessions" --bars rty.csv --as-of 2025-11-24
  levelhead price RTY "long limit 2003 stop 1990 target 2100 fill within 5 exit within 15" --bars rty.csv
  levelhead price RTY "touch 2455 within 12 sessions" --bars rty.csv --peer RUT=rut.csv
  levelhead price RTY "touch 2455 within 12 sessions" --bars rty.csv --implied vix.csv --donor IWM=iwm.csv
  levelhead price RTY "touch 2415 then 2 closes above sma_50 before touch 2350 within 12 sessions" --bars rty.csv
  levelhead price RTY "touch 2310 within 12 sessions given close below 2350 within 12 sessions" --bars rty.csv
  levelhead price --questions questions.csv --bars-dir bars --out answers.csv
"""
BATCH_PATHS = 4_000  # of each question where --paths does not say: an error of 0.8 points at most


@click.command(epilog=EXAMPLES)
@click.argument("symbol", required=False)
@click.argument("claim", required=False)
@bars_options
@shape_options
@peers_option
@rolling_options
@forecast_options
@as_of_option
@click.option("--json", "as_json", is_flag=True, help="Print the priced claim as JSON.")
@click.option("--questions", type=click.Path(path_type=Path), metavar="FILE", help="A CSV of splits, priced in one go.")
@click.option("--bars-dir", type=click.Path(path_type=Path), metavar="DIR", help="With --questions: the folder of SYMBOL.csv.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="With --questions: the CSV to write.")
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="With --questions: processes. Default: one for each core.")
def price(
    symbol: str | None,
    claim: str | None,
    bars: Path | None,
    source: str | None,
    instruments: Path | None,
    quarantine: bool,
    shape: Shape,
    peers: Peers,
    rolling: Rolling,
    asked: Asked,
    as_of: dt.date | None,
    as_json: bool,
    questions: Path | None,
    bars_dir: Path | None,
    out: Path | None,
    workers: int | None,
) -> None:
    """Price CLAIM on SYMBOL: probability, its error, and its base rate.

    A --peer on the same thing as a continuous future shows its rolls, so that their gaps are in no return and no base rate.
    """
    if questions is not None:
        if bars_dir is None or out is None:
            raise click.UsageError("--questions needs --bars-dir DIR, where the bars are, and --out FILE, where answers go.")
        if rolling != UNROLLED or any(file is None for _, file in peers):
            raise click.UsageError(
                "With --questions rolls are found by --peer SYM=FILE alone; leave the other options of rolls out."
            )
        _batch(questions, bars_dir, out, house_file(None, instruments), shape, peers, asked, workers, quarantine=quarantine)
        return
    if symbol is None or claim is None:
        raise click.UsageError('Give a symbol and a claim, such as RTY "touch 2455 within 12 sessions", or --questions FILE.')

    from levelhead.doors.pricing import prices

    house = house_file(None, instruments)
    described = house.instruments
    seen = gathered(
        symbol.upper(), bars, source, peers, house, quarantine=quarantine, rolling=rolling, shape=shape, as_of=as_of
    ).bars
    progress.step("pricing")
    usual = house.settings.forecast if house.settings else None
    told = prices([claim], seen, settings=asked.settings(usual), beside=asked.beside(described))
    answer = told.claims[0]
    progress.step("")
    if as_json:
        click.echo(as_document(answer))
        return
    click.echo(in_words(answer, seen.instrument.symbol, seen.as_of, seen.timeframe, model=told.model, by=told.pools[0]))


def _where_it_counts(priced: PricedClaim) -> str:
    """How likely the claim is where its condition comes true."""
    from levelhead.forecast.price import conditional

    chance = conditional(priced)
    if chance is None:
        return "  The condition comes true on no path."
    base = "no base rate yet" if chance.base_rate is None else f"base rate {chance.base_rate:.1%}"
    return f"  true where the condition comes true: {chance.probability:.1%}  +- {chance.error:.1%}   {base}"


def as_document(priced: PricedClaim) -> str:
    """The priced claim as JSON, keys sorted."""
    import json
    from dataclasses import asdict

    return json.dumps(asdict(priced), sort_keys=True, indent=2)


def in_words(
    priced: PricedClaim, symbol: str, as_of: dt.date, timeframe: str = "1d", *, model: str = "", by: Pool | None = None
) -> str:
    """The priced claim for a person: a line for each outcome, what it adds to the base rate, how it is settled, by what model."""
    from levelhead.forecast.distinguish import distinction_words, distinguish
    from levelhead.forecast.pooling import Pool, pool_words

    counted = "days" if timeframe == "1d" else "starts"
    lines = [f"{symbol} {as_of}: {priced.claim}"]
    if timeframe != "1d":
        lines.append(f"  On {timeframe} bars: each session of this claim is one {timeframe} bar, not a day.")
    for outcome, chance in priced.chances.items():
        base = (
            f"base rate {chance.base_rate:.1%} of {chance.base_count:,} {counted}"
            if chance.base_rate is not None
            else "no base rate yet"
        )
        lines.append(f"  {outcome:9}{chance.probability:6.1%}  +- {chance.error:.1%}   {base}")
    lines.append(f"  {distinction_words(distinguish(priced.chances))}")
    if "void" in priced.chances:
        lines.append(_where_it_counts(priced))
    lines.append(f"  {priced.rule}")
    if priced.undecided:
        lines.append(f"  {priced.undecided:.2%} of {priced.paths:,} paths cannot be decided and are left out.")
    if model:
        lines.append(f"  {model}")
    lines.append(f"  {pool_words('such claims', by or Pool(None, None))}")
    return "\n".join(lines)


def _batch(
    questions: Path,
    bars_dir: Path,
    out: Path,
    house: HouseFile,
    shape: Shape,
    peers: Peers,
    asked: Asked,
    workers: int | None,
    *,
    quarantine: bool,
) -> None:
    import os

    from levelhead.domain.errors import UnreadableFile
    from levelhead.doors.material import load
    from levelhead.forecast.questions import price_questions
    from levelhead.market.roll_knowledge import with_known_rolls
    from levelhead.market.sessions import session_table

    described = house.instruments
    others = [load(name, file=file, source=None, described=described, quarantine=quarantine, shape=shape) for name, file in peers]

    def bars_of(symbol: str) -> Bars:
        found = next((file for ending in ENDINGS if (file := bars_dir / f"{symbol}{ending}").exists()), None)
        if found is None:
            raise UnreadableFile(f"{bars_dir} holds no {symbol}.csv; put its daily bars there.")
        own = load(symbol, file=found, source=None, described=described, quarantine=quarantine, shape=shape)
        if others:  # of each question's day those count that were known then
            own = with_known_rolls(own, others, session_table(own.instrument.calendar), described=described)[0]
        return shaped(own, shape)

    count = price_questions(
        questions,
        out,
        read_bars=bars_of,
        settings=asked.settings(house.settings.forecast if house.settings else None, paths=BATCH_PATHS),
        beside=asked.beside(described),
        workers=workers or os.cpu_count() or 1,
        progress=lambda done, of: progress.step(f"{done:,} of {of:,} priced"),
    )
    progress.say(f"{count:,} questions priced into {out}.")

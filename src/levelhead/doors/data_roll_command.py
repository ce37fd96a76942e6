"""levelhead data roll: contracts to one series, its roll table, roll rules side by side, and rolls found in a given series."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.domain.errors import BadSettings, UnreadableFile
from levelhead.domain.roll import Adjustment
from levelhead.doors.rolling import ADJUSTMENTS, RULES, Rolling, adjusted, rolled_bars
from levelhead.doors.shape import AS_THEY_ARE, Shape, shape_options, shaped

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.market.rolls import RollRule

Descriptions = Mapping[str, Mapping[str, object]]
CONTRACT_FILE = re.compile(r"([A-Z0-9]+?)[FGHJKMNQUVXZ](\d{4}|\d{1,2})\.(csv|txt|tsv|parquet)(\.gz)?", re.IGNORECASE)
EXAMPLES = """\b
Examples:
  levelhead data roll --contracts contracts/ --roll volume
  levelhead data roll --contracts contracts/ --roll days:8 --adjust ratio --out rty.csv
  levelhead data roll --contracts contracts/ --compare volume --compare weekday:mon --compare days:8
  levelhead data roll --contracts contracts/ --timeframe 1w --out rty_weekly.csv
  levelhead data roll --bars rty_tv.csv --reference rut.csv
"""


@click.command(epilog=EXAMPLES)
@click.option("--contracts", type=click.Path(path_type=Path), metavar="DIR", help="A folder of individual contracts.")
@click.option("--bars", type=click.Path(path_type=Path), metavar="FILE", help="A continuous series whose rolls are to be found.")
@click.option("--symbol", help="Whose bars they are. Default: what the names of the files begin with.")
@click.option("--reference", metavar="[SYM=]FILE", help="With --bars: an index or fund that moves with it and does not roll.")
@click.option("--roll", "rule", metavar="RULE", help=f"With --contracts: {RULES}. Default: volume.")
@click.option("--adjust", type=click.Choice(ADJUSTMENTS), default="none", help="Frame of the series written. Default: none.")
@click.option(
    "--compare", "compared", multiple=True, metavar="RULE", help="Show rules side by side; 'usual' stands for all that apply."
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE.csv", help="Write the series, and its table to FILE.rolls.csv."
)
@click.option(
    "--instruments",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A TOML file that describes further instruments.",
)
@shape_options
def roll(
    contracts: Path | None,
    bars: Path | None,
    symbol: str | None,
    reference: str | None,
    rule: str | None,
    adjust: Adjustment,
    compared: tuple[str, ...],
    out: Path | None,
    instruments: Path | None,
    shape: Shape,
) -> None:
    """Join contracts to a continuous series, or find the rolls of one, and show the roll table.

    Without --reference the calendar says between which days a series of --bars rolls; by how much is then unknown. Rolls found
    by --reference are estimated, with a standard error; a roll says on which day it could first be known, and whether its date
    is uncertain. With --out the series and its table are written; `levelhead note RTY --bars FILE.csv --roll-table
    FILE.rolls.csv` reads them back.
    """
    from levelhead.doors.note_command import house_file
    from levelhead.doors.roll_report import roll_lines

    described = house_file(None, instruments).instruments
    if (contracts is None) == (bars is None):
        raise BadSettings("Give either --contracts DIR, to join them, or --bars FILE with --reference, to find its rolls.")
    if compared:
        if contracts is None:
            raise BadSettings("--compare shows what rules make of contracts; give --contracts DIR.")
        if shape != AS_THEY_ARE:
            raise BadSettings("--compare lays rules side by side by the day; leave --timeframe, --hours and --zone out.")
        _compare(contracts, symbol or _root(contracts), compared, described)
        return
    if bars is not None and reference is None:
        if out is not None:
            raise BadSettings(f"Without --reference no roll of {bars} is known, and there is no table to write; leave --out out.")
        click.echo("\n".join(_by_calendar(bars, symbol, described)))
        return
    series = _joined(contracts, symbol, rule, described) if contracts else _found(bars, symbol, reference, described, shape)
    written = shaped(adjusted(series, adjust), Shape(timeframe=shape.timeframe), unfinished="left out")
    click.echo("\n".join(roll_lines(series)))
    if out is not None:
        _write(written, out)


def _joined(contracts: Path, symbol: str | None, rule: str | None, described: Descriptions) -> Bars:
    def none() -> Bars:
        raise AssertionError("contracts are read by themselves")

    return rolled_bars(symbol or _root(contracts), Rolling(contracts=contracts, rule=rule), none, described=described)


def _found(bars: Path | None, symbol: str | None, reference: str | None, described: Descriptions, shape: Shape) -> Bars:
    from levelhead.domain.timeframe import timeframe_of
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument

    assert bars is not None
    assert reference is not None
    name, equals, file = reference.partition("=")
    other = (name.upper(), Path(file)) if equals else (_named(Path(reference)), Path(reference))
    instrument = find_instrument((symbol or _named(bars)).upper(), extra=described)

    def by_the_day() -> Bars:
        given = read_bars(bars, instrument, zone=shape.zone)
        return shaped(given, Shape(timeframe="1d", hours=shape.hours)) if timeframe_of(given.timeframe).is_intraday else given

    return rolled_bars(instrument.symbol, Rolling(reference=other), by_the_day, described=described)


def _by_calendar(bars: Path, symbol: str | None, described: Descriptions) -> list[str]:
    """Between which days the series changed contract: all that bars without a reference show."""
    from levelhead.doors.roll_report import calendar_lines
    from levelhead.market.files import read_bars
    from levelhead.market.instruments import find_instrument
    from levelhead.market.roll_knowledge import expected_rolls
    from levelhead.market.sessions import session_table

    instrument = find_instrument((symbol or _named(bars)).upper(), extra=described)
    series = read_bars(bars, instrument)
    expected = expected_rolls(series, session_table(instrument.calendar))
    if not expected:
        raise BadSettings(
            f"{bars} alone does not show its rolls, and no calendar says when {instrument.symbol} expires within it; give "
            "--reference SYM=FILE, an index or fund that moves with it."
        )
    return calendar_lines(series, expected)


def _compare(contracts: Path, symbol: str, compared: tuple[str, ...], described: Descriptions) -> None:
    from levelhead.doors.roll_report import comparison_lines
    from levelhead.market.contracts import read_contracts
    from levelhead.market.instruments import find_instrument
    from levelhead.market.roll_comparison import compare_rules, days_apart
    from levelhead.market.rolls import parse_rule, rules_to_compare
    from levelhead.market.sessions import session_table

    instrument = find_instrument(symbol.upper(), extra=described)
    sessions = session_table(instrument.calendar)
    found = read_contracts(contracts, instrument, sessions=sessions)
    rules: dict[RollRule, None] = {}
    for text in compared:
        rules |= dict.fromkeys(rules_to_compare(found) if text.lower() == "usual" else (parse_rule(text),))
    results = compare_rules(found, list(rules), sessions=sessions)
    click.echo("\n".join(comparison_lines(results, days_apart(results))))


def _root(contracts: Path) -> str:
    """The symbol that the contracts of a folder share. Raises UnreadableFile where there is none, BadSettings where several."""
    if not contracts.is_dir():
        raise UnreadableFile(f"{contracts} is no folder; give the folder that holds files like RTYZ4.csv and RTYH5.csv.")
    roots = sorted({match[1].upper() for path in contracts.iterdir() if (match := CONTRACT_FILE.fullmatch(path.name))})
    if not roots:
        raise UnreadableFile(f"{contracts} holds no file named by a contract, like RTYZ4.csv; name them so.")
    if len(roots) > 1:
        raise BadSettings(f"{contracts} holds contracts of {', '.join(roots)}; say which with --symbol.")
    return roots[0]


def _named(file: Path) -> str:
    return re.split(r"[_\-.]", file.name)[0].upper()


def _write(series: Bars, out: Path) -> None:
    from levelhead.doors.folder import write_folder
    from levelhead.market.bars_csv import bars_csv
    from levelhead.market.roll_table import roll_table_csv

    table = out.with_name(f"{out.stem}.rolls.csv")
    write_folder(out.parent, {out.name: bars_csv(series), table.name: roll_table_csv(series)})
    frame = "as traded" if series.adjustment == "none" else f"back-adjusted by {series.adjustment}"
    click.echo(f"\n{out}: {len(series):,} bars, {frame}; {table}: {len(series.rolls)} rolls")

"""levelhead data list: what the archive holds."""

from __future__ import annotations

import json

import click

from levelhead.doors import progress
from levelhead.doors.exit_codes import FINDINGS

EXAMPLES = """\b
Examples:
  levelhead data list
  levelhead data list --timeframe 5m
  levelhead data list --verify
  levelhead data list --json
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--timeframe", metavar="TF", help="Only bars of 1d, 1h, 5m, ... Default: all.")
@click.option("--verify", is_flag=True, help="Recompute every hash too; exit code 1 where a segment is damaged or gone.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def list_datasets(timeframe: str | None, verify: bool, as_json: bool) -> None:
    """List what the archive holds: source, symbol, timeframe, first and last bar, and when it was fetched."""
    from levelhead.domain.timeframe import timeframe_of
    from levelhead.doors.home import archive as users_archive

    archive = users_archive()
    wanted = None if timeframe is None else str(timeframe_of(timeframe))
    rows = []
    for held in archive.each_dataset():
        if wanted not in (None, held.timeframe):
            continue
        progress.step(f"reading {held.source} {held.symbol} {held.timeframe}")
        rows.append(held)
    findings = []
    if verify:
        progress.step("recomputing the hashes")
        findings = [finding for finding in archive.verify() if finding.severity == "error"]
    progress.step("")
    if as_json:
        click.echo(json.dumps([_plain(held) for held in rows], indent=2))
    elif rows:
        click.echo("\n".join(_table([list(map(str, _plain(held).values())) for held in rows], list(_plain(rows[0])))))
    else:
        of_it = "nothing yet" if wanted is None else f"no {wanted} bars"
        click.echo(f"The archive {archive.root} holds {of_it}; `levelhead data fetch SYMBOL` fetches bars.")
    for finding in findings:
        progress.say(finding.text)
    if findings or any(held.first is None for held in rows):
        if not verify:
            progress.say("a dataset is damaged; `levelhead data list --verify` names the segments.")
        raise click.exceptions.Exit(FINDINGS)
    if verify and not as_json:
        click.echo("Every segment is what it was when it was written.")


def _plain(held: object) -> dict[str, object]:
    from dataclasses import asdict

    from levelhead.market.archive import Dataset

    assert isinstance(held, Dataset)
    damaged = "damaged"
    return {
        **asdict(held),
        "first": held.first.isoformat() if held.first else damaged,
        "last": held.last.isoformat() if held.last else damaged,
        "fetched_at": held.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _table(rows: list[list[str]], header: list[str]) -> list[str]:
    table = [[name.replace("_", " ") for name in header], *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]

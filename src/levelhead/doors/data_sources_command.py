"""levelhead data sources: where bars can come from."""

from __future__ import annotations

import click

EXAMPLES = """\b
Examples:
  levelhead data sources
  levelhead data sources --timeframe 5m
"""


@click.command(epilog=EXAMPLES)
@click.option("--timeframe", metavar="TF", help="Only sources that deliver bars of 1d, 1h, 5m, ... Default: all.")
def sources(timeframe: str | None) -> None:
    """List the sources of bars: what each brings, in which timeframes, and the key it needs."""
    from levelhead.domain.errors import LevelheadError
    from levelhead.domain.timeframe import timeframe_of
    from levelhead.market.registry import sources as registered

    every = registered()
    width = max(map(len, every), default=0)
    wanted = None if timeframe is None else str(timeframe_of(timeframe))
    said = 0
    for name in every:
        try:
            offer = every[name].offer()
        except LevelheadError as error:
            click.echo(f"{name:<{width}}  {error}")
            continue
        if wanted is not None and wanted not in offer.timeframes:
            continue
        said += 1
        click.echo(f"{name:<{width}}  {offer.what}")
        needs = f"; needs {offer.needs_key}" if offer.needs_key else ""
        click.echo(f"{'':<{width}}  {', '.join(offer.timeframes)}{needs}")
    if not said and wanted is not None:
        click.echo(f"No source delivers {wanted} bars; --timeframe {wanted} of `levelhead note` makes them out of shorter ones.")

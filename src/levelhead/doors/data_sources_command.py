"""levelhead data sources: where bars can come from."""

from __future__ import annotations

import click

EXAMPLES = """\b
Examples:
  levelhead data sources
"""


@click.command(epilog=EXAMPLES)
def sources() -> None:
    """List the sources of bars: what each brings, in which timeframes, and the key it needs."""
    from levelhead.domain.errors import LevelheadError
    from levelhead.market.registry import sources as registered

    every = registered()
    width = max(map(len, every), default=0)
    for name in every:
        try:
            offer = every[name].offer()
        except LevelheadError as error:
            click.echo(f"{name:<{width}}  {error}")
            continue
        click.echo(f"{name:<{width}}  {offer.what}")
        needs = f"; needs {offer.needs_key}" if offer.needs_key else ""
        click.echo(f"{'':<{width}}  {', '.join(offer.timeframes)}{needs}")

"""levelhead scorecard: how good what was said has turned out."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from levelhead.doors import progress
from levelhead.doors.ledger_home import ledger_option, ledger_url
from levelhead.doors.options import Day

if TYPE_CHECKING:
    from levelhead.wire.document import Document

FORMATS = ("text", "json", "html")
WIDEST = 110
EXAMPLES = """\b
Examples:
  levelhead scorecard
  levelhead scorecard --symbol RTY --since 2024-01-01
  levelhead scorecard --kind scenario --author "North Desk" --format json
  levelhead scorecard --format html --out scorecard.html
"""


def _kind(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    from levelhead.ledger.statement import Kind

    kinds = get_args(Kind)
    if value is not None and value not in kinds:
        raise click.BadParameter(f"{value!r} is no kind of statement; there are {', '.join(kinds)}.")
    return value


@click.command(epilog=EXAMPLES)
@click.option("--author", metavar="NAME", help="The notes of this author only.")
@click.option("--symbol", metavar="SYM", help="The notes of this instrument only.")
@click.option("--kind", callback=_kind, metavar="KIND", help="One of scenario, target, outlook, bias, setup, level, claim.")
@click.option("--since", type=Day(), metavar="DATE", help="Notes of this day and later.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: text, or what the name of --out ends in.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there. Default: to stdout.")
@ledger_option
def scorecard(
    author: str | None,
    symbol: str | None,
    kind: str | None,
    since: dt.date | None,
    form: str | None,
    out: Path | None,
    ledger: str | None,
) -> None:
    """Score what the ledger's notes said: proper scores, reliability, results of setups; live and replayed apart."""
    form = form or _form_of(out)
    progress.step("reading the ledger")
    card = _card(ledger, author, None if symbol is None else symbol.upper(), kind, since)
    progress.step("drawing" if form == "html" else "")
    text = _drawn(card, form, width=WIDEST if out else min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST))
    progress.step("")
    if out is None:
        click.echo(text, nl=False)
        return
    out.write_text(text, encoding="utf-8")
    print(f"{out}: {sum(book['notes'] for book in card['books']):,} notes scored.", file=sys.stderr)


def _form_of(out: Path | None) -> str:
    ending = "" if out is None else out.suffix.removeprefix(".").lower()
    if ending not in ("", "txt", *FORMATS):
        raise click.BadParameter(
            f"a scorecard is written as text, json or html, not as .{ending}; say which with --format.", param_hint="'--out'"
        )
    return ending if ending in FORMATS else "text"


def _card(ledger: str | None, author: str | None, symbol: str | None, kind: str | None, since: dt.date | None) -> Document:
    from levelhead.ledger.direct import records
    from levelhead.ledger.scorecard import Asked, scorecard, scorecard_document

    only = {"symbol": symbol, "kind": kind, "since": since}
    record, *others = records(ledger_url(ledger), {"author": author, **only}, *({**whose, **only} for whose in _beside(author)))
    progress.step(f"scoring {len(record):,} statements")
    asked = Asked(author=author or "", symbol=symbol or "", kind=kind or "", since=since)
    return scorecard_document(scorecard(record, asked=asked, beside=next((other for other in others if len(other)), None)))


def _beside(author: str | None) -> list[dict[str, str]]:
    """Whose record is asked for beside that of one author: ours, of the same claims."""
    if author is None:
        return []
    from levelhead.doors.claims_document import OURS, claims_source

    return [] if author == OURS else [{"author": OURS, "source": claims_source(author)}]


def _drawn(card: Document, form: str, *, width: int) -> str:
    """The scorecard in one of the forms."""
    if form == "json":
        from levelhead.wire.document import canonical

        return canonical(card)
    if form == "html":
        from levelhead.render.scorecard_page import scorecard_html

        return scorecard_html(card)
    from levelhead.render.scorecard_text import scorecard_text

    return scorecard_text(card, width)

"""Somebody's note enters the ledger as the claims it makes, and the same claims beside it as levelhead prices them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from levelhead.domain.errors import BadNote, NotYetKnown
from levelhead.doors import progress

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars
    from levelhead.domain.claim import PricedClaim
    from levelhead.doors.others_note import OnBars
    from levelhead.ledger.kept import Published
    from levelhead.ledger.store import Ledger
    from levelhead.review.claims import Interpretation
    from levelhead.review.interpreted import Interpreted
    from levelhead.review.said import OthersNote


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """A note of another author on its way into the ledger. bars: up to its day, at the price it was written at."""

    note: OthersNote
    name: str
    bars: Bars
    on: OnBars
    interpretation: Interpretation
    prices: Mapping[str, PricedClaim]


def interpreted(note: OthersNote, name: str, on: OnBars) -> Theirs:
    """The note's claims and what levelhead makes of them. Raises BadNote where it makes none."""
    from levelhead.doors.claims_document import priced
    from levelhead.review.claims import interpretation_of

    found = interpretation_of(note, on.bars, on.day)
    if not found.claims:
        why = f" ({found.left_out[0].why})" if found.left_out else ""
        raise BadNote(f"{name} says nothing of the future that could be settled{why}; it stays out of the ledger.")
    seen = on.bars.until(on.day)
    if found.is_during:
        seen = seen.with_last(found.last)
    progress.step(f"pricing {len(found.claims)} claims")
    try:
        prices = priced(found, seen)
    except NotYetKnown as error:
        progress.say(f"nothing is priced beside it: {error}")
        prices = {}
    return Theirs(note=note, name=name, bars=seen, on=on, interpretation=found, prices=prices)


def publish_theirs(
    ledger: Ledger, theirs: Theirs, *, author: str, source: str, moment: dt.datetime, keep_text: bool, replayed: bool
) -> tuple[Published, ...]:
    """Keeps the author's claims, and levelhead's prices of them where there are any: both or neither."""
    from levelhead.doors.claims_document import OURS, author_document, claims_source, our_document
    from levelhead.ledger.publishing import draft

    if author.strip() == OURS:
        raise BadNote(f"'{OURS}' prices what others say; a note of another author needs another name in --author.")
    parts = (theirs.note, theirs.interpretation, theirs.prices, theirs.bars)
    own = author_document(*parts, name=theirs.name, keep_text=keep_text)
    drafts = [draft(own, author=author, source=source, sessions=theirs.on.sessions, replayed=replayed)]
    if theirs.prices:
        ours = our_document(*parts, name=theirs.name)
        drafts.append(draft(ours, author=OURS, source=claims_source(author), sessions=theirs.on.sessions, replayed=replayed))
    return ledger.publish_many(drafts, published_at=moment)


def interpretation_text(theirs: Theirs, width: int) -> str:
    """How the note was understood: each statement's claims under each reading, what it says, what levelhead and the past say."""
    from levelhead.doors.safe_words import safe, table

    found, bars = theirs.interpretation, theirs.bars
    last = bars.instrument.quoting.price(found.last)
    lines = [f"{bars.instrument.symbol} at {last} on {bars.as_of}: what the note says, as claims"]
    rest = width - 4 - 3 * 6 - 4 * 2
    widths = (2, rest * 2 // 5, rest - rest * 2 // 5, 6, 6, 6)
    lines += table([("", "statement", "claim", "says", "levelh", "base")], widths)
    statement = ""
    for each in found.claims:
        head = each.name.split("/")[0]
        if head != statement:
            lines += table([("", f"{head}: {safe(each.said, 90)}", "", "", "", "")], (2, width - 40, 4, 4, 4, 4))
        statement = head
        lines += table(
            [("", f"  {each.reading or 'as it says'}", each.claim, *_figures(each, theirs.prices.get(each.name)))], widths
        )
    for sentence in dict.fromkeys(sentence for each in found.claims for sentence in each.assumed):
        lines += table([("*", safe(sentence))], (2, width - 4))
    for left in found.left_out:
        lines += table([("-", f"{left.part}: {safe(left.said, 60)}: {safe(left.why)}")], (2, width - 4))
    return "\n".join(lines)


def _figures(each: Interpreted, found: PricedClaim | None) -> tuple[str, str, str]:
    """Of the outcome that the note means: what it says, what levelhead says, how often it was so; where a condition comes true."""
    from levelhead.forecast.price import conditional

    outcome = "up" if each.number == 0 else "target" if found is not None and "target" in found.chances else "true"
    chance = None if found is None else conditional(found) if "void" in found.chances else found.chances.get(outcome)
    said = each.chances.get(outcome)
    base = None if chance is None else chance.base_rate
    return (
        "" if said is None else f"{100 * said:.4g}%",
        "" if chance is None else f"{chance.probability:.0%}",
        "" if base is None else f"{base:.0%}",
    )


def is_theirs(place: str) -> bool:
    """Whether a file is a note in words, and not a note.json or the folder of one."""
    path = Path(place)
    if path.is_dir() or path.suffix.lower() == ".json":
        return False
    try:
        with path.open("rb") as file:
            return not file.read(4096).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    except OSError:
        return False

"""Which column is which: a dialect is found by its names, never by a flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from levelhead.domain.errors import UnreadableFile

PRICES = ("open", "high", "low", "close")
NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "datetime", "time", "timestamp"),  # the first that stands there: Stooq has <DATE> and <TIME>
    "open": ("open",),
    "high": ("high",),
    "low": ("low",),
    "close": ("close",),
    "volume": ("volume", "vol"),
    "symbol": ("symbol", "ticker"),
    "open_interest": ("open_interest", "openinterest", "open interest", "open int", "openint", "oi"),
}


def find_columns(header: Sequence[str], feed: str) -> dict[str, int]:
    """Where date, open, high, low, close, volume, symbol and open interest stand; the last three may be absent.

    Names count without case, blanks and the angle brackets of Stooq. Raises UnreadableFile where a needed column is absent,
    or stands twice (a file of several tickers) other than behind the bar's own columns, as TradingView puts indicators.
    """
    names = [cell.strip().strip("<>").lower() for cell in header]
    found: dict[str, int] = {}
    for column, aliases in NAMES.items():
        alias = next((alias for alias in aliases if alias in names), None)
        if alias is None:
            continue
        found[column] = names.index(alias)
        if names.count(alias) > 1 and names[0] != "time":
            raise UnreadableFile(f"{feed} has {names.count(alias)} columns named {alias!r}; give a file of one instrument.")
    missing = [column for column in ("date", *PRICES) if column not in found]
    if missing:
        raise UnreadableFile(_no_such_columns(header, missing, feed))
    return found


def _no_such_columns(header: Sequence[str], missing: Sequence[str], feed: str) -> str:
    shown = [printable(cell.strip()[:30]) for cell in header[:12]]
    if any(cell[:1].isdigit() for cell in shown) and not any(cell[:1].isalpha() for cell in shown):
        return f"{feed} has no header: its first line is {','.join(shown)!r}. Put date,open,high,low,close,volume above it."
    more = f" and {len(header) - 12} more" if len(header) > 12 else ""
    return (
        f"{feed} has no column {' or '.join(missing)}: its columns are {', '.join(shown)}{more}. "
        "Needed are date (or time), open, high, low and close; volume if it is known."
    )


def printable(text: str) -> str:
    """Without what moves a terminal's cursor or cannot be seen: a file's own words may stand in a sentence."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)

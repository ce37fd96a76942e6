"""Which instruments are known, and how a user adds one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from levelhead.domain.errors import BadInstrument
from levelhead.domain.instrument import Instrument, Kind
from levelhead.market.sessions import CALENDARS

Descriptions = Mapping[str, Mapping[str, object]]

FEEDS = "feeds"  # a table of a description, { yahoo = "RTY=F" }: how each source spells the symbol, the default source first
FOLLOWS = "follows"  # the symbol of the index that a future or a fund is on; its rolls are told from that
_KEYS = (*(f.name for f in fields(Instrument) if f.name != "symbol"), FEEDS, FOLLOWS)
_BESIDE = {FEEDS, FOLLOWS}  # keys that say something about the symbol and nothing of the instrument
_NUMBERS = {"tick", "point_value", "commission"}
_COUNTS = {"decimals", "slippage_ticks"}


def find_instrument(symbol: str, *, extra: Descriptions | None = None) -> Instrument:
    """The instrument of that symbol, upper or lower case; a symbol that nobody described has no tick and no contract.

    extra: the user's own descriptions by symbol, with the keys of `instruments.toml`; they come before ours.
    Raises BadInstrument where a description has an unknown key or an impossible value.
    """
    wanted = symbol.strip()
    for described in (extra or {}, _shipped()):
        for known, description in described.items():
            if known.upper() == wanted.upper():
                return described_instrument(known, description)
    return Instrument.unknown(wanted)


def feeds_of(symbol: str, *, extra: Descriptions | None = None) -> Mapping[str, str]:
    """How each source spells the symbol, by source, the default one first; empty where nobody described it.

    A user's own description that names no feeds leaves ours in place.
    """
    for described in (extra or {}, _shipped()):
        for known, description in described.items():
            if known.upper() == symbol.strip().upper() and isinstance(description, Mapping) and FEEDS in description:
                return _checked_feeds(known, description[FEEDS])
    return {}


def followed_index(symbol: str, *, extra: Descriptions | None = None) -> str | None:
    """The symbol of the index that a future or a fund is on ('RUT' of RTY); None where nobody says.

    A user's own description that names none leaves ours in place.
    """
    for described in (extra or {}, _shipped()):
        for known, description in described.items():
            if known.upper() == symbol.strip().upper() and isinstance(description, Mapping) and FOLLOWS in description:
                return str(_checked(known, FOLLOWS, description[FOLLOWS])).upper()
    return None


def micro_of(instrument: Instrument, *, extra: Descriptions | None = None) -> Instrument | None:
    """The small contract on the same thing (RTY: M2K), None where there is none."""
    return None if instrument.micro is None else find_instrument(instrument.micro, extra=extra)


def known_symbols() -> tuple[str, ...]:
    """The symbols the package describes."""
    return tuple(_shipped())


def described_instrument(symbol: str, description: Mapping[str, object]) -> Instrument:
    """The instrument that a few lines of TOML describe. Only `kind` is needed; `name` is the symbol where it is absent."""
    if not isinstance(description, Mapping):
        raise BadInstrument(f"{symbol}: {description!r} is no description; give a table with the keys {', '.join(_KEYS)}.")
    unknown = sorted(set(description) - set(_KEYS))
    if unknown:
        raise BadInstrument(f"{symbol}: unknown key {unknown[0]!r}; an instrument may have {', '.join(_KEYS)}.")
    _checked_feeds(symbol, description.get(FEEDS, {}))
    _checked(symbol, FOLLOWS, description.get(FOLLOWS, ""))
    values: dict[str, Any] = {key: _checked(symbol, key, value) for key, value in description.items() if key not in _BESIDE}
    values.setdefault("kind", "unknown")
    values.setdefault("name", symbol)
    values.setdefault("short_name", values["name"])
    return Instrument(symbol=symbol, **values)


def _checked(symbol: str, key: str, value: object) -> object:
    if key in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadInstrument(f"{symbol}: {key} = {value!r} is not a number.")
        return float(value)
    if key in _COUNTS:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
            raise BadInstrument(f"{symbol}: {key} = {value!r} is not a whole number from 0 to 10.")
        return value
    if key == "may_be_negative":
        if not isinstance(value, bool):
            raise BadInstrument(f"{symbol}: may_be_negative = {value!r} is neither true nor false.")
        return value
    if not isinstance(value, str):
        raise BadInstrument(f"{symbol}: {key} = {value!r} is not text; put it in quotation marks.")
    if key == "kind" and value not in get_args(Kind):
        raise BadInstrument(f"{symbol}: kind = {value!r} is unknown; give one of {', '.join(get_args(Kind))}.")
    if key == "calendar" and value not in CALENDARS:
        raise BadInstrument(f"{symbol}: calendar = {value!r} is unknown; give one of {', '.join(CALENDARS)}, or leave it out.")
    return value


def _checked_feeds(symbol: str, feeds: object) -> Mapping[str, str]:
    if not isinstance(feeds, Mapping) or not all(isinstance(value, str) and value for value in feeds.values()):
        raise BadInstrument(f'{symbol}: feeds = {feeds!r} is no table of symbols; write feeds = {{ yahoo = "GC=F" }}.')
    return feeds


@cache
def _shipped() -> Descriptions:
    described: Descriptions = tomllib.loads(files("levelhead.market").joinpath("instruments.toml").read_text(encoding="utf-8"))
    return described

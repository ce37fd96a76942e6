"""Reads a house file into the frozen settings of each room.

    [house]            desk, author, disclaimer, thousands, decimal
    [account]          dollars, risk (a share of them: 0.005 is half a per cent)
    [instruments.ZZZ]  an instrument of your own, or another view of a known one
    [reading]          settings of reading/
    [forecast]         settings of forecast/
    [desk]             settings of desk/
    [model]            url, name, seconds of a language model that may propose readings of other people's notes

Every table and every key may be left out; a key that is not known is refused, the nearest known one named.
"""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from levelhead.domain.errors import BadSettings, LevelheadError

if TYPE_CHECKING:
    from levelhead.desk.settings import Account, Settings
    from levelhead.domain.note import House
    from levelhead.review.settings import ModelSettings

Table = Mapping[str, Any]
Descriptions = Mapping[str, Mapping[str, object]]
Value = TypeVar("Value")
TABLES = ("house", "account", "instruments", "reading", "forecast", "desk", "model")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFile:
    """What a house file says; what it does not say is None or empty, and the rooms' own settings hold.

    instruments: descriptions by symbol, as the market room takes them.
    """

    house: House | None = None
    account: Account | None = None
    settings: Settings | None = None
    instruments: Descriptions = field(default_factory=dict)
    model: ModelSettings | None = None


def read_house_file(path: Path) -> HouseFile:
    """The settings in a TOML file.

    Raises BadSettings where it cannot be read, is no TOML, holds an unknown key or a value out of bounds.
    """
    return house_from(_toml(path), where=path.name)


def house_from(document: Table, *, where: str) -> HouseFile:
    """The settings in a document already parsed; `where` names it in errors."""
    from levelhead.desk.settings import Account
    from levelhead.domain.note import House
    from levelhead.review.settings import ModelSettings

    _known(document, TABLES, where)
    for name, table in document.items():
        if not isinstance(table, Mapping):
            raise BadSettings(f"{where}: {name} is {table!r}; write it as a table, [{name}].")
    return HouseFile(
        house=_built(House, document["house"], f"{where} [house]") if "house" in document else None,
        account=_built(Account, document["account"], f"{where} [account]") if "account" in document else None,
        settings=_settings(document, where),
        instruments=_descriptions(document.get("instruments", {}), where),
        model=_built(ModelSettings, document["model"], f"{where} [model]") if "model" in document else None,
    )


def read_instruments(path: Path) -> Descriptions:
    """The instruments of a TOML file by symbol: [SYMBOL] or [instruments.SYMBOL] tables. Raises BadSettings."""
    document = _toml(path)
    tables = document.get("instruments", document)
    if not tables:
        raise BadSettings(f"{path.name} describes no instrument; write a table for each, such as [CL].")
    return _descriptions(tables, path.name)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(f"{path} cannot be read ({error.strerror}); give a TOML file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path.name} is not TOML: {error}. Text needs quotes, tables stand in [brackets].") from None


def _settings(document: Table, where: str) -> Settings | None:
    from levelhead.desk.settings import Settings

    parts = {name: document[name] for name in ("reading", "forecast") if name in document}
    if not parts and "desk" not in document:
        return None
    own = document.get("desk", {})
    nested = {"reading", "forecast"}
    _known(own, [f.name for f in dataclasses.fields(Settings) if f.name not in nested], f"{where} [desk]")
    defaults = Settings()
    rooms = {name: _built(type(getattr(defaults, name)), table, f"{where} [{name}]") for name, table in parts.items()}
    return _built(Settings, {**own, **rooms}, f"{where} [desk]")


def _descriptions(tables: Any, where: str) -> Descriptions:
    """The tables as they stand, their keys checked; the market room turns each into an instrument and checks its values."""
    from levelhead.domain.instrument import Instrument

    if not isinstance(tables, Mapping):
        raise BadSettings(f"{where}: instruments is {tables!r}; write a table for each, such as [instruments.CL].")
    known = [*(f.name for f in dataclasses.fields(Instrument) if f.name != "symbol"), "feeds"]
    for symbol, table in tables.items():
        place = f"{where} [instruments.{symbol}]"
        if not isinstance(table, Mapping):
            raise BadSettings(f"{place} is {table!r}; write it as a table of its own.")
        _known(table, known, place)
    return tables


def _built(kind: type[Value], table: Table, place: str) -> Value:
    from pydantic import TypeAdapter, ValidationError

    _known(table, [f.name for f in dataclasses.fields(kind)], place)  # type: ignore[arg-type]
    try:
        return TypeAdapter(kind).validate_python(dict(table))
    except ValidationError as error:
        fault = error.errors()[0]
        key = ".".join(str(part) for part in fault["loc"]) or "a value"
        raise BadSettings(f"{place}: {key} = {fault['input']!r}: {fault['msg'].lower()}.") from None
    except LevelheadError as error:
        raise BadSettings(f"{place}: {error}") from None


def _known(table: Table, names: Iterable[str], place: str) -> None:
    known = sorted(names)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            advice = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}."
            raise BadSettings(f"{place}: {key!r} is not known; {advice}")

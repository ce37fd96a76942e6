"""levelhead writes a technical-analysis note whose every number can be recomputed and whose every forecast can be scored.

    import levelhead as lh

    bars = lh.sample_bars("IXIC")
    note = lh.compose_note(bars, peers=[lh.sample_bars("SPX")])
    note.facts["sma_50"].value
    lh.price("touch 7000 within 12 sessions", bars)

The names are looked up when they are first used: `import levelhead` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from levelhead.domain.bars import Bars as Bars
    from levelhead.domain.claim import PricedClaim as PricedClaim
    from levelhead.domain.errors import LevelheadError as LevelheadError
    from levelhead.domain.instrument import Instrument as Instrument
    from levelhead.doors.face import Note as Note
    from levelhead.doors.face import check_note as check_note
    from levelhead.doors.face import compose_note as compose_note
    from levelhead.doors.face import gather_evidence as gather_evidence
    from levelhead.doors.face import open_ledger as open_ledger
    from levelhead.doors.face import paths as paths
    from levelhead.doors.face import price as price
    from levelhead.doors.face import price_many as price_many
    from levelhead.doors.face import publish as publish
    from levelhead.doors.face import read_bars as read_bars
    from levelhead.doors.face import read_note as read_note
    from levelhead.doors.face import resample as resample
    from levelhead.doors.face import sample_bars as sample_bars
    from levelhead.evaluate.many_readings import from_readings as from_readings
    from levelhead.kernels.compiled import ask_for_compiled as ask_for_compiled
    from levelhead.reading.walk import readings as readings

    __version__: str

_WHERE = {
    "Bars": "levelhead.domain.bars",
    "PricedClaim": "levelhead.domain.claim",
    "LevelheadError": "levelhead.domain.errors",
    "Instrument": "levelhead.domain.instrument",
    "Note": "levelhead.doors.face",
    "check_note": "levelhead.doors.face",
    "compose_note": "levelhead.doors.face",
    "gather_evidence": "levelhead.doors.face",
    "open_ledger": "levelhead.doors.face",
    "paths": "levelhead.doors.face",
    "price": "levelhead.doors.face",
    "price_many": "levelhead.doors.face",
    "publish": "levelhead.doors.face",
    "read_bars": "levelhead.doors.face",
    "read_note": "levelhead.doors.face",
    "resample": "levelhead.doors.face",
    "sample_bars": "levelhead.doors.face",
    "from_readings": "levelhead.evaluate.many_readings",
    "ask_for_compiled": "levelhead.kernels.compiled",
    "readings": "levelhead.reading.walk",
}
__all__ = [
    "Bars",
    "Instrument",
    "LevelheadError",
    "Note",
    "PricedClaim",
    "__version__",
    "ask_for_compiled",
    "check_note",
    "compose_note",
    "from_readings",
    "gather_evidence",
    "open_ledger",
    "paths",
    "price",
    "price_many",
    "publish",
    "read_bars",
    "read_note",
    "readings",
    "resample",
    "sample_bars",
]


def __getattr__(name: str) -> Any:
    """The public name, from the room it lives in."""
    if name == "__version__":
        from importlib.metadata import version

        return version("levelhead")
    if name not in _WHERE:
        raise AttributeError(f"levelhead has no {name!r}; it has {', '.join(sorted(_WHERE))}.")
    from importlib import import_module

    value = getattr(import_module(_WHERE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

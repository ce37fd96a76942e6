"""The artefacts that the package carries: what pools chances unless others are given."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from levelhead.forecast.artefact import Artefacts
    from levelhead.forecast.beside import Beside

FILE = "artefacts.json"


@cache
def shipped_artefacts() -> Artefacts:
    """Fitted by `levelhead fit` to daily bars up to 2018, as docs/forecast.md says; numbers of our own, no one's prices."""
    from levelhead.forecast.artefact import Artefacts

    return Artefacts.from_json((files("levelhead.forecast") / FILE).read_text(encoding="utf-8"), where=FILE)


def usual_beside() -> Beside:
    """What a forecast is given where nobody asks for anything else."""
    from levelhead.forecast.beside import Beside

    return Beside(artefacts=shipped_artefacts())

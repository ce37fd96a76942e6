"""Which volatility models there are: ours by name, strangers' by the entry point group 'levelhead.volatility'."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points

from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadSettings
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.event_days import with_events
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import VolatilityHistory

GROUP = "levelhead.volatility"
OURS = {
    "har": "levelhead.forecast.har_volatility:har_history",
    "ewma": "levelhead.forecast.garch_volatility:ewma_history",
    "gjr_garch": "levelhead.forecast.garch_volatility:gjr_history",
}

Model = Callable[[Bars, Settings, Beside], VolatilityHistory]


def models() -> tuple[str, ...]:
    """The names of all registered models, ours first."""
    strangers = sorted({point.name for point in entry_points(group=GROUP)} - set(OURS))
    return (*OURS, *strangers)


def model(name: str) -> Model:
    """The model of that name: called with bars, settings and what is beside the bars, it gives their VolatilityHistory.

    A model is a function; tests/forecast/test_volatility_models.py holds every registered one to the same promises. Raises
    BadSettings, with the nearest name, where there is none.
    """
    if name in OURS:
        module, function = OURS[name].split(":")
        found: Model = getattr(import_module(module), function)
        return found
    for point in entry_points(group=GROUP, name=name):
        loaded: Model = point.load()
        return loaded
    near = difflib.get_close_matches(name, models(), n=1, cutoff=0.5)
    advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(models())}."
    raise BadSettings(f"There is no volatility model {name!r}; {advice}")


def volatility_history(bars: Bars, settings: Settings, beside: Beside = NOTHING) -> VolatilityHistory:
    """What the model of the settings knew of volatility at each bar, each row from the past alone.

    Raises BadBars where no log return exists or nothing moves, NotYetKnown with too few bars, BadSettings where there is no such
    model or it cannot use what is beside, MissingPart where it needs a library that is not installed.
    """
    plain = model(settings.model)(bars, settings, beside)
    return plain if beside.events is None else with_events(plain, bars, beside.events, settings)

"""What a desk may choose."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

from levelhead.domain.errors import BadSettings
from levelhead.forecast.settings import Settings as ForecastSettings
from levelhead.reading.settings import Settings as ReadingSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a note is composed.

    scenario_sessions: horizon of the scenario table. nearest_sigma: a scenario price lies at least so many standard
    deviations of the horizon away; least_touch: and is reached with at least this probability. fill_within,
    exit_within: sessions a plan's order stands, and after which it is closed. least_stop_atr: no stop nearer than
    this. stop_room_atr: how far beyond its zone a stop lies. least_r: a plan's first target pays at least this many R.
    least_stop_sigma: nor than this many standard
    deviations of the next session. pays_r: a plan is shown when it is expected to return at least this many R after costs, the
    past returned more than its own standard error over at least `least_windows` windows, and it is filled with at least the
    probability `least_fill`. most_plans: at most so many.
    """

    scenario_sessions: int = 12
    nearest_sigma: float = 0.5
    least_touch: float = 0.15
    fill_within: int = 5
    exit_within: int = 15
    least_stop_atr: float = 1.0
    stop_room_atr: float = 0.35
    least_r: float = 1.0
    pays_r: float = 0.05
    least_windows: int = 30
    least_fill: float = 0.15
    least_stop_sigma: float = 1.5
    most_plans: int = 3
    reading: ReadingSettings = field(default_factory=ReadingSettings)
    forecast: ForecastSettings = field(default_factory=ForecastSettings)

    def __post_init__(self) -> None:
        if not 1 <= self.scenario_sessions <= 60:
            raise BadSettings(f"scenario_sessions = {self.scenario_sessions} is out of range; give 1 to 60.")
        if not 1 <= self.fill_within <= self.exit_within <= 60:
            raise BadSettings(
                f"fill_within = {self.fill_within} and exit_within = {self.exit_within} do not fit; "
                "1 <= fill_within <= exit_within <= 60 must hold."
            )
        if not 0 < self.least_touch < 0.5:
            raise BadSettings(f"least_touch = {self.least_touch} is out of range; give a probability between 0 and 0.5.")

    def digest(self) -> str:
        """'sha256:...' of every setting: it goes on what they produced."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The money a plan is sized for: `dollars`, of which the share `risk` (0.005 = 0.5 %) may be lost on one plan."""

    dollars: float
    risk: float

    def __post_init__(self) -> None:
        if not self.dollars > 0:
            raise BadSettings(f"An account of {self.dollars} dollars cannot be; give a positive sum.")
        if not 0 < self.risk <= 0.2:
            raise BadSettings(f"A risk of {100 * self.risk:g}% a plan is out of range; give more than 0 and at most 20%.")

"""What a forecast is asked to use: its model, its paths, and what is known beside the bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from levelhead.domain.errors import BadSettings
from levelhead.doors.options import Peer

if TYPE_CHECKING:
    from levelhead.config import HouseFile
    from levelhead.doors.beside_files import Descriptions
    from levelhead.forecast.artefact import Artefacts
    from levelhead.forecast.beside import Beside
    from levelhead.forecast.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The forecast's options as given; None and () where not."""

    model: str | None = None
    paths: int | None = None
    implied: tuple[Path, ...] = ()
    yields: tuple[Path, ...] = ()
    donors: tuple[tuple[str, Path | None], ...] = ()
    artefacts: Path | None = None
    uncalibrated: bool = False
    events: tuple[Path, ...] = ()
    chains: tuple[Path, ...] = ()

    def settings(self, usual: Settings | None = None, *, paths: int | None = None) -> Settings:
        """The settings asked for, else the usual ones; paths: how many where neither says."""
        from levelhead.forecast.settings import Settings

        base = usual or (Settings() if paths is None else Settings(paths=paths))
        changes = {name: value for name, value in (("model", self.model), ("paths", self.paths)) if value is not None}
        return replace(base, **changes)  # type: ignore[arg-type]

    def of_house(self, desk: HouseFile) -> HouseFile:
        """The house file with the settings asked for; as it is where none are."""
        from levelhead.desk.settings import Settings

        if self.model is None and self.paths is None:
            return desk
        usual = desk.settings or Settings()
        return replace(desk, settings=replace(usual, forecast=self.settings(usual.forecast)))

    def beside(self, described: Descriptions | None = None) -> Beside:
        """What is to be known beside the bars, read from its files, the artefacts to pool by among it."""
        from levelhead.doors.beside_files import read_beside

        known = read_beside(self.implied, self.yields, self.donors, events=self.events, chains=self.chains, described=described)
        return replace(known, artefacts=self.series())

    def series(self) -> Artefacts:
        """The artefacts to pool and calibrate by: those given, else the package's own unless none are wanted."""
        from levelhead.doors.shipped import shipped_artefacts
        from levelhead.forecast.artefact import UNFITTED, read_artefacts

        if self.uncalibrated:
            return UNFITTED
        return shipped_artefacts() if self.artefacts is None else read_artefacts(self.artefacts)


def forecast_options(command: Command) -> Command:
    """--model, --paths, --implied, --no-implied, --yields, --donor, --events, --chain, --artefacts, --uncalibrated: as `asked`."""

    @wraps(command)
    def with_asked(
        *given: Any,
        model: str | None,
        paths: int | None,
        implied: tuple[Path, ...],
        no_implied: bool,
        yields: tuple[Path, ...],
        donors: tuple[tuple[str, Path | None], ...],
        artefacts: Path | None,
        uncalibrated: bool,
        events: tuple[Path, ...],
        chains: tuple[Path, ...],
        **more: Any,
    ) -> Any:
        if no_implied and implied:
            raise BadSettings(f"Both --implied {implied[0]} and --no-implied are given; leave one of them out.")
        if uncalibrated and artefacts is not None:
            raise BadSettings(f"Both --artefacts {artefacts} and --uncalibrated are given; leave one of them out.")
        asked = Asked(
            model=model,
            paths=paths,
            implied=implied,
            yields=yields,
            donors=donors,
            artefacts=artefacts,
            uncalibrated=uncalibrated,
            events=events,
            chains=chains,
        )
        return command(*given, asked=asked, **more)

    wrapped: Any = with_asked
    file = click.Path(path_type=Path, dir_okay=False)
    for option in (
        click.option("--uncalibrated", is_flag=True, help="Pool by nothing learned: the share of the simulated paths alone."),
        click.option(
            "--artefacts",
            type=file,
            metavar="FILE",
            help="Weights and maps that levelhead fit learned from settled forecasts. Default: the package's own.",
        ),
        click.option(
            "--chain",
            "chains",
            type=file,
            multiple=True,
            metavar="FILE",
            help="The option quotes of one evening (docs/forecast.md); one more forecaster in the pool, a quarter of it.",
        ),
        click.option(
            "--events",
            type=file,
            multiple=True,
            metavar="FILE",
            help="Days of CPI, jobs, FOMC and the like: date,event (docs/forecast.md); may be given again.",
        ),
        click.option(
            "--donor",
            "donors",
            type=Peer(),
            multiple=True,
            metavar="SYM=FILE",
            help="A like instrument with a longer history, from which the volatility fit borrows; may be given again.",
        ),
        click.option("--yields", type=file, multiple=True, metavar="FILE", help="A yield by day; its volatility counts."),
        click.option("--no-implied", is_flag=True, help="Use no implied volatility; so it is unless --implied is given."),
        click.option(
            "--implied",
            type=file,
            multiple=True,
            metavar="FILE",
            help="An implied volatility by day, such as the VIX.",
        ),
        click.option("--paths", type=click.IntRange(min=1), metavar="N", help="How many paths are simulated."),
        click.option("--model", metavar="NAME", help="The volatility model: har (unless told otherwise), ewma or gjr_garch."),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]

"""The work of a walk as files: a chunk that is finished is kept, whatever happens to the rest."""

from __future__ import annotations

import os
import shutil
import zipfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from levelhead.evaluate.distribution import Distribution
from levelhead.evaluate.route import Route
from levelhead.evaluate.walk import Walked
from levelhead.ledger.record import COLUMNS, Record

DIGITS = 16
_LAWS = tuple(column.name for column in fields(Distribution))


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The folder of one route's chunks, named by its digest: another version, setting or bar has another folder."""

    folder: Path

    @classmethod
    def of(cls, route: Route, folder: Path) -> Work:
        """The work of `route` under `folder`, which need not exist yet."""
        return cls(folder=folder / route.digest()[:DIGITS])

    def forget(self) -> None:
        """Removes what was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, number: int, walked: Walked) -> None:
        """Writes a chunk, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{number:05d}-{os.getpid()}"
        try:
            with unfinished.open("wb") as file:
                np.savez_compressed(file, allow_pickle=False, **_columns(walked))
            unfinished.replace(self._path(number))
        finally:
            unfinished.unlink(missing_ok=True)

    def kept(self, number: int) -> Walked | None:
        """A chunk that was finished; None where there is none, or its file is not what was written."""
        try:
            with np.load(self._path(number), allow_pickle=False) as file:
                return _walked({name: file[name] for name in file.files})
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:05d}.npz"


def _columns(walked: Walked) -> dict[str, Any]:
    record, law = walked.record, walked.distribution
    return (
        {f"record.{name}": getattr(record, name) for name in COLUMNS}
        | {f"prices.{name}": column for name, column in record.prices.items()}
        | {f"law.{name}": getattr(law, name) for name in _LAWS}
        | {"notes": np.array([walked.notes, walked.silent])}
    )


def _walked(columns: dict[str, Any]) -> Walked:
    prices = {name.removeprefix("prices."): column for name, column in columns.items() if name.startswith("prices.")}
    notes, silent = columns["notes"].tolist()
    return Walked(
        record=Record(**{name: columns[f"record.{name}"] for name in COLUMNS}, prices=prices),
        distribution=Distribution(**{name: columns[f"law.{name}"] for name in _LAWS}),
        notes=notes,
        silent=silent,
    )

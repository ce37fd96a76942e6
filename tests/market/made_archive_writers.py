"""Writers of the archive in processes of their own, and how they are killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from made_archive import write_numbered

A_FETCH = 5000  # calls and returns of functions in one append, about


class Processes:
    """Processes that start in milliseconds, whatever they import, in the environment of the moment."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["made_archive", "duckdb", "numpy"])

    def Process(self, *, target: Callable[..., None], args: tuple) -> ForkServerProcess:  # noqa: N802, as multiprocessing has it
        """A process that has not started."""
        return self._context.Process(target=_in_environment, args=(dict(os.environ), target, args))


def _in_environment(environment: dict[str, str], target: Callable[..., None], args: tuple) -> None:
    """The server that forks was started once, before the addresses of the stores were known."""
    os.environ.update(environment)
    target(*args)


def acknowledged(file: Path) -> list[int]:
    """The numbers of the fetches that a writer said are kept."""
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []


def killed_writer(processes: Processes, root: str, first: int, said: Path, chance: random.Random) -> None:
    """Starts a writer and kills it: by the clock, or at a given call of a function."""
    by_call = chance.random() < 0.5
    stop_after = chance.randrange(1, 4 * A_FETCH) if by_call else None
    writer = processes.Process(target=write_numbered, args=(root, first, str(said), stop_after))
    writer.start()
    if not by_call:
        deadline = time.monotonic() + 10
        while not acknowledged(said) and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        writer.kill()
    writer.join(30)
    assert writer.exitcode == -9

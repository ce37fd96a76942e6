"""A walk in pieces, on several processors; what comes of it does not depend on how many, nor on how often it was stopped."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from tempfile import TemporaryDirectory

from levelhead.domain.errors import LevelheadError
from levelhead.evaluate.backgrounds import Backgrounds
from levelhead.evaluate.resume import Work
from levelhead.evaluate.route import Route
from levelhead.evaluate.walk import Walked, joined
from levelhead.forecast.worker import pool_of
from levelhead.kernels.compiled import ask_for_compiled, compiled_kernels, runs_compiled

Told = Callable[[int], None]  # how many notes more are done
ENOUGH = 2_000
"""Notes that a process writes for which compiled kernels, where they are here, save more than they cost at its start."""


def walked_in_chunks(route: Route, *, workers: int = 1, work: Work | None = None, told: Told | None = None) -> Walked:
    """The walk over the whole route.

    workers: processes; 1 walks in this one. work: where finished chunks are kept and found again. told: called as notes are done,
    those that were found too. KeyboardInterrupt leaves the finished chunks where they are.
    """
    chunks = route.chunks()
    found: dict[int, Walked] = {}
    for number in range(len(chunks)) if work is not None else ():
        kept = work.kept(number) if work is not None else None
        if kept is not None:
            found[number] = kept
            _tell(told, kept)
    missing = [number for number in range(len(chunks)) if number not in found]
    for number, walked in _each(route, missing, min(workers, len(missing))):
        if work is not None:
            work.keep(number, walked)
        found[number] = walked
        _tell(told, walked)
    return joined([found[number] for number in range(len(chunks))])


def _tell(told: Told | None, walked: Walked) -> None:
    if told is not None:
        told(walked.notes)


def _each(route: Route, numbers: Sequence[int], workers: int) -> Iterator[tuple[int, Walked]]:
    chunks = route.chunks()
    are_enough = sum(len(chunks[number]) for number in numbers) >= ENOUGH * max(workers, 1)
    if workers <= 1:
        backgrounds = route.backgrounds()
        with compiled_kernels(are_enough or runs_compiled()):
            yield from ((number, route.walked(chunks[number], backgrounds)) for number in numbers)
        return
    with TemporaryDirectory(prefix="levelhead-") as folder:
        # by a file: a process that dies at its start would leave whoever sends it so much through a pipe waiting for ever
        file = Path(folder) / "route"
        file.write_bytes(pickle.dumps(route))
        yield from _by_processes(file, numbers, workers, are_enough)


def _by_processes(route: Path, numbers: Sequence[int], workers: int, are_enough: bool) -> Iterator[tuple[int, Walked]]:
    try:
        with pool_of(workers, _begin, str(route), are_enough) as pool:
            waiting: set[Future[tuple[int, Walked]]] = {pool.submit(_one, number) for number in numbers}
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from sorted((future.result() for future in done), key=lambda pair: pair[0])
    except BrokenProcessPool:
        raise LevelheadError(
            "A process that walked a part of the days has ended before its work was done; what was finished is kept. Walk with one "
            "worker; a script that walks with more must be a file and begin its work under `if __name__ == '__main__':`."
        ) from None


_ROUTE: list[tuple[Route, Backgrounds]] = []


def _begin(route: str, are_enough: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was asked decides what becomes of the others
    if are_enough:
        ask_for_compiled()
    given: Route = pickle.loads(Path(route).read_bytes())
    _ROUTE.append((given, given.backgrounds()))


def _one(number: int) -> tuple[int, Walked]:
    route, backgrounds = _ROUTE[-1]
    return number, route.walked(route.chunks()[number], backgrounds)

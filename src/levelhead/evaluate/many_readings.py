"""What is wanted of the readings of many days, found by several processes, each of which reads a part of the days."""

from __future__ import annotations

import datetime as dt
import gc
import pickle
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from levelhead.domain.bars import Bars
from levelhead.domain.errors import LevelheadError
from levelhead.domain.sessions import SessionTable
from levelhead.kernels.compiled import ask_for_compiled, compiled_kernels, runs_compiled
from levelhead.reading.context import NO_CONTEXT, Context
from levelhead.reading.read import NO_PEERS, USUAL, Reading
from levelhead.reading.settings import TOGETHER, Settings
from levelhead.reading.walk import collector_at_rest, readings
from levelhead.reading.whole import Whole, whole_of

T = TypeVar("T")
Pieces = Sequence[Sequence[dt.date]]

PIECE, FEW = TOGETHER, 128
"""Days that a process reads and gives back at once at most: so few that none waits long for the last of another; and days for
which another process is worth its start."""
PATIENCE = 5.0
"""Seconds that a process has to end when it is told to."""
ENOUGH = 2_000
"""Days for which compiled kernels, where they are here, save more than they cost at the start."""
AHEAD = 1
"""Pieces that a process reads by NumPy while this one gets compiled kernels ready, which takes most of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """What a process needs to read days. whole: of the bars, where it is found already."""

    wanted: Callable[[Reading], Any]
    bars: Bars
    peers: Mapping[str, Bars]
    sessions: SessionTable | None
    settings: Settings
    context: Context
    is_compiled: bool
    whole: Whole | None = None

    def found(self, days: Sequence[dt.date]) -> list[Any]:
        """What is wanted of each of the days."""
        return [self.wanted(reading) for reading in self.readings(days)]

    def readings(self, days: Sequence[dt.date]) -> Iterator[Reading]:
        """All that is said on each of the days."""
        return readings(
            self.bars,
            days,
            peers=self.peers,
            sessions=self.sessions,
            settings=self.settings,
            whole=self.whole,
            context=self.context,
        )

    def with_whole(self) -> _Walk:
        """With all that belongs to the series, found where its last day is read."""
        known = replace(self, whole=whole_of(self.bars, self.settings, self.context.finer))
        with collector_at_rest(), compiled_kernels(self.is_compiled):
            list(known.readings([self.bars.as_of]))
        return known


def from_readings(
    wanted: Callable[[Reading], T],
    bars: Bars,
    days: Sequence[dt.date],
    *,
    workers: int = 2,
    peers: Mapping[str, Bars] = NO_PEERS,
    sessions: SessionTable | None = None,
    settings: Settings = USUAL,
    context: Context = NO_CONTEXT,
) -> Iterator[T]:
    """What `wanted` makes of the reading of the bars until each of the days, in the order of the days.

    wanted: a function that stands in a module; what it gives can be pickled. workers: processes; 1 reads in this one, and so does
    a daemonic one, which may begin no others. What comes of it does not depend on how many. On Linux, where this process runs no
    threads, they are its forks and share what belongs to the series; else each finds that anew. 2,000 days and more are read by
    compiled kernels where numba is here.
    """
    walk = _Walk(
        wanted=wanted,
        bars=bars,
        peers=dict(peers),
        sessions=sessions,
        settings=settings,
        context=context,
        is_compiled=len(days) >= ENOUGH or runs_compiled(),
    )
    hands = 1 if current_process().daemon else max(min(workers, -(-len(days) // FEW)), 1)
    pieces = _pieces(days, hands)
    return _by_processes(walk, pieces, hands) if hands > 1 else _here(walk, pieces)


def _pieces(days: Sequence[dt.date], hands: int) -> Pieces:
    """As many and as long for each process."""
    rounds = -(-len(days) // (hands * PIECE))
    size = -(-len(days) // max(hands * rounds, 1))
    return [days[at : at + size] for at in range(0, len(days), max(size, 1))]


def _here(walk: _Walk, pieces: Pieces) -> Iterator[Any]:
    known = walk.with_whole() if pieces else walk
    for piece in pieces:
        with compiled_kernels(walk.is_compiled):
            found = known.found(piece)
        yield from found


def _by_processes(walk: _Walk, pieces: Pieces, hands: int) -> Iterator[Any]:
    """In turn: the first process has the first piece, the one after the last, and so on, and waits with what nobody has taken."""
    with ExitStack() as ends:
        if may_fork():
            ahead, pieces = (pieces[:AHEAD], pieces[AHEAD:]) if walk.is_compiled and not are_at_hand() else ((), pieces)
            plain = [ends.enter_context(_process("fork", _give, replace(walk, is_compiled=False), ahead))] if ahead else []
            known = walk.with_whole()
            begun = [ends.enter_context(_process("fork", _give, known, pieces[at::hands])) for at in range(hands)]
            for first in plain:
                for _ in ahead:
                    yield from _taken(first)
        else:
            folder = Path(ends.enter_context(TemporaryDirectory(prefix="levelhead-")))
            begun = [
                ends.enter_context(_process("spawn", _give_from, _kept(folder, walk, pieces, at, hands))) for at in range(hands)
            ]
        for at in range(len(pieces)):
            yield from _taken(begun[at % hands])


def are_at_hand() -> bool:
    """Whether this process has begun to load compiled kernels before."""
    return "numba" in sys.modules


def may_fork() -> bool:
    """Whether a fork of this process is usual here, and safe: it runs no other threads of Python's."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _process(how: str, work: Callable[..., None], *given: object) -> Iterator[Connection]:
    """The end of a pipe into which a process of its own puts what work(its other end, *given) gives; afterwards it is ended."""
    context: Any = get_context(how)
    taken, given_to = context.Pipe(duplex=False)
    ends = (taken, given_to) if how == "fork" else (None, given_to)
    process = context.Process(target=_alone, args=(work, *ends, *given), daemon=True)
    with warnings.catch_warnings():
        # Python warns of any thread in a process that forks; those that NumPy keeps for itself bear it
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    given_to.close()
    try:
        yield taken
    finally:
        taken.close()
        process.terminate()
        process.join(PATIENCE)
        if process.is_alive():
            process.kill()
            process.join()


def _alone(work: Callable[..., None], taken: Connection | None, given_to: Connection, *given: object) -> None:
    """The work in its own process, which ends when it is told to, and when nobody is left to take what it gives.

    taken: the end that is not its own, which a fork inherits: as long as that is open here, its own end never breaks.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if taken is not None:
        taken.close()
    work(given_to, *given)


def _taken(pipe: Connection) -> list[Any]:
    try:
        found, error = pipe.recv()
    except (EOFError, ConnectionError):
        raise LevelheadError(
            "A process that read a part of the days has ended before its work was done. Read them with one worker; a script that "
            "reads with more must be a file and begin its work under `if __name__ == '__main__':`."
        ) from None
    if error is not None:
        raise error if isinstance(error, Exception) else _again(*error)
    plain: list[Any] = found
    return plain


def _kept(folder: Path, walk: _Walk, pieces: Pieces, at: int, hands: int) -> str:
    """By a file: a process that dies at its start would leave whoever sends it so much through a pipe waiting for ever."""
    file = folder / str(at)
    file.write_bytes(pickle.dumps((walk, pieces[at::hands])))
    return str(file)


def _give_from(pipe: Connection, file: str) -> None:
    walk, pieces = pickle.loads(Path(file).read_bytes())
    _give(pipe, walk, pieces)


def _give(pipe: Connection, walk: _Walk, pieces: Pieces) -> None:
    """What is there at the beginning stays to the end, and a reading leaves no garbage: between pieces what is new is looked at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that was asked decides what becomes of the others
    if walk.is_compiled:
        ask_for_compiled()
    try:
        known = walk if walk.whole is not None else walk.with_whole()
        gc.freeze()
        gc.disable()
        for piece in pieces:
            pipe.send((known.found(piece), None))
            gc.collect(0)
    except BrokenPipeError:  # nobody takes it any more
        return
    except Exception as error:
        pipe.send((None, _carried(error)))


def _carried(error: Exception) -> Exception | tuple[type[Exception], tuple[Any, ...], dict[str, Any]]:
    """The error itself where another process can make it of what is pickled; else its kind, and what it holds.

    Pickle makes an error by calling its kind with `args` again, which fails where it takes more than its words.
    """
    parts = type(error), error.args, vars(error)
    for carried in (error, parts):
        try:
            pickle.loads(pickle.dumps(carried))
        except Exception:  # of strangers' classes anything may come
            continue
        return carried
    return LevelheadError(f"A day could not be read. {type(error).__qualname__}: {error}")


def _again(kind: type[Exception], args: tuple[Any, ...], held: dict[str, Any]) -> Exception:
    """The error that another process has met."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(held)
    return error

"""Processes that work for this one: fresh ones, which end when it ends, in whatever way, and at once when it is stopped."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess


@contextmanager
def pool_of(workers: int, begin: Callable[..., object] | None = None, *given: object) -> Iterator[ProcessPoolExecutor]:
    """A pool of `workers` processes, each of which first calls begin(*given). Whatever breaks the block off ends them at once.

    'spawn': a fork of a process that runs threads, as numerical libraries do, may hang.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(begin, given))
    try:
        yield pool
    except BaseException:
        for worker in active_children():
            if worker not in others:
                worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(begin: Callable[..., object] | None, given: tuple[object, ...]) -> None:
    """Ends this process after the one that began it, which a thread of its own watches.

    A worker of a pool waits for work on a pipe whose other end it holds itself; where the one that gave the work was killed it
    would wait for ever, and keep the memory, and whoever reads the output of both, waiting too.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), name="leave with parent", daemon=True).start()
    if begin is not None:
        begin(*given)


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)

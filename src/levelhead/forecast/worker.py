"""A process that works for another one: it ends when the other has ended, in whatever way."""

from __future__ import annotations

import os
import threading
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess


def leave_with_parent() -> None:
    """Watches, in a thread of its own, the process that began this one, and ends this one after it.

    A worker of a pool waits for work on a pipe whose other end it holds itself; where the one that gave the work was killed it
    would wait for ever, and keep the memory, and whoever reads the output of both, waiting too.
    """
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent,), name="leave with parent", daemon=True).start()


def _leave_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)

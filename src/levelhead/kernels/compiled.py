"""Kernels that numba compiles: loops beside their NumPy twins, run only in a process that has asked for them.

numba is an extra (`levelhead[fast]`). It costs half a second or more in each process that touches it, and some twenty where its
cache holds nothing yet, so what reads one chart never asks; what walks over years or over hundreds of symbols may. Without
numba, or without asking, everything runs as NumPy, and gives the same bit for bit.

A kernel has two ways. The default is written with NumPy; above it stands its loop, which also runs, slowly, as plain Python:

    @loop
    def _rises(prices: Floats, least: float) -> int:
        count = 0
        for row in range(1, len(prices)):
            if prices[row] - prices[row - 1] > least:
                count += 1
        return count


    @or_compiled(_rises)
    def rises(prices: Floats, least: float) -> int:
        return int((np.diff(prices) > least).sum())

Where NumPy has no better way than the loop itself, the loop is called in both, on `to_walk(prices)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, update_wrapper, wraps
from types import CellType, FunctionType
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=np.generic)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Signs = NDArray[np.int8]
FloatTable = NDArray[np.float64]
IntTable = NDArray[np.int64]
SignTable = NDArray[np.int8]

_ARGUMENTS = {
    "float": ("float64", 0),
    "int": ("int64", 0),
    "bool": ("boolean", 0),
    "Floats": ("float64", 1),
    "Ints": ("int64", 1),
    "Bools": ("boolean", 1),
    "Signs": ("int8", 1),
    "FloatTable": ("float64", 2),
    "IntTable": ("int64", 2),
    "SignTable": ("int8", 2),
}
"""What an argument of a loop may be, as it is written there: numba's type, and how many dimensions."""


@dataclass(slots=True)
class _Process:
    """What this process has asked for."""

    runs_compiled: bool = False


_PROCESS = _Process()


def ask_for_compiled() -> bool:
    """From here on this process runs compiled kernels, where numba can be imported; whether it does.

    It pays in a process that reads some hundred charts: it costs half a second or more, and where numba's cache holds nothing
    yet, after an installation, some twenty. Results stay the same to the bit.
    """
    try:
        import numba  # noqa: F401
    except ImportError:
        return False
    _PROCESS.runs_compiled = True
    return True


def runs_compiled() -> bool:
    """Whether this process runs compiled kernels."""
    return _PROCESS.runs_compiled


@contextmanager
def compiled_kernels(wanted: bool) -> Iterator[bool]:
    """With them, or without, until the end of the block; gives whether they run. For tests and benchmarks that compare the two."""
    before = _PROCESS.runs_compiled
    try:
        _PROCESS.runs_compiled = False
        yield wanted and ask_for_compiled()
    finally:
        _PROCESS.runs_compiled = before


class Loop(Generic[P, R]):
    """A function that numba compiles when it is first called in a process that runs compiled kernels; else it is plain Python.

    It allocates what it gives, and writes into no argument. It may take numbers and loops from its surroundings.
    """

    def __init__(self, written: Callable[P, R]) -> None:
        self.written = cast("FunctionType", written)
        update_wrapper(self, written)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the loop gives; the array it gives is the caller's own."""
        if not _PROCESS.runs_compiled:
            return cast("R", self.written(*args, **kwargs))
        try:
            return self.machine(*args, **kwargs)
        except TypeError:  # no such machine: every second row of a table has gaps between its numbers, and is put together
            whole: Any = (np.ascontiguousarray(each) if isinstance(each, np.ndarray) else each for each in args)
            return self.machine(*whole, **kwargs)

    @cached_property
    def machine(self) -> Callable[P, R]:
        """The compiled function, for the types it declares; from the cache where there is one that can be used."""
        import numba

        function, signature = _with_machines(self.written), [_signature(self.written)]
        # divides by zero as NumPy does; never fastmath, which changes bits
        try:
            return cast("Callable[P, R]", numba.njit(signature, error_model="numpy", cache=True)(function))
        except Exception:  # no folder to write to, a full disk, a file that another program broke: it works without, too
            return cast("Callable[P, R]", numba.njit(signature, error_model="numpy")(function))


def loop(written: Callable[P, R]) -> Loop[P, R]:
    """Marks a loop. Its arguments are float, int, bool, or whole arrays as named here (`Floats`, `Ints`, ...), in
    annotations that stay text."""
    return Loop(written)


def or_compiled(fast: Callable[P, R]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Gives a kernel its second way: a loop, or a function around loops, that gives the same to the bit."""

    def with_second_way(plain: Callable[P, R]) -> Callable[P, R]:
        @wraps(plain)
        def chosen(*args: P.args, **kwargs: P.kwargs) -> R:
            return fast(*args, **kwargs) if _PROCESS.runs_compiled else plain(*args, **kwargs)

        return chosen

    return with_second_way


def to_walk(column: NDArray[T]) -> NDArray[T]:
    """The column as a loop walks along it fastest: itself where loops are compiled, else a list of plain numbers."""
    return column if _PROCESS.runs_compiled else cast("NDArray[T]", column.tolist())


def _with_machines(written: FunctionType) -> FunctionType:
    """The function as numba is to know it: the loops that it calls compiled, and what it takes from its surroundings part of it.

    What is kept from an earlier process is looked up by a function's own file and code and by what it closes over. A number or a
    loop of another file would change unnoticed; so all are closed over, in words.
    """
    machines = {name: value.machine for name, value in _taken(written) if isinstance(value, Loop)}
    code = written.__code__.replace(co_freevars=("taken",))
    surroundings = CellType(_in_words(written))
    function = FunctionType(code, written.__globals__ | machines, written.__name__, written.__defaults__, (surroundings,))
    function.__qualname__, function.__module__ = written.__qualname__, written.__module__
    return function


def _taken(written: FunctionType) -> list[tuple[str, Any]]:
    """What a function takes from its surroundings, by name."""
    within = written.__globals__
    return [(name, within[name]) for name in sorted(written.__code__.co_names) if name in within]


def _in_words(written: FunctionType) -> str:
    """Code, and what it takes from its surroundings: numbers as they are, loops again as what they are made of."""
    code = written.__code__
    taken = (_in_words(value.written) if isinstance(value, Loop) else repr(value) for _, value in _taken(written))
    return " ".join((code.co_code.hex(), repr(code.co_consts), *(word for word in taken if " at 0x" not in word)))


def _signature(written: FunctionType) -> tuple[Any, ...]:
    """Their types, for numba. An array that may not be written to stands for one that may, too: one function for both."""
    from numba import types

    names = [kind for name, kind in written.__annotations__.items() if name != "return"]
    kinds = [(getattr(types, name), dimensions) for name, dimensions in (_ARGUMENTS[name] for name in names)]
    return tuple(types.Array(kind, dimensions, "C", readonly=True) if dimensions else kind for kind, dimensions in kinds)

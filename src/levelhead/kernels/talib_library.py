"""The one door to TA-Lib: its C functions, called without its Python package, with its traps closed.

`import talib` loads pandas and Polars when they are installed (0.35 to 0.65 s against 0.005 s), and so does its extension
module alone. The C library inside the same wheel needs neither: it is reached here with ctypes, and nothing is left behind in
`sys.modules`, so a user who imports talib afterwards gets it whole. Where the C functions cannot be reached from outside (the
extension of Windows wheels hides them) talib itself is imported and does the same.

Traps: TA-Lib takes float64 only; one NaN inside makes RSI 0.0 and averages NaN for ever after; `talib.set_unstable_period`
changes every caller in the process (`set_compatibility` no longer does anything). Candle settings are the process's too, and
empty until somebody initialises them: every candle is found with TA-Lib's defaults, which are put back first.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int32]
_ALL_CANDLE_SETTINGS = 11
_LOADING = threading.Lock()
_DOUBLE = np.dtype(np.float64)
_FEW = 10_000
"""So many squares are added up sooner than each number is looked at; their sum is finite where all are, unless they are huge."""


def calculate(
    name: str, inputs: Sequence[FloatArray], options: Sequence[int], *, known_from: int, outputs: int = 1, before: int = 0
) -> tuple[FloatArray, ...]:
    """TA-Lib's function `name` ('RSI') over whole series.

    inputs: arrays of one shape (n,), n >= 1, finite. options: its integer parameters in TA-Lib's order. known_from: the first
    row that has a value. before: rows of the whole series before those given, of which nothing is known. Gives `outputs` arrays
    of shape (before + n,), NaN before the first value. Raises ValueError for arrays that TA-Lib would misread, and RuntimeError
    where the process has changed TA-Lib's global settings.
    """
    columns = [_clean(name, column) for column in inputs]
    count = len(columns[0])
    if len(columns) > 1 and len({len(column) for column in columns}) != 1:
        raise ValueError(f"{name}: its inputs have lengths {[len(column) for column in columns]}; give arrays of one length.")
    if count <= known_from:
        return tuple(np.full(before + count, np.nan) for _ in range(outputs))
    # TA-Lib writes its first value where its own row is; what it writes has room whichever row it begins at
    first = before + known_from
    results = [np.empty(first + count) for _ in range(outputs)]
    begin = _write(name, columns, options, [result[first:] for result in results])
    if begin != known_from:
        raise RuntimeError(
            f"TA-Lib's {name}{tuple(options)} begins at row {begin}, not {known_from}: this process has called "
            "talib.set_unstable_period; set it back to 0."
        )
    for result in results:
        result[:first] = np.nan
    return tuple([result[: before + count] for result in results])


def candles(
    names: Sequence[str],
    open_: FloatArray,
    high: FloatArray,
    low: FloatArray,
    close: FloatArray,
    *,
    penetration: Mapping[str, float],
) -> NDArray[np.int8]:
    """TA-Lib's candle functions `names` ('CDLHAMMER') over bars of shape (n,): shape (len(names), n), 1, -1 or 0.

    The sign of what TA-Lib gives; 0 too on the first rows, where it knows nothing yet. penetration: the share that each function
    which has this parameter is called with. Row t depends on rows up to t alone. Raises ValueError as `calculate` does.
    """
    columns = [_clean("candles", column) for column in (open_, high, low, close)]
    if len({len(column) for column in columns}) != 1:
        raise ValueError(f"candles: the columns have lengths {[len(column) for column in columns]}; give arrays of one length.")
    signs = np.zeros((len(names), len(columns[0])), dtype=np.int8)
    library = _library()
    if library is None:
        import talib

        for row, name in zip(signs, names, strict=True):
            share = (penetration[name],) if name in penetration else ()
            np.sign(getattr(talib, name)(*columns, *share), out=row, casting="unsafe")
        return signs
    library.TA_RestoreCandleDefaultSettings(_ALL_CANDLE_SETTINGS)
    pointers = [_pointer(column) for column in columns]
    found: IntArray = np.empty(len(columns[0]), dtype=np.int32)
    begin, count = ctypes.c_int(), ctypes.c_int()
    for row, name in zip(signs, names, strict=True):
        shared = (ctypes.c_double(penetration[name]),) if name in penetration else ()
        places = (ctypes.byref(begin), ctypes.byref(count), _pointer(found))
        code = getattr(library, f"TA_{name}")(0, len(found) - 1, *pointers, *shared, *places)
        if code != 0:
            raise ValueError(f"TA-Lib's {name} failed with code {code}.")
        known = row[begin.value : begin.value + count.value]
        np.sign(found[: count.value], out=known, casting="unsafe")
    return signs


def _clean(name: str, column: FloatArray) -> FloatArray:
    if column.dtype != _DOUBLE or column.ndim != 1 or len(column) == 0:
        raise ValueError(f"{name}: an input is {column.dtype} of shape {column.shape}; give float64 of shape (n,), n >= 1.")
    if not (len(column) < _FEW and isfinite(column.dot(column))) and not (is_finite := np.isfinite(column)).all():
        bad = int(is_finite.argmin())
        raise ValueError(f"{name}: row {bad} is {column[bad]}; TA-Lib cannot pass over it, leave the row out.")
    return np.ascontiguousarray(column)


def _write(name: str, columns: Sequence[FloatArray], options: Sequence[int], places: Sequence[FloatArray]) -> int:
    """Writes the values of each output from the beginning of its place; the row that the first of them belongs to."""
    library = _library()
    return _by_python(name, columns, options, places) if library is None else _by_c(library, name, columns, options, places)


@cache
def _library() -> ctypes.CDLL | None:
    """TA-Lib's C functions; None where only its Python package reaches them."""
    with _LOADING:
        package = find_spec("talib")  # finds, does not import
        folders = None if package is None else package.submodule_search_locations
        extension = None if folders is None else PathFinder.find_spec("talib._ta_lib", list(folders))
        if extension is None or extension.origin is None:
            return None
        try:
            library = ctypes.CDLL(extension.origin)
            library.TA_RSI  # noqa: B018  (AttributeError where the names are hidden)
        except (OSError, AttributeError):
            return None
        return library


def _by_c(
    library: ctypes.CDLL, name: str, columns: Sequence[FloatArray], options: Sequence[int], places: Sequence[FloatArray]
) -> int:
    begin, count = ctypes.c_int(), ctypes.c_int()
    code = getattr(library, f"TA_{name}")(
        0,
        len(columns[0]) - 1,
        *[_pointer(column) for column in columns],
        *options,
        ctypes.byref(begin),
        ctypes.byref(count),
        *[_place(place) for place in places],
    )
    if code != 0:
        raise ValueError(f"TA-Lib's {name}{tuple(options)} failed with code {code}; its parameters are out of range.")
    return begin.value


def _by_python(name: str, columns: Sequence[FloatArray], options: Sequence[int], places: Sequence[FloatArray]) -> int:
    import talib

    found = getattr(talib, name)(*columns, *options)
    series: list[FloatArray] = [found] if len(places) == 1 else list(found)
    begin = int(np.argmax(np.isfinite(series[0])))
    for place, values in zip(places, series, strict=True):
        place[: len(values) - begin] = values[begin:]
    return begin


def _pointer(array: FloatArray | IntArray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _place(array: Any) -> object:
    """As a pointer to an array that may be written to, which is found sooner."""
    return ctypes.byref(ctypes.c_double.from_buffer(array))

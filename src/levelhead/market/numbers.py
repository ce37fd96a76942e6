"""Cells of text as numbers, and in words why a cell is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from levelhead.domain.bars import FloatArray
from levelhead.domain.decimals import WRITTEN

Cell = str | float | None
MISSING = {"", "-", "--", "nan", "na", "n/a", "nat", "null", "none", "<na>"}

_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,'\u2019 \u00a0\u202f]\d{3})+(\.\d*)?", re.ASCII)


def numbers(cells: Sequence[Cell]) -> FloatArray:
    """The cells as float64; NaN where a cell is empty or no number. `fault_of` says which of the two.

    Unlike float() it takes no underscores and no digits of other scripts: those are text in a number.
    """
    try:
        values = np.fromiter(map(float, cells), dtype=np.float64, count=len(cells))  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return np.array([_number(cell) for cell in cells], dtype=np.float64)
    if _is_plain(cells):
        return values
    return np.array([_number(cell) for cell in cells], dtype=np.float64)


def _is_plain(cells: Sequence[Cell]) -> bool:
    """Whether float() was right to read them all."""
    try:
        written = "".join(cells)  # type: ignore[arg-type]
    except TypeError:
        written = "".join(cell for cell in cells if isinstance(cell, str))
    return written.isascii() and "_" not in written


def is_missing(cell: Cell) -> bool:
    """Whether the cell stands for 'no value'."""
    return cell is None or cell != cell or (isinstance(cell, str) and cell.strip().lower() in MISSING)


def fault_of(column: str, cell: Cell) -> tuple[str, str]:
    """The kind of fault and the words for a cell that is no finite number."""
    if is_missing(cell):
        return "missing_value", f"{column} is missing"
    shown = str(cell).strip()
    shown = repr(shown if len(shown) <= 30 else shown[:30] + "...")
    if _THOUSANDS.fullmatch(str(cell).strip()):
        plain = re.sub(r"[^\d.+-]", "", str(cell))
        return "text_in_number", f"{column} {shown} holds a thousands separator (write {plain})"
    if "," in shown:
        return "text_in_number", f"{column} {shown} holds a comma (write a decimal point and no thousands separator)"
    if isinstance(cell, float) or _is_number(str(cell)):
        return "missing_value", f"{column} {shown} is not a finite number"
    return "text_in_number", f"{column} {shown} is not a number"


def _number(cell: Cell) -> float:
    if not isinstance(cell, str):
        return float("nan") if cell is None else float(cell)
    text = cell.strip()
    return float(text) if WRITTEN.fullmatch(text) else float("nan")


def _is_number(cell: str) -> bool:
    return WRITTEN.fullmatch(cell.strip()) is not None or cell.strip().lower().lstrip("+-") in {"inf", "infinity"}

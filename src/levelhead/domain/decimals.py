"""Numbers as a table's cells write them: with a point, no thousands mark, in plain digits."""

from __future__ import annotations

import math
import re

WRITTEN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def finite_number(cell: str) -> float | None:
    """The number of a cell, blanks around it left out; None where it is empty, text, 'nan', 'inf', or too large for a float.

    Unlike float() it takes no underscores and no digits of other scripts: those are text in a number.
    """
    text = cell.strip()
    value = float(text) if WRITTEN.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None

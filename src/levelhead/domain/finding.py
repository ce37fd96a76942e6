"""What a check of the bars found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "remark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding, or one kind of finding counted.

    kind: a stable word ('high_below_low', 'stale_open', ...). severity: errors are impossible bars, warnings improbable
    ones, remarks say what was done ('sorted'). row: 1-based line of the file, header included; None for made bars.
    date: the first bar concerned. count: how many bars. text: the whole sentence for a person, with file, row, date,
    value, bound and what to do.
    """

    kind: str
    severity: Severity
    text: str
    where: str = ""
    row: int | None = None
    date: dt.date | None = None
    count: int = 1

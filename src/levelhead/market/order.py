"""The order of a file's dates: oldest first, newest first, or neither; duplicates, and dates that stand alone."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import UnreadableFile
from levelhead.domain.sessions import as_date
from levelhead.market.impossible import BoolArray, ImpossibleRows, place
from levelhead.market.moments import written

ALONE = 1_826  # days: five years
FEW = 3

IntArray = NDArray[np.int64]


def in_order(days: IntArray, lines: IntArray, impossible: ImpossibleRows) -> tuple[IntArray, bool]:
    """The rows that stand, oldest first, and whether the file ran from newest to oldest.

    days, lines: shape (n,), in the order of the file. Rows whose date is there already, is out of order amid an otherwise
    ordered file, or lies more than five years from its neighbours are added to `impossible`.
    Raises UnreadableFile when the rows are in no order at all.
    """
    falls, rises = int(np.count_nonzero(days[1:] < days[:-1])), int(np.count_nonzero(days[1:] > days[:-1]))
    newest_first = falls > rises
    rows = np.arange(len(days))[:: -1 if newest_first else 1]
    if not bool(np.all(np.diff(days[rows]) > 0)):
        rows = _without_disorder(rows, days, lines, impossible)
    return _without_loners(rows, days, lines, impossible), newest_first


def _without_disorder(rows: IntArray, days: IntArray, lines: IntArray, impossible: ImpossibleRows) -> IntArray:
    ordered = longest_ordered(days[rows])
    kept = rows[ordered]
    repeated = np.concatenate([[False], days[kept[1:]] == days[kept[:-1]]])
    kept_days, first_kept = np.unique(days[kept], return_index=True)

    astray = rows[~ordered]
    at = np.minimum(np.searchsorted(kept_days, days[astray]), len(kept_days) - 1)
    is_double = kept_days[at] == days[astray]
    lost = astray[~is_double]
    if len(lost) > max(FEW, len(days) // 100):
        i = int(lost.min())
        where = place(impossible.feed, int(lines[i]), _day(days[i], impossible))
        raise UnreadableFile(
            f"{where}: the rows are in no order, {len(lost):,} of {len(days):,} dates do not follow the one before. "
            "Sort the file by date."
        )

    doubles = np.concatenate([kept[repeated], astray[is_double]])
    first_line = {int(day): int(lines[kept[i]]) for day, i in zip(kept_days, first_kept, strict=True)} if len(doubles) else {}

    def double(i: int) -> tuple[str, str]:
        stamp = "date" if impossible.unit == "D" else "time"
        return "duplicate_date", f"this {stamp} stands already in row {first_line[int(days[i])]:,}"

    def out_of_order(i: int) -> tuple[str, str]:
        before, after = days[max(i - 1, 0)], days[min(i + 1, len(days) - 1)]
        return "out_of_order", (
            f"the date is out of order, it stands between {_day(before, impossible)} and {_day(after, impossible)}"
        )

    impossible.add(_mask(doubles, len(days)), lines, days, double)
    impossible.add(_mask(lost, len(days)), lines, days, out_of_order)
    standing: IntArray = kept[~repeated]
    return standing


def _without_loners(rows: IntArray, days: IntArray, lines: IntArray, impossible: ImpossibleRows) -> IntArray:
    if len(rows) < 3:
        return rows
    a_day = 1 if impossible.unit == "D" else 86_400
    far = np.diff(days[rows]) > ALONE * a_day
    alone = np.concatenate([[True], far]) & np.concatenate([far, [True]])
    if not alone.any():
        return rows
    gap = {int(row): _nearest(days[rows], k) / a_day for k, row in enumerate(rows) if alone[k]}

    def loner(i: int) -> tuple[str, str]:
        return "isolated_date", f"the date stands alone, {gap[i] / 365.25:,.0f} years from the nearest other (at most 5)"

    impossible.add(_mask(rows[alone], len(days)), lines, days, loner)
    standing: IntArray = rows[~alone]
    return standing


def longest_ordered(days: IntArray) -> BoolArray:
    """Which rows make a longest sequence of dates that never falls, shape (n,). O(n log n)."""
    tails: list[int] = []  # the smallest last date of a sequence of each length
    tail_rows: list[int] = []
    before = np.full(len(days), -1, dtype=np.int64)
    for i, day in enumerate(days.tolist()):
        length = bisect_right(tails, day)
        if length:
            before[i] = tail_rows[length - 1]
        tails[length : length + 1] = [day]
        tail_rows[length : length + 1] = [i]
    kept = np.zeros(len(days), dtype=np.bool_)
    row = tail_rows[-1] if tail_rows else -1
    while row >= 0:
        kept[row] = True
        row = int(before[row])
    return kept


def _nearest(days: IntArray, k: int) -> int:
    return min(abs(int(days[k] - days[other])) for other in (k - 1, k + 1) if 0 <= other < len(days))


def _mask(rows: IntArray, size: int) -> BoolArray:
    mask = np.zeros(size, dtype=np.bool_)
    mask[rows] = True
    return mask


def _day(day: np.int64, impossible: ImpossibleRows) -> str:
    return str(as_date(np.datetime64(int(day), "D"))) if impossible.unit == "D" else written(int(day))

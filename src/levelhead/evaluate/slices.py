"""By what an evaluation is cut: instrument, horizon, distance, volatility and year, each as it was known on the note's day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from levelhead.evaluate.distribution import Distribution
from levelhead.ledger.record import Record

FloatArray = NDArray[np.float64]
Words = NDArray[np.str_]

DISTANCES = (0.5, 1.0, 1.5, 2.0)
NEAR_TO_FAR = ("under 0.5 sigma", "0.5 to 1 sigma", "1 to 1.5 sigma", "1.5 to 2 sigma", "over 2 sigma")
THIRDS = ("calm", "usual", "wild")
LEAST_DAYS = 60  # with fewer earlier days a day belongs to no third

BY = {
    "instrument": "By instrument",
    "horizon": "By horizon",
    "distance": "By distance of the nearer price, in sigma of the horizon",
    "volatility": "By volatility: the third in which the day's forecast stood among those before it",
    "year": "By year",
}


def record_slices(record: Record, told: Distribution, noun: str = "session") -> Mapping[str, Words]:
    """For each way of cutting, the word of each row; '' where it belongs to none. noun: what horizons count."""
    sigma, third = _known_on(np.asarray(record.symbol), record.as_of, told)
    return {
        "instrument": np.asarray(record.symbol),
        "horizon": _sessions(record.sessions, noun),
        "distance": _distance(record, sigma),
        "volatility": third,
        "year": _year(record.as_of),
    }


def distribution_slices(told: Distribution) -> Mapping[str, Words]:
    """The same of the distribution's rows, which have no distance."""
    _, third = _known_on(told.symbol, told.as_of, told)
    return {"instrument": told.symbol, "volatility": third, "year": _year(told.as_of)}


def each(labels: Mapping[str, Words], rows: NDArray[np.bool_]) -> Iterator[tuple[str, str, NDArray[np.bool_]]]:
    """How cut, the word, and which rows; only cuts that tell some of `rows` apart."""
    for by, words in labels.items():
        present = sorted({str(word) for word in np.unique(words[rows])} - {""}, key=_order)
        for word in present if len(present) > 1 else ():
            yield by, word, rows & (words == word)


def thirds(sigma: FloatArray) -> Words:
    """Where each day's sigma, oldest first, stands among those of the days before it: calm, usual or wild; '' for the first 60."""
    before: list[float] = []
    words = []
    for value in sigma.tolist():
        place = (bisect_left(before, value) + bisect_right(before, value)) / 2.0
        words.append("" if len(before) < LEAST_DAYS else THIRDS[min(int(3.0 * place / len(before)), 2)])
        insort(before, value)
    return np.array(words, dtype=np.str_)


def _known_on(symbol: Words, as_of: NDArray[np.datetime64], told: Distribution) -> tuple[FloatArray, Words]:
    """The one-session sigma and the third of each row's instrument and day; NaN and '' where there was no forecast."""
    sigma, third = np.full(len(symbol), np.nan), np.full(len(symbol), "", dtype="U8")
    for name in np.unique(told.symbol).tolist():
        own = told.where(told.symbol == name)
        own = own.where(np.lexsort((own.sessions, own.as_of)))
        days, shortest = np.unique(own.as_of, return_index=True)
        daily = own.sigma[shortest] / np.sqrt(own.sessions[shortest])
        rows = np.flatnonzero(symbol == name)
        place = np.minimum(np.searchsorted(days, as_of[rows]), len(days) - 1)
        found = days[place] == as_of[rows]
        sigma[rows[found]] = daily[place[found]]
        third[rows[found]] = thirds(daily)[place[found]]
    return sigma, third


def _distance(record: Record, sigma: FloatArray) -> Words:
    """Of scenarios and targets; the outlook's prices lie a quarter of a sigma away by definition."""
    away = [np.abs(np.log(record.prices[name] / record.prices["start"])) for name in ("upper", "lower")]
    nearer = np.fmin(*away) / (sigma * np.sqrt(record.sessions))
    words = np.array(NEAR_TO_FAR)[np.searchsorted(DISTANCES, np.nan_to_num(nearer), side="right")]
    chosen: Words = np.where(np.isfinite(nearer) & np.isin(record.kind, ("scenario", "target")), words, "")
    return chosen


def _sessions(sessions: NDArray[np.int64], noun: str) -> Words:
    words: Words = np.char.add(sessions.astype(np.str_), np.where(sessions == 1, f" {noun}", f" {noun}s"))
    return words


def _year(as_of: NDArray[np.datetime64]) -> Words:
    return as_of.astype("datetime64[Y]").astype(np.str_)


def _order(word: str) -> tuple[int, str]:
    """Sessions by their number, distances and thirds in their own order, everything else by the alphabet."""
    first = word.split(" ")[0]
    if word in NEAR_TO_FAR or word in THIRDS:
        return (NEAR_TO_FAR + THIRDS).index(word), word
    return (int(first), word) if first.isdigit() else (0, word)

"""A column of words that come again and again: each word once, and of each row its place among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Chosen = NDArray[np.bool_] | NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words as numbers: a million take 4 MB, spelled out 30 to 100. NumPy takes it for the column spelled out.

    names: different words, in any order; not all need occur. places: of each row, among the names.
    """

    names: NDArray[np.str_]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """The column of these words."""
        known: dict[str, int] = {}
        places = [known.setdefault(word, len(known)) for word in words]
        return cls(np.array(list(known), dtype=np.str_), np.array(places, dtype=np.int32))

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, chosen: int) -> str: ...
    @overload
    def __getitem__(self, chosen: Chosen) -> Words: ...
    def __getitem__(self, chosen: int | Chosen) -> str | Words:
        return str(self.names[self.places[chosen]]) if isinstance(chosen, int) else Words(self.names, self.places[chosen])

    def __eq__(self, word: object) -> NDArray[np.bool_]:  # type: ignore[override]
        found = np.flatnonzero(self.names == word)
        return self.places == found[0] if len(found) else np.zeros(len(self), dtype=bool)

    __hash__ = None  # type: ignore[assignment]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[np.str_]:
        return self.names[self.places].astype(dtype or self.names.dtype, copy=False)

    def tolist(self) -> list[str]:
        """The words, spelled out."""
        names: list[str] = self.names.tolist()
        return [names[place] for place in self.places.tolist()]

    def coded(self) -> tuple[list[str], NDArray[np.int64]]:
        """The words that occur, ascending, and each row's place among them."""
        used = np.flatnonzero(np.bincount(self.places, minlength=len(self.names)))
        ordered = used[np.argsort(self.names[used])]
        rank = np.zeros(len(self.names), dtype=np.int64)
        rank[ordered] = np.arange(len(ordered))
        return self.names[ordered].tolist(), rank[self.places]


def coded(words: NDArray[np.str_] | Words) -> tuple[list[str], NDArray[np.int64]]:
    """The different words of a column, ascending, and each row's place among them; a run of one word is looked at once."""
    if isinstance(words, Words):
        return words.coded()
    if not len(words):
        return [], np.array([], dtype=np.int64)
    starts = np.concatenate([[0], np.flatnonzero(words[1:] != words[:-1]) + 1])
    names, place = np.unique(words[starts], return_inverse=True)
    return names.tolist(), np.repeat(place.ravel(), np.diff(starts, append=len(words)))

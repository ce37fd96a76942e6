"""A hundred thousand damaged files: bars that can be, or one sentence of ours. The suite reads one in fifty of them."""

from __future__ import annotations

import os

import pytest
from mutated_files import CHUNKS, IN_A_CHUNK, mutated, trial

RUN = range(CHUNKS if os.environ.get("LEVELHEAD_SOAK") else 1)


@pytest.mark.long
@pytest.mark.parametrize("chunk", RUN)
def test_a_damaged_file_is_read_as_bars_that_can_be_or_refused_in_a_sentence(chunk, record_property):
    found = trial(chunk)
    for (kind, end), count in found.items():
        record_property(f"damaged {kind} files: {'read as bars' if end == 'bars' else f'refused as {end}'}", count)
    assert sum(found.values()) == IN_A_CHUNK
    # the damage neither spares every file nor ruins it: both ways are walked, for each kind
    for kind in ("text", "gzip", "Parquet"):
        assert found[kind, "bars"] > 2, found
        assert found[kind, "UnreadableFile"] + found[kind, "BadBars"] > 20, found


def test_a_damaged_file_comes_back_from_its_seed():
    assert mutated(4711) == mutated(4711)
    assert len({mutated(seed)[1] for seed in range(100)}) > 95

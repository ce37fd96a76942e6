"""Laws of the archive, against a model without files: no order of writing can be seen, no later fetch is ever read."""

from __future__ import annotations

import tempfile

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_archive import RTY, Fetch, Model, append, bars_of, hour, said_by

from levelhead.domain.errors import NoBars
from levelhead.market.archive import Archive
from levelhead.market.archive_parquet import ParquetFiles

prices = st.sampled_from([2000.0, 2010.0, 2020.5])
volumes = st.sampled_from([100.0, 250.0])
said = st.dictionaries(st.integers(0, 6), st.tuples(prices, volumes), min_size=1, max_size=7)


@st.composite
def fetches(draw: st.DrawFn, *, most: int = 4) -> list[Fetch]:
    """Fetches in the order in which they are written, at distinct moments in any order."""
    moments = draw(st.lists(st.integers(0, 20), min_size=1, max_size=most, unique=True))
    return [Fetch(at=float(at), said=draw(said), forming=draw(st.booleans())) for at in moments]


def held(archive: Archive, at: float | None = None) -> tuple[dict, bool] | None:
    """What the archive holds; None where nothing was known."""
    try:
        bars = archive.read("made", "RTY", instrument=RTY, known_at=None if at is None else hour(at))
    except NoBars:
        return None
    return said_by(bars), bars.provisional is not None


ONE_CONNECTION = ParquetFiles()


def made_at(root: str) -> Archive:
    """An archive that shares its connection with the others: opening one takes longer than ten appends."""
    archive = Archive(root)
    archive._files = ONE_CONNECTION
    return archive


def written(root: str, order: list[Fetch]) -> Archive:
    archive = made_at(root)
    for fetch in order:
        append(archive, fetch)
    return archive


@given(order=fetches())
def test_the_archive_holds_what_the_model_holds_at_every_moment(order):
    with tempfile.TemporaryDirectory() as root:
        archive = written(root, order)
        model = Model(order)
        for at in sorted({moment + step for moment in (f.at for f in order) for step in (-0.5, 0, 0.5)}):
            expected = model.holds(at)
            assert held(archive, at) == (expected if expected[0] else None)
        assert held(archive) == model.holds()
        assert archive.verify() == ()


@given(order=fetches(), data=st.data())
def test_any_interleaving_of_appends_gives_the_same_archive(order, data):
    another = data.draw(st.permutations(order))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = written(one, order), written(two, another)
        assert held(first) == held(second)
        for fetch in order:
            assert held(first, fetch.at) == held(second, fetch.at)
        assert first.revisions("made", "RTY") == second.revisions("made", "RTY")
        assert first.fetches("made", "RTY") == second.fetches("made", "RTY")


@given(values=st.lists(said, min_size=2, max_size=3))
def test_fetches_of_one_moment_have_one_order_whoever_writes_first(values):
    together = [Fetch(at=0.0, said=each) for each in values]
    seen = []
    for order in (together, together[::-1]):
        with tempfile.TemporaryDirectory() as root:
            seen.append(held(written(root, order)))
    assert all(each == seen[0] for each in seen)


@given(order=fetches(), data=st.data())
def test_a_read_of_the_past_does_not_know_what_is_fetched_later(order, data):
    moment = data.draw(st.sampled_from([f.at for f in order]))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        everything = written(one, order)
        until_then = written(two, [f for f in order if f.at <= moment])
        assert held(everything, moment) == held(until_then)


@given(order=fetches())
def test_a_fetch_repeated_changes_nothing_at_any_moment(order):
    with tempfile.TemporaryDirectory() as root:
        archive = written(root, order)
        before = {f.at: held(archive, f.at) for f in order}
        for fetch in order:
            again = archive.append(bars_of(fetch.said, forming=fetch.forming), source="made", fetched_at=hour(fetch.at))
            assert again.segment is None
        assert {f.at: held(archive, f.at) for f in order} == before


@given(order=fetches())
def test_what_is_reported_at_each_append_is_what_is_recorded(order):
    """Fetches that come in the order of their moments report, together, every revision there is, and every bar once."""
    with tempfile.TemporaryDirectory() as root:
        archive = made_at(root)
        added, reported = 0, []
        for fetch in sorted(order, key=lambda each: each.at):
            brought = archive.append(bars_of(fetch.said, forming=fetch.forming), source="made", fetched_at=hour(fetch.at))
            added += brought.added
            reported += brought.revised
        assert archive.revisions("made", "RTY") == tuple(reported)
        assert added == len({day for fetch in order for day in fetch.said})


@given(closes=st.lists(st.floats(0.01, 1e6, allow_subnormal=False), min_size=1, max_size=30))
def test_any_price_is_read_back_bit_for_bit(closes):
    given_bars = bars_of({i: (close, 1.0) for i, close in enumerate(closes)})
    with tempfile.TemporaryDirectory() as root:
        archive = made_at(root)
        archive.append(given_bars, source="made", fetched_at=hour(0))
        read = archive.read("made", "RTY", instrument=RTY)
    for name in ("time", "open", "high", "low", "close", "volume"):
        np.testing.assert_array_equal(getattr(read, name), getattr(given_bars, name))

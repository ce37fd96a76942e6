"""Whatever is published, settled, revised and corrected in whatever order: both databases hold what a simple model holds."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from made_ledger import DIGEST, FRIDAY, FUTURES, NAMES, OPENS, SATURDAY, came, document

from levelhead.ledger.kept import Settled
from levelhead.ledger.outcome import Outcome
from levelhead.ledger.record import COLUMNS, Meta, record_of
from levelhead.ledger.statements import statements_of
from levelhead.ledger.store import Ledger

IS_SOAK = bool(os.environ.get("LEVELHEAD_SOAK"))
AUTHORS = ("A. Writer", "Another")
POSSIBLE = {"scenario": ("up", "range", "down"), "first": ("true", "false"), "second": ("true", "false")}
SPECIAL = ("open", "undecided", "void")
STEPS = (dt.timedelta(0), dt.timedelta(minutes=1), dt.timedelta(hours=20), dt.timedelta(days=9))


@dataclass
class Note:
    """A note of the model."""

    number: int
    author: str
    standing: str
    hash: str = ""
    kept: dict[str, Outcome] = field(default_factory=dict)
    disputed: set[tuple[str, str, float | None]] = field(default_factory=set)
    errata: list[str] = field(default_factory=list)


outcomes = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from(POSSIBLE[name] + SPECIAL), st.sampled_from([None, 1.5, -1.0]))
)


class TwoLedgersAndAModel(RuleBasedStateMachine):
    """Everything is done to a ledger in each database, and to a list of notes."""

    makers = ()

    @initialize()
    def begin(self):
        self.ledgers = [Ledger.open(make()) for make in self.makers]
        self.notes: list[Note] = []
        self.entries = 0
        self.clock = SATURDAY
        self.heads: list[str] = []

    def of_both(self, do):
        one, other = (do(ledger) for ledger in self.ledgers)
        assert one == other
        return one

    @rule(number=st.integers(1, 5), author=st.sampled_from(AUTHORS), wait=st.sampled_from(STEPS))
    def publish(self, number, author, wait):
        self.clock += wait
        known = next((n for n in self.notes if (n.number, n.author) == (number, author)), None)
        made = self.of_both(
            lambda ledger: ledger.publish(document(number), author=author, published_at=self.clock, sessions=FUTURES)
        )
        assert made.is_new == (known is None)
        if known is None:
            known = Note(number, author, "live" if self.clock < OPENS else "replayed", made.hash)
            self.notes.append(known)
            self.entries += 1
            assert made.seq == self.entries
        assert (made.hash, made.standing) == (known.hash, known.standing)

    @precondition(lambda self: self.notes)
    @rule(data=st.data(), found=st.lists(outcomes, min_size=1, max_size=4, unique_by=lambda o: o[0]), wait=st.sampled_from(STEPS))
    def settle(self, data, found, wait):
        """Settles, and settles again on bars that were revised."""
        self.clock += wait
        note = data.draw(st.sampled_from(self.notes))
        given = [came(name, outcome, on=None if outcome == "open" else FRIDAY, result_low=r) for name, outcome, r in found]
        new = [o for o in given if o.outcome != "open" and o.name not in note.kept]
        others = [o for o in given if o.outcome != "open" and o.name in note.kept]
        is_same = [
            (o.outcome, o.result_low) == (note.kept[o.name].outcome, note.kept[o.name].result_low)
            or (o.name, o.outcome, o.result_low) in note.disputed
            for o in others
        ]
        disputed = [o for o, same in zip(others, is_same, strict=True) if not same]
        told = self.of_both(lambda ledger: ledger.settle(note.hash, given, settled_at=self.clock, bars_digest=DIGEST))
        assert told == Settled(new=len(new), same=sum(is_same), disputed=len(disputed))
        note.kept |= {o.name: o for o in new}
        note.disputed |= {(o.name, o.outcome, o.result_low) for o in disputed}
        self.entries += bool(new) + bool(disputed)

    @precondition(lambda self: self.notes)
    @rule(data=st.data(), reason=st.sampled_from(["A wrong stop.", "A wrong day."]))
    def correct(self, data, reason):
        note = data.draw(st.sampled_from(self.notes))
        made = self.of_both(lambda ledger: ledger.correct(note.hash, reason=reason, corrected_at=self.clock))
        assert made.is_new == (made.hash not in note.errata)
        if made.is_new:
            note.errata.append(made.hash)
            self.entries += 1
            assert made.seq == self.entries

    @precondition(lambda self: self.entries)
    @rule()
    def seal(self):
        self.heads.append(self.of_both(lambda ledger: ledger.seal()).hash)

    @rule()
    def verify(self):
        for head in self.heads[-2:] or [None]:
            assert self.of_both(lambda ledger, head=head: ledger.verify(head)) == ()

    @invariant()
    def both_hold_what_the_model_holds(self):
        if not hasattr(self, "ledgers"):
            return
        for ledger in self.ledgers:
            assert len(ledger) == self.entries
            held = list(ledger.notes())
            assert [(n.hash, n.author, n.standing) for n in held] == [(n.hash, n.author, n.standing) for n in self.notes]
            assert [n.is_corrected_by for n in held] == [tuple(n.errata) for n in self.notes]
            still = [(n.hash, name) for n in self.notes for name in NAMES if name not in n.kept]
            assert [(n.hash, s.name) for n, s in ledger.open_statements()] == still

    @rule()
    def score(self):
        """The record of either is that of the model's statements, one by one."""
        rows = []
        for note in self.notes:
            meta = Meta(author=note.author, symbol="RTY", standing=note.standing, as_of=FRIDAY)
            for statement in statements_of(document(note.number)):
                still = Outcome(name=statement.name, outcome="open", on=None, sessions=0)
                rows.append((meta, statement, note.kept.get(statement.name, still)))
        expected = record_of(rows)
        for ledger in self.ledgers:
            record = ledger.record()
            for name in COLUMNS:
                np.testing.assert_array_equal(getattr(record, name), getattr(expected, name), err_msg=name)

    def teardown(self):
        if not hasattr(self, "ledgers"):
            return
        self.verify()
        self.score()
        for ledger in self.ledgers:
            ledger.close()


@pytest.fixture
def makers(new_sqlite, new_postgresql):
    return (new_sqlite, new_postgresql)


def test_any_sequence_of_doings_leaves_both_databases_as_the_model_has_it(makers, monkeypatch):
    monkeypatch.setattr(TwoLedgersAndAModel, "makers", makers)
    run_state_machine_as_test(
        TwoLedgersAndAModel, settings=settings(max_examples=500 if IS_SOAK else 15, stateful_step_count=20, deadline=None)
    )

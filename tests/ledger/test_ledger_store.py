"""The store, on SQLite and on PostgreSQL: what is published, settled and corrected is kept once, in order, and never changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

import numpy as np
import pytest
from made_ledger import DIGEST, FRIDAY, FUTURES, LATER, NAMES, OPENS, SATURDAY, Raw, came, document, filled, publish, settle
from sqlalchemy.exc import DBAPIError

from levelhead.domain.errors import BadLedger, BadNote
from levelhead.ledger.kept import Settled
from levelhead.ledger.store import Ledger
from levelhead.ledger.tables import TABLES


@pytest.fixture
def ledger(url):
    with Ledger.open(url) as opened:
        yield opened


def test_a_published_note_is_kept_with_whose_it_is_and_what_it_was_made_from(ledger):
    published = publish(ledger)
    (kept,) = ledger.notes()
    assert (published.seq, published.is_new, published.standing) == (1, True, "live")
    assert (kept.hash, kept.author, kept.source, kept.symbol, kept.as_of) == (published.hash, "A. Writer", "desk", "RTY", FRIDAY)
    assert (kept.published_at, kept.path_opens) == (SATURDAY, OPENS)
    assert (kept.data, kept.settings, kept.calibration, kept.version) == (DIGEST, "sha256:5e7", "", "0.1.0")
    assert kept.document == document()
    assert kept.name == "RTY-2025-03-14"


def test_the_calibration_a_note_was_priced_with_is_in_its_entry(ledger):
    made_from = document()["provenance"] | {"calibration": "sha256:ca1"}
    publish(ledger, provenance=made_from)
    assert [note.calibration for note in ledger.notes()] == ["sha256:ca1"]


def test_an_entry_hashes_to_its_name_and_holds_the_hash_of_the_one_before(filled_url):
    raw = Raw(filled_url)
    rows = raw.rows("SELECT seq, hash, parent, text FROM entries ORDER BY seq")
    raw.close()
    assert len(rows) == 10
    parents = ["sha256:" + "0" * 64, *(row[1] for row in rows)]
    for number, (seq, name, parent, text) in enumerate(rows, 1):
        assert seq == number
        assert name == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        assert parent == json.loads(text)["parent"] == parents[number - 1]


def test_the_same_note_twice_is_one_entry_and_keeps_its_first_moment(ledger):
    first = publish(ledger)
    again = publish(ledger, at=LATER)
    assert dataclasses.replace(first, is_new=False) == again
    assert len(ledger) == 1


def test_the_same_document_of_another_author_is_another_entry(ledger):
    mine, other = publish(ledger), publish(ledger, author="Another")
    assert mine.hash != other.hash
    assert [note.author for note in ledger.notes()] == ["A. Writer", "Another"]
    assert len({note.digest for note in ledger.notes()}) == 1


def test_a_note_published_in_bulk_twice_is_one_entry_too(ledger):
    from levelhead.ledger.publishing import draft

    drafts = [draft(document(n), author="A", source="", sessions=FUTURES) for n in (1, 2, 1)]
    published = ledger.publish_many(drafts, published_at=SATURDAY)
    assert [p.is_new for p in published] == [True, True, False]
    assert [p.seq for p in published] == [1, 2, 1]
    assert len(ledger) == 2
    assert ledger.verify() == ()


def test_a_note_published_after_its_path_opened_is_replayed_and_never_live(ledger):
    assert publish(ledger, 1, at=OPENS - dt.timedelta(microseconds=1)).standing == "live"
    assert publish(ledger, 2, at=OPENS).standing == "replayed"


def test_a_note_that_says_it_is_a_replay_is_one_whenever_it_comes(ledger):
    assert publish(ledger, standing="replayed").standing == "replayed"


def test_a_replay_can_be_asked_for(ledger):
    published = ledger.publish(document(), author="A", published_at=SATURDAY, sessions=FUTURES, replayed=True)
    assert published.standing == "replayed"


def test_a_clock_that_lies_a_little_behind_is_lifted_to_the_last_entry_and_one_far_behind_refused(ledger):
    publish(ledger, 1, at=SATURDAY)
    assert publish(ledger, 2, at=SATURDAY - dt.timedelta(minutes=9)).published_at == SATURDAY
    with pytest.raises(
        BadLedger, match=r"The clock says 2025-03-15T11:49:00\.000000Z, the ledger's last entry was made at 2025-03-15"
    ):
        publish(ledger, 3, at=SATURDAY - dt.timedelta(minutes=11))
    assert len(ledger) == 2


def test_a_lifted_clock_decides_whether_a_note_is_live(ledger):
    publish(ledger, 1, at=OPENS + dt.timedelta(minutes=1))
    late = publish(ledger, 2, at=OPENS - dt.timedelta(minutes=1))
    assert late.standing == "replayed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"as_of": "yesterday"}, "does not say what day"),
        ({"instrument": None}, "what instrument"),
        ({"facts": {"last": {"value": float("nan")}}}, "canonical JSON"),
        ({"more": 2**60}, "canonical JSON"),
        ({"claims": [{"name": "x", "claim": "touch the moon"}]}, "cannot be understood"),
        ({"claims": [{"claim": "touch 2100 within 12 sessions"}]}, "cannot be read"),
        ({"claims": [{"name": "a\nb", "claim": "touch 2100 within 12 sessions"}]}, "cannot be kept"),
    ],
)
def test_what_is_no_note_is_refused_by_a_sentence_and_nothing_is_kept(ledger, change, sentence):
    with pytest.raises(BadNote, match=sentence):
        publish(ledger, **change)
    assert len(ledger) == 0


def test_a_note_without_an_author_is_refused(ledger):
    with pytest.raises(BadNote, match="under its author's name"):
        publish(ledger, author="  ")


def test_outcomes_are_kept_once_and_the_same_again_is_nothing(ledger):
    note = publish(ledger).hash
    outcomes = (came("scenario", "up"), came("first", "false"))
    assert settle(ledger, note, *outcomes) == Settled(new=2)
    assert settle(ledger, note, *outcomes, came("second")) == Settled(new=1, same=2)
    assert [(s.name, o.outcome) for s, o in ledger.statements(note)] == [("scenario", "up"), ("first", "false"), ("second", "true")]
    assert len(ledger) == 3


def test_what_is_still_open_is_passed_over(ledger):
    note = publish(ledger).hash
    assert settle(ledger, note, came("first", "open", on=None)) == Settled()
    assert [s.name for _, s in ledger.open_statements()] == list(NAMES)
    assert len(ledger) == 1


def test_an_outcome_that_revised_bars_would_change_is_a_dispute_and_the_kept_one_stays(ledger):
    note = publish(ledger).hash
    settle(ledger, note, came("first", "true"))
    assert settle(ledger, note, came("first", "false")) == Settled(disputed=1)
    assert {s.name: o for s, o in ledger.statements(note)}["first"] == came("first", "true")
    # The same dispute again, and the kept outcome again, are nothing new.
    assert settle(ledger, note, came("first", "false")) == Settled(same=1)
    assert settle(ledger, note, came("first", "true")) == Settled(same=1)
    assert settle(ledger, note, came("first", "void")) == Settled(disputed=1)


def test_an_outcome_keeps_its_results_and_its_reason(ledger):
    note = publish(ledger).hash
    kept = came(
        "second", "undecided", reason="One bar did both.", result_low=-1.0, result_high=2.25, dollars_low=-55.0, dollars_high=None
    )
    settle(ledger, note, kept)
    assert {s.name: o for s, o in ledger.statements(note)}["second"] == kept


@pytest.mark.parametrize(
    ("note", "outcome", "sentence"),
    [
        (None, came("third"), "makes no statement 'third'"),
        (None, came("first", "up"), "cannot come out 'up', only true, false"),
        ("sha256:" + "9" * 64, came("first"), "holds no note sha256:999"),
    ],
)
def test_what_cannot_be_settled_is_refused_by_a_sentence_and_nothing_is_kept(ledger, note, outcome, sentence):
    mine = publish(ledger).hash
    with pytest.raises(BadLedger, match=sentence):
        settle(ledger, note or mine, came("scenario", "up"), outcome)
    assert len(ledger) == 1


def test_an_erratum_is_linked_and_the_note_stays(ledger):
    wrong, right = publish(ledger, 1).hash, publish(ledger, 2).hash
    erratum = ledger.correct(wrong, reason="A wrong stop.", corrected_at=LATER, replaced_by=right)
    assert [note.is_corrected_by for note in ledger.notes()] == [(erratum.hash,), ()]
    assert len(list(ledger.open_statements())) == 6, "both are settled and scored"
    assert ledger.correct(wrong, reason="A wrong stop.", corrected_at=LATER, replaced_by=right) == dataclasses.replace(
        erratum, is_new=False
    )
    second = ledger.correct(wrong, reason="And a wrong target.", corrected_at=LATER)
    assert ledger.find(wrong).is_corrected_by == (erratum.hash, second.hash)


def test_an_erratum_needs_a_reason_and_another_note(ledger):
    note = publish(ledger).hash
    with pytest.raises(BadLedger, match="needs its reason"):
        ledger.correct(note, reason=" ", corrected_at=LATER)
    with pytest.raises(BadLedger, match="cannot replace itself"):
        ledger.correct(note, reason="x", corrected_at=LATER, replaced_by=note)


def test_a_note_is_found_by_hash_by_its_beginning_and_by_name(ledger):
    first, second = publish(ledger, 1).hash, publish(ledger, 2, symbol="ES").hash
    assert ledger.find(first).hash == ledger.find(first[:15]).hash == ledger.find(first[7:17]).hash == first
    assert ledger.find("ES-2025-03-14").hash == second
    assert [note.hash for note in ledger.find_document(document(2, symbol="ES"))] == [second]


def test_a_name_that_means_no_note_or_several_is_refused(ledger):
    publish(ledger, 1)
    publish(ledger, 2)
    with pytest.raises(BadLedger, match="holds 2 notes RTY-2025-03-14: sha256:"):
        ledger.find("RTY-2025-03-14")
    with pytest.raises(BadLedger, match="holds no note RTY-1w-2025-03-14"):
        ledger.find("RTY-1w-2025-03-14")
    with pytest.raises(BadLedger, match="names no note"):
        ledger.find("yesterday's")


def test_notes_are_listed_by_author_symbol_standing_and_day(ledger):
    publish(ledger, 1)
    publish(ledger, 2, symbol="ES", as_of=FRIDAY - dt.timedelta(days=1))
    publish(ledger, 3, author="Another", standing="replayed")
    assert [note.seq for note in ledger.notes(symbol="RTY")] == [1, 3]
    assert [note.seq for note in ledger.notes(author="Another")] == [3]
    assert [note.seq for note in ledger.notes(standing="live")] == [1]
    assert [note.seq for note in ledger.notes(since=FRIDAY)] == [1, 3]
    assert [note.seq for note in ledger.notes(until=FRIDAY - dt.timedelta(days=1))] == [2]


def test_the_record_is_that_of_the_statements_and_outcomes_one_by_one(filled_url):
    from levelhead.ledger.outcome import Outcome
    from levelhead.ledger.record import COLUMNS, Meta, record_of

    with Ledger.open(filled_url) as ledger:
        rows = []
        for note in ledger.notes():
            meta = Meta(author=note.author, symbol=note.symbol, standing=note.standing, as_of=note.as_of)
            for statement, outcome in ledger.statements(note.hash):
                still = Outcome(name=statement.name, outcome="open", on=None, sessions=0)
                rows.append((meta, statement, outcome or still))
        expected, record = record_of(rows), ledger.record()
    assert len(record) == 15
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(record, name), getattr(expected, name), err_msg=name)
    for name, column in expected.prices.items():
        np.testing.assert_array_equal(record.prices[name], column, err_msg=name)


def test_the_record_of_a_claim_that_may_be_void_is_of_what_was_said_given_that_it_is_not(ledger):
    chances = {"true": {"probability": 0.2, "base_rate": 0.0}, "false": {"probability": 0.3, "base_rate": 0.0}}
    void = {"probability": 0.5, "base_rate": 1.0}
    claim = "touch 2010 within 12 sessions given close below 2050 within 12 sessions"
    note = publish(ledger, claims=[{"name": "if", "claim": claim, "chances": chances | {"void": void}}]).hash
    settle(ledger, note, came("if", "void", reason="Its condition did not come true."))
    record = ledger.record(kind="claim")
    assert (record.count.tolist(), record.outcomes.tolist()) == ([2], [-3])
    # 0.2 and 0.3 of the half in which it counts; of a base rate that never counts nothing is left.
    np.testing.assert_allclose(record.said, [[0.4, 0.6, np.nan, np.nan]], rtol=1e-15)
    assert np.isnan(record.base).all()


def test_the_record_can_be_of_an_author_a_kind_a_standing_or_since_a_day(filled_url):
    with Ledger.open(filled_url) as ledger:
        assert len(ledger.record(author="Another")) == 3
        assert set(ledger.record(kind="scenario").name) == {"scenario"}
        assert list(ledger.record(kind="scenario").outcomes) == [0, 2, -2, -2, -2]
        assert len(ledger.record(standing="replayed")) == 0
        assert len(ledger.record(since=FRIDAY)) == 15
        assert len(ledger.record(since=FRIDAY + dt.timedelta(days=1))) == 0
        assert len(ledger.record(symbol="ES", author="Another")) == 0


def test_an_empty_ledger_has_an_empty_record_and_nothing_to_seal(ledger):
    assert len(ledger.record()) == len(ledger) == 0
    assert ledger, "an empty ledger is one too"
    assert ledger.verify() == ()
    with pytest.raises(BadLedger, match="nothing to seal"):
        ledger.seal()


@pytest.mark.parametrize("table", TABLES)
def test_the_database_itself_lets_no_row_be_changed_or_taken_away(filled_url, table):
    raw = Raw(filled_url)
    column = {"entries": "text", "documents": "text", "notes": "author", "corrections": "reason"}.get(table, "seq")
    other = "'x'" if column != "seq" else "seq + 100"
    count = raw.rows(f"SELECT count(*) FROM {table}")[0][0]
    assert count > 0
    for statement in (f"UPDATE {table} SET {column} = {other}", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"):
            raw.plain(statement)
    forbidden = (
        f"TRUNCATE {table} CASCADE"
        if filled_url.startswith("postgresql")
        else f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    )
    with pytest.raises(DBAPIError, match=r"append-only|follows the last one"):
        raw.plain(forbidden)
    assert raw.rows(f"SELECT count(*) FROM {table}")[0][0] == count
    raw.close()


def test_the_database_itself_lets_no_entry_stand_anywhere_but_at_the_end_of_the_chain(filled_url):
    with Ledger.open(filled_url) as ledger:
        head = ledger.seal()
    raw = Raw(filled_url)
    where = "'note', '2030-01-01T00:00:00.000000Z', '{}'"
    for seq, parent in ((head.seq + 2, head.hash), (head.seq + 1, "sha256:0"), (0, "sha256:1")):
        with pytest.raises(DBAPIError, match=r"follows the last one|append-only"):
            raw.plain(f"INSERT INTO entries (seq, hash, parent, kind, at, text) VALUES ({seq}, 'sha256:x', '{parent}', {where})")
    with pytest.raises(DBAPIError, match="follows the last one"):
        raw.plain(
            "INSERT INTO entries (seq, hash, parent, kind, at, text) "
            f"VALUES ({head.seq + 1}, 'sha256:x', '{head.hash}', 'note', '2001-01-01T00:00:00.000000Z', '{{}}')"
        )
    raw.close()


def test_the_same_doings_give_the_same_hashes_in_both_databases(new_sqlite, new_postgresql):
    with filled(new_sqlite()) as one, filled(new_postgresql()) as other:
        assert one.seal() == other.seal()
        assert [note.hash for note in one.notes()] == [note.hash for note in other.notes()]

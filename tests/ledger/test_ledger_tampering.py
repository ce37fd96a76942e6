"""Tampering: each kind of change that raw SQL can make is found and named, on both databases (what is done: made_tampering)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import numpy as np
import pytest
import rfc8785
from made_ledger import FUTURES, LATER, SATURDAY, Raw, came, document, publish, settle
from made_tampering import TAMPERED, quoted

from levelhead.domain.errors import BadLedger
from levelhead.ledger.kept import Sealed
from levelhead.ledger.store import Ledger

ENTRIES = 10
SEALED_AT = 8


@pytest.fixture
def sealed(filled_url):
    """A ledger, the seal of its eighth entry and that of its last."""
    url = filled_url
    with Ledger.open(url) as ledger:
        assert len(ledger) == ENTRIES
        last = ledger.seal()
        eighth = entry_of(url, SEALED_AT)
        seal = Sealed(hash=eighth["hash"], seq=SEALED_AT, at=dt.datetime.fromisoformat(eighth["at"]))
        assert ledger.verify(last.hash, seals=[seal, last]) == ()
    return url, seal, last


def entry_of(url: str, seq: int) -> dict:
    raw = Raw(url)
    names = ("seq", "hash", "parent", "kind", "at", "text")
    (row,) = raw.rows(f"SELECT {', '.join(names)} FROM entries WHERE seq = {seq}")
    raw.close()
    return dict(zip(names, row, strict=True))


def hashed(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def rewritten(url: str, first: int, change) -> list[str]:
    """The SQL of somebody who changes entry `first` and then makes every hash after it fit: the whole chain anew from there."""
    statements, parent = [], None
    for seq in range(first, ENTRIES + 1):
        old = entry_of(url, seq)
        whole = json.loads(old["text"])
        if seq == first:
            change(whole)
        whole["parent"] = parent or whole["parent"]
        text = rfc8785.dumps(whole).decode()
        statements.append(
            f"UPDATE entries SET text = {quoted(text)}, hash = '{hashed(text)}', "
            f"parent = '{whole['parent']}', at = '{whole['at']}' WHERE seq = {seq}"
        )
        if old["kind"] == "note":
            statements.append(f"UPDATE notes SET hash = '{hashed(text)}' WHERE seq = {seq}")
        parent = hashed(text)
    # From the end, so that no two rows ever have one parent.
    return statements[::-1]


def found(url: str, head: str | None = None, seals=()) -> dict[str, set[str]]:
    """What verification finds: kinds by the place they name."""
    with Ledger.open(url) as ledger:
        told: dict[str, set[str]] = {}
        for fault in ledger.verify(head, seals=seals):
            assert fault.text[0].isupper()
            assert fault.text.endswith(".")
            told.setdefault(fault.where, set()).add(fault.kind)
        return told


@pytest.mark.parametrize("done", TAMPERED)
def test_what_is_changed_is_found_and_named_even_without_a_head(sealed, done):
    url, seal, last = sealed
    statements, expected = TAMPERED[done]
    raw = Raw(url)
    raw(*statements)
    raw.close()
    for told in (found(url), found(url, last.hash, [seal])):
        for where, kind in expected.items():
            named = [kinds for place, kinds in told.items() if place == where or place.startswith(f"{where} sha256:")]
            assert any(kind in kinds for kinds in named), (where, told)


def test_there_are_a_dozen_kinds_of_tampering_and_more():
    assert len(TAMPERED) >= 12


def test_a_tail_that_was_cut_is_found_by_a_later_head_and_cannot_be_known_without(sealed):
    url, seal, last = sealed
    raw = Raw(url)
    raw("DELETE FROM corrections WHERE seq = 10", "DELETE FROM outcomes WHERE seq = 9", "DELETE FROM entries WHERE seq IN (9, 10)")
    raw.close()
    assert found(url) == found(url, seal.hash) == {}, "the eighth entry is there, and what followed it was not sealed by it"
    assert found(url, last.hash) == {"head": {"rewritten"}}
    assert found(url, seals=[seal, last]) == {"entries 9 to 10": {"missing"}}


def test_a_chain_rewritten_from_an_entry_on_is_found_by_a_head_and_cannot_be_known_without(sealed):
    url, seal, last = sealed

    def flatter(whole):
        whole["content"]["reason"] = "No fault of ours."

    statements = [*rewritten(url, 10, flatter), "UPDATE corrections SET reason = 'No fault of ours.' WHERE seq = 10"]
    raw = Raw(url)
    raw(*statements)
    raw.close()
    assert found(url) == found(url, seal.hash) == {}, "it hangs together: only what was kept elsewhere tells"
    assert found(url, last.hash) == {"head": {"rewritten"}}
    assert found(url, seals=[seal, last]) == {"entry 10": {"rewritten"}}
    with Ledger.open(url) as ledger:
        (fault,) = ledger.verify(seals=[seal, last])
    assert "after entry 8, which is as it was sealed, the chain was rewritten" in fault.text


def test_an_entry_dated_back_with_every_later_hash_made_to_fit_is_named(sealed):
    url, seal, last = sealed

    def date_back(whole):
        whole["at"] = "2025-03-15T11:00:00.000000Z"

    raw = Raw(url)
    raw(*rewritten(url, 5, date_back))
    raw.close()
    assert "back-dated" in found(url)["entry 5"]
    told = found(url, last.hash, [seal])
    assert "back-dated" in told["entry 5"]
    assert told["entry 8"] == {"rewritten"}
    assert told["head"] == {"rewritten"}


def test_a_replay_made_live_with_every_later_hash_made_to_fit_is_named(url):
    with Ledger.open(url) as ledger:
        publish(ledger, at=LATER)
    whole = json.loads(entry_of(url, 1)["text"])
    whole["content"]["standing"] = "live"
    text = rfc8785.dumps(whole).decode()
    raw = Raw(url)
    raw(
        f"UPDATE entries SET text = {quoted(text)}, hash = '{hashed(text)}'",
        f"UPDATE notes SET standing = 'live', hash = '{hashed(text)}'",
    )
    raw.close()
    assert found(url) == {"entry 1": {"back-dated"}}


def test_a_live_note_whose_entry_tells_a_later_opening_is_named_by_the_session_table(url):
    from levelhead.domain.sessions import SessionTable

    late = np.timedelta64(30, "D")
    table = SessionTable(
        calendar="late", dates=FUTURES.dates, opens=FUTURES.opens + late, closes=FUTURES.closes + late, early=FUTURES.early
    )
    with Ledger.open(url) as ledger:
        assert ledger.publish(document(), author="A", published_at=LATER, sessions=table).standing == "live"
        assert publish(ledger, 2, at=LATER + dt.timedelta(minutes=1), as_of=LATER.date()).standing == "live"
        assert ledger.verify() == (), "the entry is as it was written"
        (fault,) = ledger.verify(sessions=lambda note: FUTURES if note["instrument"]["calendar"] == "CME_EQUITY" else None)
    assert (fault.kind, fault.where) == ("back-dated", "entry 1")
    assert "its path opened at 2025-03-16 22:00:00+00:00" in fault.text


@pytest.mark.parametrize("done", ["the statements of a note are taken out", "a note's row is taken out", "an outcome is put in"])
def test_no_scores_are_computed_from_tables_that_contradict_each_other(sealed, done):
    url, _, _ = sealed
    raw = Raw(url)
    raw(*TAMPERED[done][0])
    if done == "an outcome is put in":
        raw("UPDATE outcomes SET note = 999 WHERE seq = 12")
    raw.close()
    with (
        Ledger.open(url) as ledger,
        pytest.raises(BadLedger, match=r"contradict each other .*; `levelhead verify` says which rows"),
    ):
        ledger.record()


def test_a_second_outcome_of_a_statement_is_named_though_the_chain_holds_it(url, monkeypatch):
    from levelhead.ledger import settlement

    with Ledger.open(url) as ledger:
        note = publish(ledger).hash
        settle(ledger, note, came("first", "true"))
        monkeypatch.setattr(settlement, "verdict", lambda *_: "new")
        settle(ledger, note, came("first", "false"))
    assert found(url) == {"entry 3": {"added"}}


def test_a_trigger_that_is_gone_is_named(url):
    raw = Raw(url)
    raw.plain("DROP TRIGGER entries_no_update" + (" ON entries" if url.startswith("postgresql") else ""))
    raw.close()
    assert found(url) == {"entries_no_update": {"unguarded"}}


def test_a_trigger_that_sleeps_is_named(new_postgresql):
    url = new_postgresql()
    raw = Raw(url)
    raw.plain("ALTER TABLE notes DISABLE TRIGGER notes_no_delete")
    raw.close()
    assert found(url) == {"notes_no_delete": {"unguarded"}}


def test_a_head_of_another_ledger_is_named(sealed, new_ledger):
    url, _, _ = sealed
    with Ledger.open(new_ledger()) as other:
        publish(other, 9)
        stranger = other.seal()
    assert found(url, stranger.hash) == {"head": {"rewritten"}}
    assert found(url, seals=[stranger]) == {"entry 1": {"rewritten"}}


def test_what_is_sealed_later_covers_what_was_added(sealed):
    url, seal, last = sealed
    with Ledger.open(url) as ledger:
        publish(ledger, 8, at=LATER + dt.timedelta(days=9))
        assert ledger.verify(last.hash, seals=[seal]) == ()
        assert ledger.last_sealed(last.hash, seals=[seal]) == ENTRIES
        assert ledger.last_sealed(None, seals=[seal]) == SEALED_AT
        assert ledger.last_sealed(None) is None
        assert ledger.seal().seq == ENTRIES + 1


@pytest.mark.parametrize("head", ["", "sha256:", "5bcdcd86c9a67", "md5:" + "0" * 32, "the head"])
def test_what_is_no_hash_of_a_head_is_refused(url, head):
    with Ledger.open(url) as ledger, pytest.raises(BadLedger, match="is no hash of a head"):
        ledger.verify(head)


def test_a_seal_is_a_line_of_text_and_back():
    from levelhead.ledger.seal import read_seals, seal_line

    seal = Sealed(hash="sha256:" + "5" * 64, seq=17, at=SATURDAY)
    assert seal_line(seal) == f"sha256:{'5' * 64} entry 17 of 2025-03-15T12:00:00.000000Z"
    assert read_seals(f"{seal_line(seal)}\n\n{seal_line(seal)}\n", where="seals.txt") == (seal, seal)
    with pytest.raises(BadLedger, match=r"seals.txt line 2 is no seal"):
        read_seals(f"{seal_line(seal)}\nsha256:55 entry 17\n", where="seals.txt")

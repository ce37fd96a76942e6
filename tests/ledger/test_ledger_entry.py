"""Entries: canonical text after RFC 8785, and hashes that name their algorithm."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levelhead.domain.errors import BadLedger, BadNote
from levelhead.ledger.entry import GENESIS, canonical, digest, entry, moment_of, moment_text, read_entry

NOON = dt.datetime(2025, 3, 14, 12, 0, tzinfo=dt.UTC)


def test_the_example_of_rfc_8785_is_written_as_the_rfc_writes_it():
    # RFC 8785, section 3.2.2 to 3.2.3.
    given_text = (
        '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        ' "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}'
    )
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical(json.loads(given_text)) == expected


def test_keys_are_sorted_by_utf_16_units_as_the_rfc_wants_it():
    # RFC 8785, section 3.2.3: the emoji's first unit is D83D, before FB33.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = list(json.loads(canonical(dict.fromkeys(keys, 0))))
    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_a_hash_names_its_algorithm():
    # SHA-256 of 'abc', FIPS 180-4's example.
    assert digest("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_entry_is_its_text_and_the_hash_of_it_with_the_parent_inside():
    made = entry(seq=1, parent=GENESIS, kind="note", at=NOON, content={"b": 1.0, "a": "ü"})
    assert made.text == (
        '{"at":"2025-03-14T12:00:00.000000Z","content":{"a":"ü","b":1},"format":"levelhead ledger 1","kind":"note",'
        f'"parent":"sha256:{"0" * 64}","seq":1}}'
    )
    assert made.hash == "sha256:" + hashlib.sha256(made.text.encode()).hexdigest()
    assert read_entry(made.text).hash == made.hash


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(), st.lists)))
def test_an_entry_read_back_is_the_same_entry(content):
    made = entry(seq=7, parent=GENESIS, kind="dispute", at=NOON, content=content)
    assert read_entry(made.text) == made


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {"x": object()}])
def test_what_canonical_json_cannot_say_is_refused_by_a_sentence(value):
    with pytest.raises(BadNote, match="cannot be written as canonical JSON"):
        canonical([value])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format":"levelhead ledger 2","kind":"note"}', '{"format":"levelhead ledger 1"}']
)
def test_what_is_no_entry_is_refused_by_a_sentence(text):
    with pytest.raises(BadLedger, match="entry"):
        read_entry(text)


@given(st.datetimes(timezones=st.just(dt.UTC)), st.datetimes(timezones=st.just(dt.UTC)))
def test_moments_sort_as_text(one, other):
    assert moment_of(moment_text(one)) == one
    assert (moment_text(one) < moment_text(other)) == (one < other)


def test_a_moment_is_written_in_utc():
    evening = dt.datetime(2025, 3, 14, 20, 30, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
    assert moment_text(evening) == "2025-03-15T00:30:00.000000Z"

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from importlib import resources

import jsonschema
import pytest
from made_note import made_note

from levelhead.domain.errors import BadNote
from levelhead.domain.note import SCHEMA_VERSION
from levelhead.wire.document import from_json, schema, to_document, to_json


@pytest.mark.parametrize("with_setups", [True, False])
def test_a_note_survives_the_wire_unchanged(with_setups):
    note = made_note(with_setups=with_setups)
    assert from_json(to_json(note)) == note


def test_the_same_note_gives_the_same_bytes_with_its_keys_in_order():
    text = to_json(made_note())
    assert text == to_json(from_json(text))
    document = json.loads(text)
    assert list(document) == sorted(document)


def test_the_document_has_the_keys_of_the_contract_and_fits_its_schema():
    document = to_document(made_note())
    assert {"facts", "levels", "scenarios", "outlook", "setups", "claims", "provenance", "schema_version"} <= set(document)
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(document, schema())


def test_a_document_that_lost_a_part_does_not_fit_the_schema():
    document = to_document(made_note())
    del document["levels"]
    with pytest.raises(jsonschema.ValidationError, match="'levels' is a required property"):
        jsonschema.validate(document, schema())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "note.json is not JSON"),
        ("[]", "holds no schema_version"),
        ('{"schema_version": "99"}', f"has schema version '99', this levelhead reads '{SCHEMA_VERSION}'"),
        (f'{{"schema_version": "{SCHEMA_VERSION}"}}', "is not a note: title: Field required"),
    ],
)
def test_what_is_not_a_note_is_refused_in_a_sentence(text, said):
    with pytest.raises(BadNote, match=said.replace("(", r"\(")):
        from_json(text, where="note.json")


def test_numbers_that_are_not_finite_never_leave():
    note = made_note()
    broken = replace(note, facts={**note.facts, "last": replace(note.facts["last"], value=float("nan"))})
    with pytest.raises(ValueError, match="Out of range float"):
        to_json(broken)


def test_a_note_from_before_levels_had_names_and_histories_is_read_and_written_as_it_was():
    note = made_note()
    text = to_json(note)
    assert not {"key", "kind", "held_on", "broken_on", "reclaimed_on", "history"} & json.loads(text)["levels"][0].keys()
    assert to_json(from_json(text)) == text
    named = replace(note, ladder=tuple(replace(level, key="sma_50", broken_on=dt.date(2025, 4, 4)) for level in note.ladder))
    again = from_json(to_json(named))
    assert again == named
    assert json.loads(to_json(named))["levels"][0]["broken_on"] == "2025-04-04"


def test_the_schema_published_with_the_package_is_that_of_its_notes():
    published = resources.files("levelhead.wire").joinpath("note.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == schema(), "run make docs"

"""What somebody with the file, or the password, can do to a ledger, and what must be named when it is verified.

The ledger that is tampered with holds ten entries, as made_ledger.filled makes them: notes 1 to 4 of one author, note 5 of another,
outcomes 6 and 7, dispute 8, outcomes 9, correction 10. It was sealed after entry 8 and at its end.
"""

from __future__ import annotations


def quoted(text: str) -> str:
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def copied(columns: str, **changes: str) -> str:
    """An INSERT of a row like another one."""
    table, names = columns.split(": ")
    values = ", ".join(changes.get(name, name) for name in names.split(", "))
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}"


ENTRY = "entries: seq, hash, parent, kind, at, text"
OUTCOME = "outcomes: seq, note, count, packed"
NOTE = (
    "notes: seq, hash, digest, author, source, symbol, timeframe, as_of, published_at, path_opens, standing, data, settings, "
    "calibration, version, count"
)

# What is done, and what must be named: the place, and the kind of fault.
TAMPERED = {
    "the text of a note's entry is changed": (
        ["UPDATE entries SET text = replace(text, '\"said\":[0.3,', '\"said\":[0.9,') WHERE seq = 3"],
        {"entry 3": "changed", "statements 3": "changed"},
    ),
    "an entry's text is no entry any more": (
        ["UPDATE entries SET text = 'nothing' WHERE seq = 6"],
        {"entry 6": "changed", "outcomes 6": "added"},
    ),
    "the hash of an entry is changed": (
        [f"UPDATE entries SET hash = 'sha256:{'1' * 64}' WHERE seq = 4"],
        {"entry 4": "changed"},
    ),
    "the parent of an entry is changed": (
        [f"UPDATE entries SET parent = 'sha256:{'1' * 64}' WHERE seq = 4"],
        {"entry 4": "changed"},
    ),
    "the kind of an entry is changed": (
        ["UPDATE entries SET kind = 'dispute' WHERE seq = 7"],
        {"entry 7": "changed"},
    ),
    "the clock of an entry is put back": (
        ["UPDATE entries SET at = '2025-03-01T00:00:00.000000Z' WHERE seq = 5"],
        {"entry 5": "changed"},
    ),
    "an entry in the middle is taken out": (
        ["DELETE FROM outcomes WHERE seq = 7", "DELETE FROM entries WHERE seq = 7"],
        {"entry 7": "missing"},
    ),
    "the first entry is taken out": (
        ["DELETE FROM entries WHERE seq = 1"],
        {"entry 1": "missing", "notes 1": "added"},
    ),
    "two entries in a row are taken out": (
        ["DELETE FROM entries WHERE seq IN (6, 7)"],
        {"entries 6 to 7": "missing"},
    ),
    "two entries change places": (
        [
            "UPDATE entries SET seq = 99 WHERE seq = 6",
            "UPDATE entries SET seq = 6 WHERE seq = 7",
            "UPDATE entries SET seq = 7 WHERE seq = 99",
        ],
        {"entry 6": "reordered", "entry 7": "reordered"},
    ),
    "an entry is moved to the end": (
        ["UPDATE entries SET seq = 11 WHERE seq = 6"],
        {"entry 6": "missing", "entry 11": "reordered"},
    ),
    "an entry is put in after the last one": (
        [f"{copied(ENTRY, seq='11', hash=quoted('sha256:x'), parent=quoted('sha256:y'))} WHERE seq = 9"],
        {"entry 11": "changed"},
    ),
    "the document of a note is changed": (
        ["UPDATE documents SET text = replace(text, 'Note 2', 'Note 7')"],
        {"documents": "changed"},
    ),
    "the document of a note is taken out": (
        ["DELETE FROM documents WHERE digest = (SELECT digest FROM notes WHERE seq = 2)"],
        {"documents": "missing"},
    ),
    "a document is put in": (
        ["INSERT INTO documents (digest, text) VALUES ('sha256:00', 'a forgery')"],
        {"documents": "added"},
    ),
    "a note changes its author": (
        ["UPDATE notes SET author = 'Somebody Else' WHERE seq = 2"],
        {"notes 2": "changed"},
    ),
    "a replay is made live": (
        ["UPDATE notes SET standing = 'replayed' WHERE seq = 2"],
        {"notes 2": "changed"},
    ),
    "a note is dated back": (
        ["UPDATE notes SET published_at = '2025-03-01T00:00:00.000000Z' WHERE seq = 2"],
        {"notes 2": "changed"},
    ),
    "a note's row is taken out": (
        ["DELETE FROM notes WHERE seq = 4"],
        {"notes 4": "missing"},
    ),
    "a note's row is put in": (
        [f"{copied(NOTE, seq='77', hash=quoted('sha256:z'), author=quoted('Nobody'))} WHERE seq = 4"],
        {"notes 77": "added"},
    ),
    "what a note said is changed": (
        ["UPDATE statements SET names = replace(names, 'first', 'other') WHERE seq = 3"],
        {"statements 3": "changed"},
    ),
    "the numbers that scores are computed from are changed": (
        ["UPDATE statements SET packed = (SELECT packed FROM statements WHERE seq = 4) WHERE seq = 3"],
        {"statements 3": "changed"},
    ),
    "the statements of a note are taken out": (
        ["DELETE FROM statements WHERE seq = 1"],
        {"statements 1": "missing"},
    ),
    "an outcome is changed in its entry": (
        ["UPDATE entries SET text = replace(text, '\"down\"', '\"up\"') WHERE seq = 7"],
        {"entry 7": "changed", "outcomes 7": "changed"},
    ),
    "an outcome's numbers are changed": (
        ["UPDATE outcomes SET packed = (SELECT packed FROM outcomes WHERE seq = 9) WHERE seq = 7"],
        {"outcomes 7": "changed"},
    ),
    "an outcome is given to another note": (
        ["UPDATE outcomes SET note = 3 WHERE seq = 7"],
        {"outcomes 7": "changed"},
    ),
    "an outcome is taken out": (
        ["DELETE FROM outcomes WHERE seq = 9"],
        {"outcomes 9": "missing"},
    ),
    "an outcome is put in": (
        [f"{copied(OUTCOME, seq='12', note='4')} WHERE seq = 7"],
        {"outcomes 12": "added"},
    ),
    "a dispute is given to another note": (
        ["UPDATE disputes SET note = 2 WHERE seq = 8"],
        {"disputes 8": "changed"},
    ),
    "a dispute is taken out": (
        ["DELETE FROM disputes WHERE seq = 8"],
        {"disputes 8": "missing"},
    ),
    "an erratum is changed": (
        ["UPDATE corrections SET reason = 'No fault of ours.' WHERE seq = 10"],
        {"corrections 10": "changed"},
    ),
    "an erratum is taken out": (
        ["DELETE FROM corrections WHERE seq = 10"],
        {"corrections 10": "missing"},
    ),
}  # fmt: skip

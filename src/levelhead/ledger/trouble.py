"""What a database says when it cannot do what it was asked, as a sentence that says what to do."""

from __future__ import annotations

UNREACHED = "The ledger {name} cannot be reached: "
# What SQLite, PostgreSQL's library, its server and psycopg say, and what it means here. The first that fits is told.
TOLD = {
    "file is not a database": "{name} is not a database; give the file of a ledger, or the name of a new one.",
    "unable to open database file": "The ledger {name} cannot be opened; give a file, not a folder, that you may read and write.",
    "attempt to write a readonly database": "The ledger {name} can only be read here; move it to where you may write.",
    "in a read-only transaction": "The ledger {name} can only be read here; give the server that it is written on.",
    "database disk image is malformed": "The ledger {name} is damaged; go back to a copy, which `levelhead verify --head` proves.",
    "database is locked": "Another program has kept the ledger {name} to itself for a minute; try again when it is done.",
    "database or disk is full": "There is no room left for the ledger {name}; nothing of this was kept. Make room, and try again.",
    "No space left on device": "There is no room left for the ledger {name}; nothing of this was kept. Make room, and try again.",
    "onnection refused": UNREACHED + "no PostgreSQL server answers there. Start it, or correct host and port.",
    "timeout expired": UNREACHED + "its server does not answer. Correct host and port, or try again later.",
    "No route to host": UNREACHED + "no way leads to its host. Correct the host, or try again later.",
    "Network is unreachable": UNREACHED + "no way leads to its host. Correct the host, or try again later.",
    "failed to resolve host": UNREACHED + "nobody knows its host. Correct the name of the host, or try again later.",
    "could not translate host name": UNREACHED + "nobody knows its host. Correct the name of the host, or try again later.",
    "invalid port number": UNREACHED + "its port is none. Give a number from 1 to 65535, or leave it out.",
    "password authentication failed": "The ledger {name} is closed to this user and password; correct them in its URL.",
    "no password supplied": "The ledger {name} asks for a password; give it in its URL: postgresql://user:password@host/database.",
}


def sentence(name: str, words: str) -> str:
    """What a database says, as a sentence on one line; its own words where they are not known here."""
    told = next((told for known, told in TOLD.items() if known in words), None)
    if told is not None:
        return told.format(name=name)
    said = " ".join(words.split())
    if "FATAL: database" in said and said.endswith("does not exist"):
        return f"The server of the ledger {name} has no such database; make one there with `createdb`, or correct its name."
    return f"The ledger {name}: {said}{'' if said.endswith(('.', '?', '!')) else '.'}"

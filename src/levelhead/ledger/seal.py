"""Seals: hashes of the chain's head that were kept elsewhere, as lines of a text file, and held against the chain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from levelhead.domain.errors import BadLedger
from levelhead.ledger.entry import ALGORITHM, moment_of, moment_text
from levelhead.ledger.kept import Fault, Sealed

SHORTEST = 16  # hexadecimal digits of a head; fewer could be met by making entries until one fits
HEAD = re.compile(rf"(?:{ALGORITHM}:)?([0-9a-f]{{{SHORTEST},64}})")
LINE = re.compile(rf"({ALGORITHM}:[0-9a-f]{{64}}) entry (\d+) of (\S+)")


def seal_line(sealed: Sealed) -> str:
    """A seal as one line of text: 'sha256:... entry 17 of 2025-03-14T12:00:00.000000Z'."""
    return f"{sealed.hash} entry {sealed.seq} of {moment_text(sealed.at)}"


def read_seals(text: str, *, where: str) -> tuple[Sealed, ...]:
    """The seals in a text of such lines; empty lines are passed over. Raises BadLedger for any other line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = LINE.fullmatch(line.strip())
        try:
            if match is not None:
                found.append(Sealed(hash=match[1], seq=int(match[2]), at=moment_of(match[3])))
                continue
        except ValueError:
            pass
        if line.strip():
            raise BadLedger(
                f"{where} line {number} is no seal; a line reads like 'sha256:... entry 17 of 2025-03-14T12:00:00.000000Z'."
            )
    return tuple(found)


def full_head(head: str) -> str:
    """A head with the name of its algorithm. Raises BadLedger where it is none, or too short to mean one entry."""
    match = HEAD.fullmatch(head.strip().lower())
    if match is None:
        raise BadLedger(f"{head!r} is no hash of a head; give the {SHORTEST} to 64 digits that `levelhead ledger seal` printed.")
    return f"{ALGORITHM}:{match[1]}"


class Heads:
    """The sealed heads that the chain must hold."""

    def __init__(self, head: str | None, seals: Sequence[Sealed]) -> None:
        self._head = None if head is None else full_head(head)
        self._seen_head: int | None = None
        self._seals = {(seal.seq, seal.hash): seal for seal in seals}
        self._kept: set[tuple[int, str]] = set()
        self._places = {seal.seq for seal in seals}

    def see(self, seq: int, computed: str) -> None:
        """Takes note of an entry of the chain, by the hash of its text."""
        if self._head is not None and computed.startswith(self._head):
            self._seen_head = seq
        if seq in self._places:
            self._kept.add((seq, computed))

    def unseen(self, last: int) -> Iterator[Fault]:
        """What was sealed and is not in the chain, which ends with entry `last`."""
        good = max((seq for seq, hash_ in self._kept if (seq, hash_) in self._seals), default=0)
        for seal in sorted(self._seals.values(), key=lambda seal: seal.seq):
            if (seal.seq, seal.hash) in self._kept:
                continue
            if seal.seq > last:
                said = f"The chain ends with entry {last}, and entry {seal.seq} was sealed: what came after {last} was cut off."
                yield Fault(kind="missing", where=f"entries {last + 1} to {seal.seq}", text=said)
                continue
            since = f"after entry {good}, which is as it was sealed, " if 0 < good < seal.seq else ""
            said = f"Entry {seal.seq} was sealed with the hash {seal.hash[:23]}... and has another: {since}the chain was rewritten."
            yield Fault(kind="rewritten", where=f"entry {seal.seq}", text=said)
        if self._head is not None and self._seen_head is None:
            said = f"No entry has the sealed hash {self._head[:23]}...: the chain was rewritten, or its end was cut off."
            yield Fault(kind="rewritten", where="head", text=said)

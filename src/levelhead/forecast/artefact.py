"""What was learned from settled forecasts, as a dated value: weights of a pool and maps of calibration, with their evidence.

A series of them is kept as JSON. Day t uses the last that ended before t; a later one cannot be applied to it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.errors import BadDate, BadSettings, NotYetKnown
from levelhead.kernels import calibration

FloatArray = NDArray[np.float64]
Mapped = Literal["none", "beta", "isotonic"]

EVERYONE = "all"
SCHEMA = "1"
PRIOR_CASES = 500.0  # cases that a wider family's weights count for
RIDGE = 200.0  # what a map that changes nothing counts for, in the same currency
LEAST_CHANCE = 0.002
DIGITS = 3  # of a weight


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """One forecast that was settled: made on `as_of`, known on `settled`; said: (members, outcomes); happened: which came.

    families: what the instrument belongs to, widest last, such as ('RTY', 'index'); 'all' need not be said.
    """

    as_of: dt.date
    settled: dt.date
    families: tuple[str, ...]
    said: FloatArray
    happened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """Weights and maps fitted to the cases of one family that were settled by `last`.

    kind: of claim, 'split'. members: the forecasters pooled; weights: theirs, summing to 1. mapped: which map; maps: its numbers by
    outcome. first, last: the window, from the first forecast to the day the last was settled. digest: of the cases.
    """

    kind: str
    family: str
    outcomes: tuple[str, ...]
    members: tuple[str, ...]
    weights: tuple[float, ...]
    mapped: Mapped
    maps: Mapping[str, tuple[tuple[float, ...], ...]]
    first: dt.date
    last: dt.date
    count: int
    digest: str

    def chances(self, said: FloatArray, as_of: dt.date) -> FloatArray:
        """What should be said where the members say `said`, (members, outcomes): chances that sum to 1, (outcomes,).

        Raises BadDate where the artefact knows a day that `as_of` does not.
        """
        if self.last >= as_of:
            raise BadDate(
                f"The artefact of {self.family} was fitted on what was known by {self.last}; a forecast of {as_of} needs one that "
                "ended before."
            )
        mixed = calibration.pooled(said[None], np.array(self.weights))[0]
        mapped = np.array([self._mapped(float(p), outcome) for p, outcome in zip(mixed, self.outcomes, strict=True)])
        held = np.maximum(mapped, LEAST_CHANCE) if self.mapped != "none" else mapped
        chances: FloatArray = held / held.sum()
        return chances

    def hash(self) -> str:
        """'sha256:...' of all it says."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()

    def _mapped(self, p: float, outcome: str) -> float:
        if self.mapped == "none":
            return p
        numbers = [np.array(column) for column in self.maps[outcome]]
        if self.mapped == "beta":
            return float(calibration.beta_mapped(np.array([p]), numbers[0])[0])
        return float(calibration.stepped(np.array([p]), calibration.Steps(*numbers))[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefacts:
    """A dated series, oldest first."""

    series: tuple[Artefact, ...] = ()
    _of: Mapping[tuple[str, str], tuple[Artefact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[tuple[str, str], tuple[Artefact, ...]] = {}
        for artefact in self.series:
            key = (artefact.kind, artefact.family)
            found[key] = (*found.get(key, ()), artefact)
        object.__setattr__(self, "_of", found)

    def at(self, as_of: dt.date, families: Sequence[str] = (), *, kind: str = "split") -> Artefact | None:
        """The last of that kind of claim that ended before `as_of`, of the narrowest family that has one; None without any."""
        for family in (*families, EVERYONE):
            known = [artefact for artefact in self._of.get((kind, family), ()) if artefact.last < as_of]
            if known:
                return max(known, key=lambda artefact: artefact.last)
        return None

    def to_json(self) -> str:
        """Canonical: the same series, the same bytes."""
        document = {"schema": SCHEMA, "artefacts": [asdict(artefact) for artefact in self.series]}
        return json.dumps(document, sort_keys=True, indent=1, default=str) + "\n"

    @classmethod
    def from_json(cls, text: str, *, where: str = "artefacts") -> Artefacts:
        """The series in `text`. Raises BadSettings where it is none, or of another schema version."""
        try:
            document = json.loads(text)
            if document["schema"] != SCHEMA:
                raise BadSettings(f"{where}: schema {document['schema']!r}, this version reads {SCHEMA!r}; fit it again.")
            return cls(series=tuple(_read(each) for each in document["artefacts"]))
        except (KeyError, TypeError, ValueError) as error:
            raise BadSettings(f"{where}: is no series of artefacts ({type(error).__name__}: {error}); fit it again.") from None


UNFITTED = Artefacts()


def read_artefacts(path: Path) -> Artefacts:
    """The series in a file. Raises BadSettings."""
    try:
        return Artefacts.from_json(path.read_text(encoding="utf-8"), where=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{path}: cannot be read ({error}); give a file of artefacts.") from None


def fit_artefacts(
    cases: Sequence[Case],
    ends: Sequence[dt.date],
    *,
    kind: str,
    outcomes: Sequence[str],
    members: Sequence[str],
    start: Sequence[float],
    mapped: Mapped = "none",
) -> Artefacts:
    """For each of `ends` an artefact of all cases settled by then, and one of each family among them.

    start: weights believed in beforehand. A family's weights are drawn towards those of the next wider one, which count for 500
    cases: an instrument without history of its own has its class's, a class without any everyone's. Raises NotYetKnown where no
    case was settled by the first of `ends`.
    """
    fitted: list[Artefact] = []
    for end in sorted(ends):
        known = [case for case in cases if case.settled <= end]
        if not known:
            raise NotYetKnown(f"No forecast was settled by {end}; give cases, or a later end.")
        weights = {EVERYONE: _weights(known, np.array(start))}
        fitted.append(_artefact(EVERYONE, known, weights[EVERYONE], kind, outcomes, members, mapped))
        depth = max(len(case.families) for case in known)
        for level in range(depth - 1, -1, -1):
            chains = {case.families[level:] for case in known if len(case.families) > level}
            for family, *wider in sorted(chains):
                own = [case for case in known if family in case.families]
                weights[family] = _weights(own, weights[wider[0] if wider else EVERYONE])
                fitted.append(_artefact(family, own, weights[family], kind, outcomes, members, mapped))
    return Artefacts(series=tuple(fitted))


def _weights(cases: Sequence[Case], start: FloatArray) -> FloatArray:
    said = np.array([case.said for case in cases])
    exact = calibration.linear_weights(said, np.array([case.happened for case in cases]), start, prior=PRIOR_CASES)
    weights: FloatArray = np.round(exact, DIGITS)  # finer ones say nothing, and a note prints them
    weights[0] = round(1.0 - float(weights[1:].sum()), DIGITS)
    return weights


def _artefact(
    family: str,
    cases: Sequence[Case],
    weights: FloatArray,
    kind: str,
    outcomes: Sequence[str],
    members: Sequence[str],
    mapped: Mapped,
) -> Artefact:
    said = calibration.pooled(np.array([case.said for case in cases]), weights)
    happened = np.array([case.happened for case in cases])
    maps = {name: _map(said[:, i], (happened == i).astype(float), mapped) for i, name in enumerate(outcomes)}
    return Artefact(
        kind=kind,
        family=family,
        outcomes=tuple(outcomes),
        members=tuple(members),
        weights=tuple(weights.tolist()),
        mapped=mapped,
        maps={} if mapped == "none" else maps,
        first=min(case.as_of for case in cases),
        last=max(case.settled for case in cases),
        count=len(cases),
        digest=_digest(cases),
    )


def _map(said: FloatArray, happened: FloatArray, mapped: Mapped) -> tuple[tuple[float, ...], ...]:
    if mapped == "beta":
        return (tuple(calibration.beta_fit(said, happened, ridge=RIDGE).tolist()),)
    steps = calibration.isotonic(said, happened)
    return (tuple(steps.said.tolist()), tuple(steps.meant.tolist()))


def _digest(cases: Sequence[Case]) -> str:
    h = hashlib.sha256()
    for case in cases:
        h.update(f"{case.as_of}|{case.settled}|{'|'.join(case.families)}|{case.happened}|".encode())
        h.update(np.ascontiguousarray(case.said, dtype="<f8").tobytes())
    return "sha256:" + h.hexdigest()


def _read(each: Mapping[str, Any]) -> Artefact:
    return Artefact(
        kind=each["kind"],
        family=each["family"],
        outcomes=tuple(each["outcomes"]),
        members=tuple(each["members"]),
        weights=tuple(each["weights"]),
        mapped=each["mapped"],
        maps={outcome: tuple(tuple(column) for column in columns) for outcome, columns in each["maps"].items()},
        first=dt.date.fromisoformat(each["first"]),
        last=dt.date.fromisoformat(each["last"]),
        count=each["count"],
        digest=each["digest"],
    )

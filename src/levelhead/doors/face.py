"""The Python face: what a notebook user calls. Loads, cuts, hands in; the rooms do the work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from levelhead.config import HouseFile, read_house_file
from levelhead.domain import note as domain_note
from levelhead.domain.bars import Bars
from levelhead.domain.claim import PricedClaim
from levelhead.domain.fact import Estimate, Fact
from levelhead.domain.level import FrameBackend
from levelhead.doors.clock import now, standing_of
from levelhead.doors.evidence_file import evidence_now, fitting
from levelhead.doors.material import Material, Quote, gather, seen_on
from levelhead.doors.pricing import priced
from levelhead.doors.shape import Hours, Shape

if TYPE_CHECKING:
    from levelhead.domain.evidence import Evidence
    from levelhead.domain.instrument import Instrument
    from levelhead.forecast.beside import Beside
    from levelhead.kernels.paths import PathBars
    from levelhead.ledger.kept import Published
    from levelhead.ledger.store import Ledger
    from levelhead.reading.context import Context
    from levelhead.review.said import OthersNote
    from levelhead.review.verdict import Verdict

Day = dt.date | str | None


class Note(domain_note.Note):
    """A note that a notebook shows, and that turns to JSON and back.

    note.facts['sma_50'].value is a number of the past, note.estimates[...] one of the future, note.levels.to_frame() the
    ladder as a frame.
    """

    __slots__ = ()

    @classmethod
    def of(cls, written: domain_note.Note) -> Note:
        """The same note with the notebook's methods."""
        return cls(**{f.name: getattr(written, f.name) for f in fields(domain_note.Note)})

    @classmethod
    def from_json(cls, text: str | bytes) -> Note:
        """The note in `text`, a note.json. Raises BadNote where it is none, or of another schema version."""
        from levelhead.wire.document import from_json

        return cls.of(from_json(text))

    def to_json(self) -> str:
        """Canonical JSON: the same note, the same bytes."""
        from levelhead.wire.document import to_json

        return to_json(self)

    def to_markdown(self) -> str:
        """The note as a text to read."""
        from levelhead.render.markdown import to_markdown
        from levelhead.wire.document import to_document

        return to_markdown(to_document(self))

    def to_html(self) -> str:
        """The note as a page that needs nothing beside it."""
        from levelhead.render.page import to_html
        from levelhead.wire.document import to_document

        return to_html(to_document(self))

    def to_png(self) -> bytes:
        """The note's chart as a picture."""
        from levelhead.render.chart import to_png
        from levelhead.wire.document import to_document

        return to_png(to_document(self))

    def to_frame(self, backend: FrameBackend = "pandas") -> Any:
        """Every fact and estimate as a row: name, value, unit, meaning, formula, date, error, base_rate, base_count."""
        import narwhals as nw

        columns: dict[str, list[Any]] = {c: [] for c in _FRAME_COLUMNS}
        entries: dict[str, Fact | Estimate] = {**self.facts, **self.estimates}
        for name, entry in entries.items():
            number = isinstance(entry.value, int | float)
            row = {"name": name, "value": float(entry.value) if number else None, "word": None if number else str(entry.value)}
            for column, values in columns.items():
                values.append(row[column] if column in row else getattr(entry, column, None))
        return nw.from_dict(columns, backend=backend).to_native()

    def _repr_html_(self) -> str:
        """What Jupyter shows: the page in a frame of its own, so that its style and the notebook's leave each other alone."""
        from html import escape

        frame = 'style="width:100%;height:90vh;border:0"'
        return f'<iframe srcdoc="{escape(self.to_html())}" title="{escape(self.title)}" {frame}></iframe>'

    def _repr_markdown_(self) -> str:
        return self.to_markdown()


_FRAME_COLUMNS = ("name", "value", "word", "unit", "meaning", "formula", "date", "error", "base_rate", "base_count")


def read_bars(
    source: Any, symbol: str | Instrument, timeframe: str | None = None, *, quarantine: bool = False, zone: str | None = None
) -> Bars:
    """The bars in a file (a path) or in a frame (pandas, Polars or Arrow).

    symbol: 'RTY', or an Instrument of your own. timeframe: of the bars in it, by default as the stamps show. zone: of intraday
    stamps that name none. Raises BadBars for impossible bars, unless quarantine leaves them out.
    """
    from levelhead.market.files import read_bars as from_file
    from levelhead.market.frames import bars_from_frame
    from levelhead.market.instruments import find_instrument

    instrument = find_instrument(symbol) if isinstance(symbol, str) else symbol
    if isinstance(source, str | Path):
        return from_file(Path(source), instrument, timeframe, quarantine=quarantine, zone=zone)
    return bars_from_frame(source, instrument, timeframe, quarantine=quarantine, zone=zone)


def resample(bars: Bars, timeframe: str, *, hours: Hours = "electronic") -> Bars:
    """The bars of '15m', '1h', '1d', '1w', '1mo', ... that the given ones make; a last one that has not ended is provisional.

    hours: 'rth' takes the regular hours of New York of intraday bars, 'rth-16:15' a quarter of an hour more.
    """
    from levelhead.market.resampling import resample as longer

    return longer(bars, timeframe, hours=hours)


def sample_bars(symbol: str) -> Bars:
    """The real daily bars that the package arch carries: 'IXIC' or 'SPX', 1999 to 2018."""
    from levelhead.market.sample import sample_bars as sample

    return sample(symbol)


def compose_note(
    bars: Bars,
    *,
    peers: Mapping[str, Bars] | Sequence[Bars] = (),
    as_of: Day = None,
    last: float | None = None,
    at: str | None = None,
    high: float | None = None,
    low: float | None = None,
    timeframe: str | None = None,
    hours: Hours = "electronic",
    finer: Bars | None = None,
    house: HouseFile | Path | str | None = None,
    beside: Beside | None = None,
    evidence: Evidence | None = None,
    context: Context | None = None,
) -> Note:
    """The note of the last bar, or of the day `as_of`, from the bars up to that day alone.

    peers: what it is compared with. last, at, high, low: the last bar as it stands while it is not closed yet. timeframe,
    hours: what the bars are made into once they are cut, as `resample` does it. finer: shorter bars of the same days, by which
    volume by price is worked out instead of by daily bars. house: a house file, or what `levelhead.config` read from one. beside:
    what is known beside the bars (`levelhead.forecast.beside.Beside`), by default the package's own artefacts. evidence: what
    `gather_evidence` made of these bars, up to that day or an earlier one, by default of signs alone and on the spot. context: of
    the market around it, as `levelhead.doors.context_files.read_context` reads it. Raises BadDate where the bars do not cover the
    day, BadBars where the finer ones are not theirs.
    """
    quote = None if last is None else Quote(price=last, at=at, high=high, low=low)
    others = peers.values() if isinstance(peers, Mapping) else peers
    desk = house if isinstance(house, HouseFile) else read_house_file(Path(house)) if house else HouseFile()
    shape = Shape(timeframe=timeframe, hours=hours)
    material = gather(bars, others, as_of=_day(as_of), quote=quote, shape=shape, finer=finer, described=desk.instruments)
    found = None if evidence is None else fitting(evidence, material.bars, where="The evidence")
    return written(material, house=desk, moment=now(), beside=beside, evidence=found, context=context)


def gather_evidence(bars: Bars, as_of: Day = None) -> Evidence:
    """What followed each kind of sign and touched level up to the day `as_of`, against a placebo: some seconds for twenty years.

    .tried holds a row for each kind, side and horizon; .find('cross.golden', 'bullish', 12) is one of them.
    """
    from levelhead.evaluate.evidence import evidence_of
    from levelhead.market.sessions import session_table

    return evidence_of(_until(bars, as_of), sessions=session_table(bars.instrument.calendar))


def written(
    material: Material,
    *,
    house: HouseFile,
    moment: dt.datetime,
    beside: Beside | None = None,
    evidence: Evidence | None = None,
    context: Context | None = None,
) -> Note:
    """The note that the desk writes from `material` at `moment`; beside: what is known beside the bars, by default the package's
    own artefacts; evidence: of the past of these bars, by default what can be gathered on the spot; context: breadth, credit and
    positions, by default none.
    """
    from dataclasses import replace
    from importlib.metadata import version

    from levelhead.desk.background import Background
    from levelhead.desk.compose import compose_note as compose
    from levelhead.desk.settings import Settings
    from levelhead.doors.shipped import usual_beside
    from levelhead.evaluate.evidence import closed
    from levelhead.market.instruments import micro_of
    from levelhead.market.resampling import longer_bars
    from levelhead.reading.context import NO_CONTEXT
    from levelhead.reading.whole import whole_of

    bars, settings = material.bars, house.settings or Settings()
    around = replace(context or NO_CONTEXT, finer=material.finer)
    whole = whole_of(closed(bars), settings.reading, around.finer)
    return Note.of(
        compose(
            bars,
            peers=material.peers,
            sessions=material.sessions,
            findings=material.findings,
            standing=standing_of(bars, material.sessions, moment),
            account=house.account,
            house=house.house or domain_note.House(),
            micro=micro_of(bars.instrument, extra=house.instruments),
            settings=settings,
            version=version("levelhead"),
            beside=usual_beside() if beside is None else beside,
            background=Background(whole=whole, history=None),
            evidence=evidence_now(whole) if evidence is None else evidence,
            longer=longer_bars(bars),
            context=around,
        )
    )


def price(claim: str, bars: Bars, as_of: Day = None, *, beside: Beside | None = None) -> PricedClaim:
    """What a claim such as 'first of 2455 | 2350 within 12 sessions' is worth, priced on the bars up to `as_of`; beside: as
    `compose_note` takes it.

    claim.chances['up'].probability, .error and .base_rate; the outcomes are up, range, down of a split; unfilled, target,
    stop, expired of a plan; else true, false, and with a condition void. Raises BadClaim where it cannot be understood.
    """
    return priced([claim], _until(bars, as_of), beside=beside)[0]


def price_many(claims: Sequence[str], bars: Bars, as_of: Day = None, *, backend: FrameBackend = "pandas") -> Any:
    """Many claims over one set of paths, as a frame of one row for each outcome.

    Columns: claim, outcome, probability, error, base_rate, base_count, windows. Raises BadClaim where one is not understood.
    """
    import narwhals as nw

    rows = [
        (each.claim, outcome, chance) for each in priced(claims, _until(bars, as_of)) for outcome, chance in each.chances.items()
    ]
    columns: dict[str, list[Any]] = {"claim": [row[0] for row in rows], "outcome": [row[1] for row in rows]}
    for name in ("probability", "error", "base_rate", "base_count", "windows"):
        columns[name] = [getattr(chance, name) for _, _, chance in rows]
    return nw.from_dict(columns, backend=backend).to_native()


def paths(bars: Bars, *, sessions: int = 12, as_of: Day = None) -> PathBars:
    """The simulated bars that claims are priced on: open, high, low, close, each an array of shape (paths, sessions)."""
    from levelhead.forecast.forecast import make_forecast

    return make_forecast(_until(bars, as_of), sessions=sessions).paths


def publish(
    note: domain_note.Note, *, author: str | None = None, source: str = "", ledger: str | None = None, replayed: bool = False
) -> Published:
    """Puts a note into the ledger at this moment: live where its path has not opened yet, else replayed.

    author: by default the note's own house. ledger: a file or postgresql://..., by default that of the environment, else the one in
    the data folder. The same note of the same author twice is one entry. Raises BadNote or BadLedger.
    """
    from levelhead.doors.ledger_home import open_ledger as opened
    from levelhead.doors.publishing import publish_now
    from levelhead.wire.document import to_document

    with opened(ledger, create=True) as kept:
        return publish_now(kept, to_document(note), author=author, source=source, replayed=replayed)


def open_ledger(url: str | None = None) -> Ledger:
    """The ledger at a file or postgresql://..., by default that of the environment, else the one in the data folder.

    A context manager; its notes(), record() and verify() are what there is to ask. Raises BadLedger where there is none.
    """
    from levelhead.doors.ledger_home import open_ledger as opened

    return opened(url)


def read_note(source: str | Path | bytes) -> OthersNote:
    """What anybody's note says: text, Markdown, HTML or PDF, from a file or as bytes.

    note.levels, .scenarios, .setups, .biases, .indicators, each with the characters it stands at (`span`) and how sure the reading
    is; note.not_understood lists the rest. Raises BadNote where it is no note, or costs more to open than one is worth.
    """
    from levelhead.doors.others_note import read_bytes, read_place

    return read_bytes(source, "the note") if isinstance(source, bytes) else read_place(str(source))[0]


def check_note(note: OthersNote | str | Path | bytes, bars: Bars, as_of: Day = None) -> tuple[Verdict, ...]:
    """A note held against the bars and against itself: each statement with 'right', 'wrong', 'contradicts itself' or 'cannot be
    checked', what the bars say, and where it stands.

    as_of: its day; else the one it prints, or the one its figures fit. Bars after that day are not looked at. Raises BadNote or
    BadDate.
    """
    from levelhead.doors.others_note import held_to
    from levelhead.review.check import check_note as checked

    read = read_note(note) if isinstance(note, str | Path | bytes) else note
    on = held_to(read, bars, _day(as_of))
    return checked(read, on.bars, as_of=on.day if on.how == "given" else None, sessions=on.sessions)


def _until(bars: Bars, as_of: Day) -> Bars:
    return seen_on(bars, _day(as_of))[0]


def _day(as_of: Day) -> dt.date | None:
    return dt.date.fromisoformat(as_of) if isinstance(as_of, str) else as_of

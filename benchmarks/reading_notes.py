"""How well are other people's notes read? Precision and recall against what a trader wrote down for each of them.

    python benchmarks/reading_notes.py [--odd | --even] [--misses] [--typos] [--rules] [--folder FOLDER] [NUMBER ...]
    python benchmarks/reading_notes.py --phrases [--odd | --even] [--misses] [--rules]

The notes and their expectations lie in tests/review/corpus: own texts in the layouts real notes come in, the expectation written
by hand before the rules. An item is right when low, high, side and kind agree (labels and names apart). All of them have served
development by now; how each batch read at first sight stands in LOG.md. `--misses` lists what was missed (-) and what was read and
is not there (+), note by note; `--typos` reads no note: it looks whether every expected number stands in its note in some form;
`--folder` takes another folder of notes. `--phrases` reads short passages instead, one way of saying things each, which lie in
tests/review/phrases, one JSON object a line.

Not scored: what a note says the day's change was; pivots and the highs and lows of prior periods as indicator values (they are
scored as levels). A vague price ('low-2,400s') is right when it was read as a price or zone inside of the expected one.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "review" / "corpus"
PHRASES = CORPUS.with_name("phrases")
SCORED_INDICATORS = re.compile(
    r"last|[se]ma_\d+|rsi_\d+(\.signal)?|macd(\.signal|\.histogram)?|atr_\d+|all_time_(high|low)|(high|low)_52w"
    r"|drawdown_pct|distance_to_\w+_pct"
)
Zone = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a note says: its words must be the same, its zones equal (or inside of the expected ones when those are vague)."""

    words: tuple[str, ...]
    zones: tuple[Zone | None, ...]
    vague: bool = False

    def __str__(self) -> str:
        prices = " ".join("–" if z is None else f"{z[0]:g}" if z[0] == z[1] else f"{z[0]:g}..{z[1]:g}" for z in self.zones)
        return f"{' '.join(word or '·' for word in self.words)} {prices}"


Items = dict[str, list[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Items expected, read, and both; in one note or in many."""

    expected: int = 0
    read: int = 0
    both: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(expected=self.expected + other.expected, read=self.read + other.read, both=self.both + other.both)

    def __str__(self) -> str:
        return f"{self.expected:8d} {self.read:8d} {self.both:8d} {self.precision:10.3f} {self.recall:8.3f}"

    @property
    def precision(self) -> float:
        """The share of what was read that the note says; 1 when nothing was read."""
        return self.both / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of what the note says that was read; 1 when it says nothing."""
        return self.both / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One note marked: per class of items the count, the missed and the invented; and whether instrument and date agree."""

    number: str
    layouts: tuple[str, ...]
    counts: dict[str, Count]
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    symbol_agrees: bool
    date_agrees: bool


def zone(value: Any) -> Zone | None:
    """A zone of an expectation: null, a number, or [low, high]."""
    if value is None:
        return None
    low, high = value if isinstance(value, list) else (value, value)
    return (float(low), float(high))


def expected_items(said: dict[str, Any]) -> Items:
    """The items of an expectation file, by class."""
    return {
        "levels": distinct(
            Item(words=(x["side"], x["kind"]), zones=(zone([x["low"], x["high"]]),), vague=x.get("vague", False))
            for x in said["levels"]
        ),
        "scenarios": [
            Item(
                words=(x["direction"],),
                zones=(zone(x["probability"]), zone(x["zone"]), zone(x["target"])),
                vague=x.get("vague", False),
            )
            for x in said["scenarios"]
        ],
        "setups": [
            Item(
                words=(x["side"],), zones=(zone(x["entry"]), zone(x["stop"]), *map(zone, x["targets"])), vague=x.get("vague", False)
            )
            for x in said["setups"]
        ],
        "indicators": distinct(Item(words=(x["name"],), zones=(zone(x["value"]),)) for x in said["indicators"]),
    }


def money(value: Any) -> Zone | None:
    return None if value is None else (float(value.low), float(value.high))


def read_items(note: Any) -> Items:
    """The items of a reading (OthersNote), by class."""
    return {
        "levels": distinct(Item(words=(x.side, x.kind), zones=(money(x.price),)) for x in note.levels),
        "scenarios": [Item(words=(x.direction,), zones=(x.probability, money(x.zone), money(x.target))) for x in note.scenarios],
        "setups": [Item(words=(x.side,), zones=(money(x.entry), money(x.stop), *map(money, x.targets))) for x in note.setups],
        "indicators": distinct(
            Item(words=(x.name,), zones=(money(x.value),)) for x in note.indicators if SCORED_INDICATORS.fullmatch(x.name)
        ),
    }


def distinct(items: Iterable[Item]) -> list[Item]:
    """A level or an indicator value is listed once, however often the note repeats it."""
    return list(dict.fromkeys(items))


def agree(expected: Item, read: Item) -> bool:
    if expected.words != read.words or len(expected.zones) != len(read.zones):
        return False
    return all(zones_agree(e, r, vague=expected.vague) for e, r in zip(expected.zones, read.zones, strict=True))


def zones_agree(expected: Zone | None, read: Zone | None, *, vague: bool) -> bool:
    if expected is None or read is None:
        return expected is read
    near = 1e-7 * max(1.0, abs(expected[1]))
    if vague:
        return expected[0] - near <= read[0] <= read[1] <= expected[1] + near
    return abs(expected[0] - read[0]) <= near and abs(expected[1] - read[1]) <= near


def compare(expected: list[Item], read: list[Item]) -> tuple[Count, list[Item], list[Item]]:
    """Each expected item takes one read item; the vague ones choose last."""
    left, missed = list(read), []
    for item in sorted(expected, key=lambda e: e.vague):
        found = next((r for r in left if agree(item, r)), None)
        if found is None:
            missed.append(item)
        else:
            left.remove(found)
    return Count(expected=len(expected), read=len(read), both=len(expected) - len(missed)), missed, left


def mark(number: str, said: dict[str, Any], note: Any) -> Sheet:
    """Marks one reading by its expectation."""
    expected, read = expected_items(said), read_items(note)
    counts: dict[str, Count] = {}
    missed: list[str] = []
    invented: list[str] = []
    for name in expected:
        counts[name], gone, extra = compare(expected[name], read[name])
        missed += [f"{name[:-1]} {item}" for item in gone]
        invented += [f"{name[:-1]} {item}" for item in extra]
    return Sheet(
        number=number,
        layouts=tuple(said.get("layout", "phrase").split(", ")),
        counts=counts,
        missed=tuple(missed),
        invented=tuple(invented),
        symbol_agrees=said.get("symbol") == note.symbol,
        date_agrees=said.get("date") == (note.date.isoformat() if note.date else None),
    )


def corpus(wanted: Callable[[int], bool] = lambda _: True, folder: Path = CORPUS) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Number, note and expectation of every note whose number is wanted."""
    for path in sorted(folder.glob("*.json")):
        if wanted(int(path.stem)):
            [note] = (p for p in folder.glob(f"{path.stem}.*") if p.suffix != ".json")
            yield path.stem, note, json.loads(path.read_text())


def phrases(wanted: Callable[[int], bool] = lambda _: True) -> Iterator[dict[str, Any]]:
    """Every short passage whose number within its file is wanted: its id, its text and its expectation."""
    for path in sorted(PHRASES.glob("*.jsonl")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if wanted(number):
                yield json.loads(line)


def mark_all(wanted: Callable[[int], bool] = lambda _: True, folder: Path = CORPUS, *, by_table: bool = True) -> list[Sheet]:
    """Reads and marks the wanted notes of the corpus."""
    from levelhead.review.read import read_note
    from levelhead.review.source import text_of

    return [
        mark(number, said, read_note(text_of(path.read_bytes(), name=path.name), by_table=by_table))
        for number, path, said in corpus(wanted, folder)
    ]


def mark_phrases(wanted: Callable[[int], bool] = lambda _: True, *, by_table: bool = True) -> list[Sheet]:
    """Reads and marks the wanted passages."""
    from levelhead.review.read import read_note
    from levelhead.review.source import text_of

    return [
        mark(said["id"], said, read_note(text_of(said["text"].encode(), name=said["id"]), by_table=by_table))
        for said in phrases(wanted)
    ]


def total(sheets: Iterable[Sheet], name: str = "") -> Count:
    """The counts of one class of items, or of all of them."""
    return sum((count for sheet in sheets for key, count in sheet.counts.items() if name in ("", key)), Count())


def written_out(number: float) -> str:
    """The shortest decimal form, as in 71.2; a longer one (71.20) holds it."""
    return next(text for text in (f"{number:.{decimals}f}" for decimals in range(12)) if abs(float(text) - number) < 1e-9)


COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
OUT_OF = (" in ", "-in-", " out of ", " chances in ", " chances out of ", "/", " of ")
GERMAN = str.maketrans(",.", ".,")


def shares_in_words(per_cent: float) -> Iterator[str]:
    """'seven in ten', '3 chances out of 5', '6/10', 'forty percent', 'fifty-five percent' for a probability in per cent."""
    if per_cent % 10 == 5 and 20 < per_cent < 100:
        yield f"{TENS[int(per_cent // 10)]}-five percent"
    if per_cent % 10 == 0 and 0 < per_cent < 100:
        yield f"{TENS[int(per_cent // 10)]} percent"
    for whole in (10, 5, 4, 3):
        part = per_cent * whole / 100
        if part == int(part) and 0 < part < whole:
            yield from (
                f"{one}{of}{all_of}" for one in (int(part), COUNTS[int(part)]) for of in OUT_OF for all_of in (whole, COUNTS[whole])
            )


def forms(number: float) -> Iterator[str]:
    """The ways a price or a percentage may be written in full, thousands separators taken away."""
    yield written_out(number)
    if number >= 1000:
        yield from (f"{number / 1000:{style}}{k}" for style in ("g", ".1f", ".2f") for k in "kK")
        yield from (f"{number:,.{decimals}f}".translate(GERMAN) for decimals in (0, 1, 2))
    yield from (f"{number:.{decimals}f}".replace(".", ",") for decimals in (1, 2, 3, 4))
    yield from shares_in_words(number)
    yield from (f"{int(number)} {round(parts * (number % 1))}/{parts}" for parts in (2, 4, 8) if number * parts % 1 == 0)
    whole, ticks = int(number), (number - int(number)) * 32
    if abs(ticks - round(ticks)) < 1e-9:
        yield from (f"{whole}{mark}{round(ticks):02d}" for mark in "’'-")
        yield from (f"{whole} {round(ticks)}/32", f"{whole} {round(ticks):02d}/32")
    if abs(4 * ticks - round(4 * ticks)) < 1e-9:  # 112'205 is twenty and a half thirty-seconds
        quarter = "0257"[round(4 * ticks) % 4]
        yield from (f"{whole}{mark}{int(ticks):02d}{quarter}" for mark in "’'-")
        yield from (f"{whole}{mark}{int(ticks):02d}{'+' if quarter == '5' else ''}" for mark in "’'-")


def stands_in(number: float, text: str) -> bool:
    """Whether the number occurs in the text, written out or shortened to its last digits behind a slash or a dash."""
    plain = re.sub(r"(?<=\d)[,'’ \u00a0\u202f](?=\d{3})", "", re.sub(r"(?<=\d),(?=\d{2},\d{3})", "", text))  # 1,13,900
    if any(
        form in shown for form in forms(number) for shown in (plain, text)
    ):  # anywhere: cells run together glue digits to a number
        return True
    whole, eighths = divmod(number, 1)
    if eighths and eighths * 8 == int(eighths * 8) and re.search(rf"\b{whole:.0f}[-'’]{eighths * 8:.0f}\b", text):
        return True  # grains: 1040-2
    full = written_out(number)
    padded = (full, f"{full}0") if "." in full else (full,)
    endings = (shown[-digits:] for shown in padded for digits in (2, 3) if len(shown) > digits)
    return any(re.search(rf"\d\s?[/–-]\s?{re.escape(ending)}\b", plain) for ending in endings)


def typos(path: Path, said: dict[str, Any]) -> list[str]:
    """The numbers of an expectation that its note does not hold."""
    text = html.unescape(path.read_text())
    numbers: list[float] = []
    for name, items in expected_items(said).items():
        for item in items:
            prices = item.zones[1:] if name == "scenarios" else item.zones
            numbers += [] if item.vague else [price for z in prices if z for price in z]
            if name == "scenarios" and item.zones[0]:
                numbers += [round(100 * share, 6) for share in item.zones[0]]
    return [
        f"{path.name}: {number:g} does not stand in the note" for number in dict.fromkeys(numbers) if not stands_in(number, text)
    ]


def print_table(sheets: list[Sheet]) -> None:
    print(f"{len(sheets)} notes{'':12s} expected     read     both  precision   recall")
    for name in ("levels", "scenarios", "setups", "indicators", ""):
        print(f"{name or 'all':20s} {total(sheets, name)}")
    if all(sheet.layouts == ("phrase",) for sheet in sheets):
        return
    print("\nby layout")
    for layout in sorted({layout for sheet in sheets for layout in sheet.layouts}):
        of_layout = [sheet for sheet in sheets if layout in sheet.layouts]
        print(f"{layout:16s}{len(of_layout):3d}  {total(of_layout)}")
    symbols, dates = sum(s.symbol_agrees for s in sheets), sum(s.date_agrees for s in sheets)
    print(f"\ninstrument agrees in {symbols}, date in {dates} of {len(sheets)} notes (not part of the figures above)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int, help="only these notes")
    parser.add_argument("--odd", action="store_true", help="only odd numbers")
    parser.add_argument("--even", action="store_true", help="only even numbers")
    parser.add_argument("--misses", action="store_true", help="list what was missed (-) and invented (+)")
    parser.add_argument("--typos", action="store_true", help="look only for expected numbers that stand in no note")
    parser.add_argument("--folder", type=Path, default=CORPUS, help="read the notes of this folder")
    parser.add_argument("--phrases", action="store_true", help="read short passages instead of notes")
    parser.add_argument("--rules", action="store_true", help="leave out the table of words, which was fitted on these notes")
    asked = parser.parse_args()

    def wanted(number: int) -> bool:
        halves = {1} if asked.odd and not asked.even else {0} if asked.even and not asked.odd else {0, 1}
        return number % 2 in halves and (not asked.numbers or number in asked.numbers)

    if asked.typos:
        print(
            "\n".join(line for _, path, said in corpus(wanted, asked.folder) for line in typos(path, said))
            or "every number stands in its note"
        )
        return
    by_table = not asked.rules
    sheets = mark_phrases(wanted, by_table=by_table) if asked.phrases else mark_all(wanted, asked.folder, by_table=by_table)
    if asked.misses:
        for sheet in sheets:
            lines = [f"  - {x}" for x in sheet.missed] + [f"  + {x}" for x in sheet.invented]
            print("\n".join([f"{sheet.number} ({', '.join(sheet.layouts)})", *lines]) if lines else "", end="\n" if lines else "")
    print_table(sheets)


if __name__ == "__main__":
    main()

"""Does a note read the same in another dress? Every note of the corpus, written again in ways that change nothing it says.

    python benchmarks/reading_dresses.py [--misses] [--only DRESS ...] [--folder FOLDER] [NUMBER ...]

A dress is what happens to a text on its way: capitals, quoting, indentation, blank lines, other bullets, headings and thousands
separators, tables as a page copies them, markup put on or taken off, a page's furniture around it, lines broken at a width, a PDF.
The expectation stays. For each dress: on how many notes it can be put, precision and recall as written and as dressed, and how many
right items were lost. `--misses` lists, note by note, what was right as written and is not as dressed (-), and what is invented
only as dressed (+).
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import reading_notes as scorer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

Dress = Callable[[str], str]
RULE_ROW = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\|?\s*$")
BULLET = re.compile(r"^(\s*)[-*•]\s+(?=\S)", re.M)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def bulleted(mark: str) -> Dress:
    return lambda text: BULLET.sub(rf"\g<1>{mark}", text)


def headed(write: Callable[[str, int], str]) -> Dress:
    def dress(text: str) -> str:
        counted = iter(range(1, 1000))
        return HEADING.sub(lambda m: write(m[1].replace("**", ""), next(counted)), text)

    return dress


def separated(mark: str) -> Dress:
    return lambda text: THOUSANDS.sub(mark, text)


def spelled(**words: str) -> Dress:
    """Words written another way, with a capital where they had one."""

    def dress(text: str) -> str:
        for old, new in words.items():
            text = re.sub(rf"\b{old}\b", new, re.sub(rf"\b{old.capitalize()}\b", new.capitalize(), text))
        return text

    return dress


def replaced(pattern: str, by: str) -> Dress:
    return lambda text: re.sub(pattern, by, text)


OF_THE_DAYS = r"\b(\d{1,3})-day (?:simple )?(?:moving average|MA|SMA)\b"
OF_A_SIDE = re.compile(
    r"support|resist|bull|bear|up|down|long|short|range|higher|lower|above|below|buy|sell|\d|about|related|read|disclaimer", re.I
)


def every_line(change: Callable[[str], str]) -> Dress:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def tables(write: Callable[[list[list[str]]], str]) -> Dress:
    """Pipe tables written another way."""

    def dress(text: str) -> str:
        out: list[str] = []
        rows: list[list[str]] = []
        for line in [*text.split("\n"), ""]:
            if line.strip().startswith("|") and line.strip().endswith("|"):
                if not RULE_ROW.match(line):
                    rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
                continue
            if rows:
                out.append(write(rows) if len(rows) > 1 else "| " + " | ".join(rows[0]) + " |")
                rows = []
            out.append(line)
        return "\n".join(out[:-1])

    return dress


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[n]) if n < len(row) else 0 for row in rows) + 3 for n in range(max(map(len, rows)))]
    return "\n".join("".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows)


def as_cells(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\n".join(cell for cell in row if cell) for row in rows)


def as_parted_cells(rows: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(cell for cell in row if cell) for row in rows)


def as_run_together(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("".join(row) for row in rows)


def as_tabs(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def as_semicolons(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(";".join(row) for row in rows)


def as_page_table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("   ".join(cell for cell in row if cell) for row in rows)


NAMED_COLUMN = re.compile(r"(?=.*[A-Za-z])[^\d]{1,32}")
FIELD = re.compile(r"^(\s*(?:[-*•] )?)([A-Z][A-Za-z0-9 ()/.-]{1,28}): {1,4}([~$€£]?\d[^:;|\n]{0,40})$")


def without_heading(write: Callable[[Sequence[Sequence[str]]], str]) -> Callable[[Sequence[Sequence[str]]], str]:
    """Tables whose first column says what a row is, without the names of their columns."""

    def body(rows: Sequence[Sequence[str]]) -> str:
        is_named = all(NAMED_COLUMN.fullmatch(cell) for cell in rows[0] if cell)
        says = all(re.search("[A-Za-z]", cell) for row in rows[1:] for cell in row[:1])
        return write(rows[1:] if is_named and says and len(rows) > 2 else rows)

    return body


def with_gaps(rows: Sequence[Sequence[str]]) -> str:
    """What the first cell repeats of the row above is left out, as merged cells have it."""
    given = list(rows)
    for n in range(len(rows) - 1, 1, -1):
        if rows[n][0] == rows[n - 1][0]:
            given[n] = ["", *rows[n][1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in given)


def last_column_first(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("| " + " | ".join([row[0], *row[:0:-1]]) + " |" for row in rows)


def fields_over_values(text: str) -> str:
    """'Entry: 2,232' as two lines, where three such lines or more stand together."""
    lines = text.split("\n")
    found = [FIELD.match(line) for line in lines]
    out = []
    for n, (line, field) in enumerate(zip(lines, found, strict=True)):
        near = [m for m in range(max(0, n - 2), n + 3) if m < len(lines) and found[m]]
        together = any(all(m in near for m in (k, k + 1, k + 2)) for k in (n - 2, n - 1, n))
        out.append(f"{field[2]}\n{field[3]}" if field and together else line)
    return "\n".join(out)


def without_markup(text: str) -> str:
    text = HEADING.sub(r"\1", text)
    return re.sub(r"\*\*([^*\n]+)\*\*|(?<![\w*])\*([^*\n]+)\*(?!\w)", lambda m: m[1] or m[2], text)


def wrapped(width: int) -> Dress:
    def dress(text: str) -> str:
        out = []
        for line in text.split("\n"):
            is_plain = len(line) > width and not line.startswith((" ", "|", "\t")) and "  " not in line.strip() and "\t" not in line
            out += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) if is_plain else [line]
        return "\n".join(out)

    return dress


FURNITURE = (
    "Home | Markets | Futures | Education | Log in\nShare  Tweet  Print\n\n",
    "\n\nRead also: Gold eyes $4,000 as dollar slips\nRelated: Bitcoin back above 111,000 | EUR/USD stuck at 1.1640\n"
    "Copyright 2025. All rights reserved. 74% of retail accounts lose money when trading CFDs.\n",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
DRESSES: dict[str, Dress] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "quoted mail": every_line(lambda line: f"> {line}" if line else ">"),
    "indented": every_line(lambda line: f"    {line}" if line else ""),
    "blank lines between": every_line(lambda line: f"{line}\n" if line.strip() and not line.lstrip().startswith("|") else line),
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: text.replace("  ", "\u00a0\u00a0"),
    "tabs for gaps": lambda text: re.sub(r"(?<=\S) {3,}(?=\S)", "\t", text),
    "wrapped at 72": wrapped(72),
    "no separators": separated(""),
    "thin separators": separated("\u202f"),
    "blanks for separators": separated(" "),
    "apostrophes": separated("’"),
    "no dollar signs": lambda text: re.sub(r"(?<!US)\$(?=\d)", "", text),
    "dashes plain": lambda text: text.replace("–", "-").replace("—", "-"),
    "ranges with 'to'": lambda text: re.sub(r"(?<=\d)[–](?=\d)", " to ", text),
    "ranges spaced": lambda text: re.sub(r"(?<=\d)[–](?=\d)", " – ", text),
    "dots for bullets": bulleted("• "),
    "stars for bullets": bulleted("* "),
    "dashes for bullets": bulleted("– "),
    "arrows for bullets": bulleted("► "),
    "no bullets": bulleted(""),
    "headings bold": headed(lambda text, _: f"**{text}**"),
    "headings in capitals": headed(lambda text, _: text.upper()),
    "headings with colons": headed(lambda text, _: f"{text}:"),
    "headings numbered": headed(lambda text, n: f"{n}. {text}"),
    "headings in Roman": headed(lambda text, n: f"{ROMAN[min(n, 12) - 1]}. {text}"),
    "headings in brackets": headed(lambda text, _: f"[{text}]"),
    "headings in signs": headed(lambda text, _: f"=== {text} ==="),
    "headings dashed": headed(lambda text, _: f"-- {text} --"),
    "headings with pictures": headed(lambda text, _: f"📊 {text}"),
    "headings underlined": headed(lambda text, _: f"{text}\n{'-' * len(text)}"),
    "headings that say nothing": headed(lambda text, n: f"## {text if OF_A_SIDE.search(text) else f'Part {n}'}"),
    "no markup": without_markup,
    "tables as columns": tables(as_columns),
    "tables a cell a line": tables(as_cells),
    "tables in parted cells": tables(as_parted_cells),
    "tables run together": tables(as_run_together),
    "tables by tabs": tables(as_tabs),
    "tables by semicolons": tables(as_semicolons),
    "tables by blanks": tables(as_page_table),
    "tables without headings": tables(without_heading(as_tabs)),
    "cells without headings": tables(without_heading(as_cells)),
    "first cells merged": tables(with_gaps),
    "columns the other way round": tables(last_column_first),
    "fields over values": fields_over_values,
    "supp and res": spelled(support="supp", supports="supps", resistance="res", resistances="res"),
    "demand and supply": spelled(support="demand", supports="demand", resistance="supply", resistances="supply"),
    "floors and ceilings": spelled(support="floor", supports="floors", resistance="ceiling", resistances="ceilings"),
    "50DMA": replaced(OF_THE_DAYS, r"\1DMA"),
    "SMA50": replaced(OF_THE_DAYS, r"SMA\1"),
    "50d MA": replaced(OF_THE_DAYS, r"\1d MA"),
    "per cent": replaced(r"(?<=\d) ?%", " per cent"),
    "pct": replaced(r"(?<=\d) ?%", "pct"),
    "blank before %": replaced(r"(?<=\d)%", " %"),
    "prices with cents": replaced(r"(?<![\d.,])(\d{1,3},\d{3})(?![\d.,]|\s?(?:contracts|lots|tons|members))", r"\1.00"),
    "a page's furniture": lambda text: text.join(FURNITURE),
    "titled a plan": lambda text: f"Weekly trade plan and outlook\n\n{text}",
    "titled levels": lambda text: f"Technical report: key levels, trend and scenarios\n\n{text}",
}


def as_pdf(text: str) -> bytes:
    from made_pdf import lines, made_pdf

    said = text.replace("\t", "    ").translate({0x202F: " "}).encode("cp1252", "ignore").decode("cp1252").split("\n")
    return made_pdf(*(lines(*said[at : at + 50]) for at in range(0, len(said), 50)))


def dressed(name: str, path: Path) -> tuple[bytes, str] | None:
    """The note in its dress and its file's name, or None where it wears it already or cannot."""
    if path.suffix == ".html":
        if name != "copied from the page":
            return None
        from levelhead.review.source import text_of

        return text_of(path.read_bytes(), name=path.name).plain.encode(), f"{path.stem}.txt"
    text = path.read_text(encoding="utf-8")
    if name == "a PDF":
        is_plain = text.isascii() and "|" not in text and "**" not in text and max(map(len, text.split("\n"))) <= 100
        return (as_pdf(text), f"{path.stem}.pdf") if is_plain else None
    if name == "a page":
        from markdown_it import MarkdownIt

        if path.suffix != ".md":
            return None
        return MarkdownIt("commonmark").enable("table").render(text).encode(), f"{path.stem}.html"
    if name not in DRESSES:
        return None
    changed = DRESSES[name](text)
    return None if changed == text else (changed.encode(), path.name)


def lost_and_invented(said: scorer.Items, plain: scorer.Items, now: scorer.Items) -> Iterator[str]:
    for name, items in said.items():
        missed_before, missed_now = scorer.compare(items, plain[name])[1], scorer.compare(items, now[name])[1]
        extra_before, extra_now = scorer.compare(items, plain[name])[2], scorer.compare(items, now[name])[2]
        yield from (f"- {name[:-1]} {item}" for item in missed_now if item not in missed_before)
        yield from (f"+ {name[:-1]} {item}" for item in extra_now if item not in extra_before)


def main() -> None:
    from levelhead.review.read import read_note
    from levelhead.review.source import text_of

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--only", nargs="+", default=[*DRESSES, "copied from the page", "a page", "a PDF"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--folder", type=Path, default=scorer.CORPUS)
    asked = parser.parse_args()
    notes = list(scorer.corpus(lambda n: not asked.numbers or n in asked.numbers, asked.folder))
    plain = {number: read_note(text_of(path.read_bytes(), name=path.name)) for number, path, _ in notes}
    print(f"{'dress':24s}{'notes':>6s}{'as written':>16s}{'dressed':>16s}{'lost':>6s}{'invented':>9s}")
    for name in asked.only:
        base = now = scorer.Count()
        lines: list[str] = []
        worn = 0
        for number, path, said in notes:
            if (given := dressed(name, path)) is None:
                continue
            worn += 1
            note = read_note(text_of(given[0], name=given[1]))
            base += scorer.total([scorer.mark(number, said, plain[number])])
            now += scorer.total([scorer.mark(number, said, note)])
            found = list(lost_and_invented(scorer.expected_items(said), scorer.read_items(plain[number]), scorer.read_items(note)))
            lines += [f"{number} {line}" for line in found]
        if not worn:
            continue
        lost, invented = sum(" - " in line[:9] for line in lines), sum(" + " in line[:9] for line in lines)
        print(
            f"{name:24s}{worn:6d}{base.both / base.read:9.3f}{base.both / base.expected:7.3f}"
            f"{now.both / max(now.read, 1):9.3f}{now.both / base.expected:7.3f}{lost:6d}{invented:9d}",
            flush=True,
        )
        if asked.misses:
            print("\n".join(f"    {line}" for line in lines))


if __name__ == "__main__":
    main()

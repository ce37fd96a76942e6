"""Questions as a table: a CSV of splits is read and checked, a CSV of chances is written in one piece."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from levelhead.domain.claim import Split
from levelhead.domain.decimals import finite_number
from levelhead.domain.errors import BadClaim, UnreadableFile

COLUMNS = ("id", "symbol", "as_of", "horizon", "upper", "lower")
ANSWER_COLUMNS = ("id", "down", "range", "up")


class Question(NamedTuple):
    """One row: the claim, when it is made, and where it stands in the file (1 is the heading)."""

    row: int
    id: str
    symbol: str
    as_of: dt.date
    claim: Split


class Answer(NamedTuple):
    """The chances of a question, conditional on its path being decided; they sum to 1."""

    id: str
    down: float
    range: float
    up: float


def read_questions(path: Path) -> list[Question]:
    """The questions of a file, each checked. Raises UnreadableFile or BadClaim."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _questions(csv.DictReader(lines), path.name)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be read ({error.strerror}); give a CSV file with {','.join(COLUMNS)}.") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile(f"{path}: is not CSV text ({error}); give a CSV file with {','.join(COLUMNS)}.") from None


def _questions(rows: csv.DictReader[str], name: str) -> list[Question]:
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableFile(f"{name}: no column {missing[0]!r} in its heading; it needs {','.join(COLUMNS)}.")
    questions, seen = [], dict[str, int]()
    for row in rows:
        question = _question(row, rows.line_num, f"{name} row {rows.line_num}")
        first = seen.setdefault(question.id, question.row)
        if first != question.row:
            raise BadClaim(
                f"{name} row {question.row}: id {question.id} stands in row {first} already; give each question its own."
            )
        questions.append(question)
    if not questions:
        raise UnreadableFile(f"{name}: has a heading but no questions; give at least one row.")
    return questions


def _question(row: Mapping[str, str | None], number: int, where: str) -> Question:
    cells = {column: (row[column] or "").strip() for column in COLUMNS}
    for column, cell in cells.items():
        if not cell:
            raise BadClaim(f"{where}: {column} is empty; fill it in or take the row out.")
    try:
        as_of = dt.date.fromisoformat(cells["as_of"])
    except ValueError:
        raise BadClaim(f"{where}: as_of {cells['as_of']!r} is not a date; write it as 2025-11-28.") from None
    try:
        horizon = int(cells["horizon"])
    except ValueError:
        raise BadClaim(f"{where}: horizon {cells['horizon']!r} is not a whole number of sessions; write, say, 12.") from None
    upper, lower = (_number(cells[column], column, where) for column in ("upper", "lower"))
    try:
        claim = Split(upper=upper, lower=lower, sessions=horizon)
    except BadClaim as error:
        raise BadClaim(f"{where}: {error}") from None
    return Question(number, cells["id"], cells["symbol"], as_of, claim)


def _number(cell: str, column: str, where: str) -> float:
    value = finite_number(cell)
    if value is None:
        raise BadClaim(f"{where}: {column} {cell!r} is not a price; write a number such as 2455.5.")
    return value


def check_writable(path: Path) -> None:
    """Raises UnreadableFile where no file can be written at `path`, before any work is done."""
    if path.is_dir():
        raise UnreadableFile(f"{path}: is a folder; give the name of a CSV file to write.")
    if not path.parent.is_dir():
        raise UnreadableFile(f"{path}: cannot be written, for its folder does not exist; make it first.")


def write_answers(path: Path, answers: Iterable[Answer]) -> None:
    """Writes the answers; there is the whole of them, or what was there before. Raises UnreadableFile."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(ANSWER_COLUMNS)
            writer.writerows((answer.id, *(f"{chance:.6f}" for chance in answer[1:])) for answer in answers)
        beside.replace(path)
    except OSError as error:
        raise UnreadableFile(f"{path}: cannot be written ({error.strerror}); give a file in a folder that can.") from None
    finally:
        beside.unlink(missing_ok=True)

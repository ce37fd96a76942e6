"""A batch of questions, 'which of two prices trades first', priced from a table to a table."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from levelhead.claims.judge import UNDECIDED, judge
from levelhead.domain.bars import Bars
from levelhead.domain.claim import Split
from levelhead.domain.errors import BadClaim, BadDate, LevelheadError, UnreadableFile
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.forecast import DEFAULTS, Forecast
from levelhead.forecast.price import check_open
from levelhead.forecast.settings import Settings

COLUMNS = ("id", "symbol", "as_of", "horizon", "upper", "lower")
ANSWER_COLUMNS = ("id", "down", "range", "up")

ReadBars = Callable[[str], Bars]
Progress = Callable[[int, int], None]


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


def price_questions(
    questions_csv: Path,
    out_csv: Path,
    *,
    read_bars: ReadBars,
    settings: Settings = DEFAULTS,
    progress: Progress | None = None,
) -> int:
    """Prices every row of `questions_csv` (id,symbol,as_of,horizon,upper,lower) into `out_csv` (id,down,range,up).

    Rows keep their order. A question is priced from the bars up to and including its as_of; questions of one symbol and date
    share their paths. read_bars: the bars of a symbol; called once for each, and only one symbol's are held. progress: told the
    questions answered and their number. `out_csv` is written at the end in one piece: there is the whole of it, or what was there
    before. Returns the number of questions.

    Raises UnreadableFile, BadClaim or BadDate naming row, value and what to do; rows are all checked before any is priced.
    """
    _check_writable(out_csv)
    questions = read_questions(questions_csv)
    answers: dict[int, Answer] = {}
    for row, answer in answers_to(questions, where=questions_csv.name, read_bars=read_bars, settings=settings):
        answers[row] = answer
        if progress is not None:
            progress(len(answers), len(questions))
    _write(out_csv, (answers[question.row] for question in questions))
    return len(questions)


def answers_to(
    questions: Iterable[Question], *, where: str, read_bars: ReadBars, settings: Settings = DEFAULTS
) -> Iterator[tuple[int, Answer]]:
    """(row, answer) of each question, by symbol and date. where: names the questions in errors."""
    ordered = sorted(questions, key=lambda question: (question.symbol, question.as_of, question.row))
    for symbol, of_symbol in groupby(ordered, key=lambda question: question.symbol):
        asked = list(of_symbol)
        yield from _answers_of_symbol(asked, _bars_of(symbol, asked[0].row, where, read_bars), where, settings)


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
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadClaim(f"{where}: {column} {cell!r} is not a price; write a number such as 2455.5.")
    return value


def _bars_of(symbol: str, row: int, where: str, read_bars: ReadBars) -> Bars:
    try:
        return read_bars(symbol)
    except LevelheadError as error:
        raise type(error)(f"{where} row {row}, symbol {symbol}: {error}") from None


def _answers_of_symbol(asked: Sequence[Question], bars: Bars, where: str, settings: Settings) -> Iterator[tuple[int, Answer]]:
    for question in asked:
        if question.as_of > bars.as_of:
            raise BadDate(
                f"{where} row {question.row}: as_of {question.as_of} lies after the last bar of {question.symbol}, {bars.as_of}; "
                "give later bars or an earlier date."
            )
    by_date = [list(of_date) for _, of_date in groupby(asked, key=lambda question: question.as_of)]
    sessions = max(question.claim.sessions for question in asked)
    forecasts = forecasts_for(bars, [of_date[0].as_of for of_date in by_date], sessions=sessions, settings=settings)
    for of_date in by_date:
        forecast = _next(forecasts, of_date[0], where)
        for question in of_date:
            yield question.row, _answer(question, forecast, bars, where)


def _next(forecasts: Iterator[Forecast], question: Question, where: str) -> Forecast:
    try:
        return next(forecasts)
    except LevelheadError as error:
        raise type(error)(f"{where} row {question.row}: {error}") from None


def _answer(question: Question, forecast: Forecast, bars: Bars, where: str) -> Answer:
    try:
        check_open(question.claim, forecast.start, bars)
    except BadClaim as error:
        raise BadClaim(f"{where} row {question.row}: {error}") from None
    outcomes, codes = judge(question.claim, forecast.paths, forecast.start)
    counts = np.bincount(codes[codes != UNDECIDED], minlength=len(outcomes))
    if counts.sum() == 0:
        raise BadClaim(f"{where} row {question.row}: on every simulated path one bar reaches both prices; take them farther apart.")
    chances = dict(zip(outcomes, (counts / counts.sum()).tolist(), strict=True))
    return Answer(question.id, chances["down"], chances["range"], chances["up"])


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFile(f"{path}: is a folder; give the name of a CSV file to write.")
    if not path.parent.is_dir():
        raise UnreadableFile(f"{path}: cannot be written, for its folder does not exist; make it first.")


def _write(path: Path, answers: Iterable[Answer]) -> None:
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

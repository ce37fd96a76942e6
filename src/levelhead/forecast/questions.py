"""A batch of questions, 'which of two prices trades first', priced from a table to a table."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import groupby
from pathlib import Path

import numpy as np

from levelhead.claims.judge import UNDECIDED, judge
from levelhead.domain.bars import Bars
from levelhead.domain.errors import BadClaim, BadDate, LevelheadError
from levelhead.forecast.batch import forecasts_for
from levelhead.forecast.beside import NOTHING, Beside
from levelhead.forecast.forecast import DEFAULTS, Forecast
from levelhead.forecast.pooling import pooled_shares
from levelhead.forecast.price import check_open
from levelhead.forecast.question_table import Answer, Question, check_writable, read_questions, write_answers
from levelhead.forecast.settings import Settings
from levelhead.forecast.worker import pool_of

TOGETHER = 600  # dates of one symbol that a worker takes at once

ReadBars = Callable[[str], Bars]
Progress = Callable[[int, int], None]
Answers = list[tuple[int, Answer]]


def price_questions(
    questions_csv: Path,
    out_csv: Path,
    *,
    read_bars: ReadBars,
    settings: Settings = DEFAULTS,
    beside: Beside = NOTHING,
    workers: int = 1,
    progress: Progress | None = None,
) -> int:
    """Prices every row of `questions_csv` (id,symbol,as_of,horizon,upper,lower) into `out_csv` (id,down,range,up).

    Rows keep their order. A question is priced from the bars up to and including its as_of; questions of one symbol and date
    share their paths. read_bars: the bars of a symbol; called once for each, a few symbols' are held at a time. beside: implied
    volatility, yields and donors, a donor not lent to itself; artefacts of the past to pool by, of which each question uses the
    last that ended before its day. workers: processes to share the work; the answers are the same,
    to the byte, for any number. progress: told the questions answered and their number. `out_csv` is written at the end in one
    piece: there is the whole of it, or what was there before. Returns the number of questions.

    Raises UnreadableFile, BadClaim or BadDate naming row, value and what to do; rows are all checked before any is priced.
    """
    check_writable(out_csv)
    questions = read_questions(questions_csv)
    answers: dict[int, Answer] = {}
    told = answers_to(
        questions,
        where=questions_csv.name,
        read_bars=read_bars,
        settings=settings,
        beside=beside,
        workers=workers,
    )
    for row, answer in told:
        answers[row] = answer
        if progress is not None:
            progress(len(answers), len(questions))
    write_answers(out_csv, (answers[question.row] for question in questions))
    return len(questions)


def answers_to(
    questions: Iterable[Question],
    *,
    where: str,
    read_bars: ReadBars,
    settings: Settings = DEFAULTS,
    beside: Beside = NOTHING,
    workers: int = 1,
) -> Iterator[tuple[int, Answer]]:
    """(row, answer) of each question, by symbol and date. where: names the questions in errors.

    With several workers each is a fresh process: a script of one's own that asks for them needs `if __name__ == "__main__":`.
    """
    parts = _parts(questions, where, read_bars, beside)
    if workers <= 1:
        for asked, bars, known in parts:
            yield from _answers_of_symbol(asked, bars, where, settings, known)
        return
    with pool_of(workers) as pool:
        under_way: deque[Future[Answers]] = deque()
        for asked, bars, known in parts:
            under_way.append(pool.submit(_answered, asked, bars, where, settings, known))
            if len(under_way) > 2 * workers:
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()


def _parts(
    questions: Iterable[Question], where: str, read_bars: ReadBars, beside: Beside
) -> Iterator[tuple[list[Question], Bars, Beside]]:
    """The work in pieces: up to 600 dates of one symbol, with its bars and what is beside them."""
    ordered = sorted(questions, key=lambda question: (question.symbol, question.as_of, question.row))
    for symbol, of_symbol in groupby(ordered, key=lambda question: question.symbol):
        asked = list(of_symbol)
        bars = _bars_of(symbol, asked[0].row, where, read_bars)
        by_date = [list(of_date) for _, of_date in groupby(asked, key=lambda question: question.as_of)]
        known = beside.without(bars.instrument.symbol)
        for begin in range(0, len(by_date), TOGETHER):
            yield [question for of_date in by_date[begin : begin + TOGETHER] for question in of_date], bars, known


def _answered(asked: Sequence[Question], bars: Bars, where: str, settings: Settings, beside: Beside) -> Answers:
    return list(_answers_of_symbol(asked, bars, where, settings, beside))


def _bars_of(symbol: str, row: int, where: str, read_bars: ReadBars) -> Bars:
    try:
        return read_bars(symbol)
    except LevelheadError as error:
        raise type(error)(f"{where} row {row}, symbol {symbol}: {error}") from None


def _answers_of_symbol(
    asked: Sequence[Question], bars: Bars, where: str, settings: Settings, beside: Beside
) -> Iterator[tuple[int, Answer]]:
    for question in asked:
        if question.as_of > bars.as_of:
            raise BadDate(
                f"{where} row {question.row}: as_of {question.as_of} lies after the last bar of {question.symbol}, {bars.as_of}; "
                "give later bars or an earlier date."
            )
    by_date = [list(of_date) for _, of_date in groupby(asked, key=lambda question: question.as_of)]
    sessions = max(question.claim.sessions for question in asked)
    dates = [of_date[0].as_of for of_date in by_date]
    forecasts = forecasts_for(bars, dates, sessions=sessions, settings=settings, beside=beside)
    for of_date in by_date:
        forecast = _next(forecasts, of_date[0], where)
        seen = bars.until(of_date[0].as_of)
        for question in of_date:
            yield question.row, _answer(question, forecast, seen, where)


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
    shares = counts / counts.sum()
    if forecast.beside.artefacts.series or forecast.beside.chains:
        shares = pooled_shares(question.claim, shares, forecast, bars)
    chances = dict(zip(outcomes, shares.tolist(), strict=True))
    return Answer(question.id, chances["down"], chances["range"], chances["up"])

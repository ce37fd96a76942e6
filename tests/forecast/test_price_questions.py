"""A batch of questions: the same answers as one by one, in the order asked, and an answer to every bad row."""

import csv
import datetime as dt
import math

import numpy as np
import pytest

from levelhead.domain.bars import Bars
from levelhead.domain.claim import Split
from levelhead.domain.daily_series import Series
from levelhead.domain.errors import BadClaim, BadDate, NotYetKnown, UnreadableFile
from levelhead.domain.instrument import Instrument
from levelhead.forecast.artefact import Artefact, Artefacts
from levelhead.forecast.beside import Beside
from levelhead.forecast.forecast import make_forecast
from levelhead.forecast.pooling import MEMBERS, outcomes_of_kind
from levelhead.forecast.price import price_claim
from levelhead.forecast.questions import price_questions
from levelhead.forecast.settings import Settings
from levelhead.kernels.closed_form import first_of

FEW = Settings(paths=300)
HEADING = "id,symbol,as_of,horizon,upper,lower"


def market(symbol, seed, n=300):
    steps = np.random.Generator(np.random.Philox(seed)).standard_normal((2, n)) * 0.01
    close = 100 * np.exp(np.cumsum(steps[0]))
    opens = np.concatenate([[100.0], close[:-1]]) * np.exp(steps[1] * 0.3)
    return Bars(
        instrument=Instrument.unknown(symbol),
        time=(np.datetime64("2020-01-01") + np.arange(n)).astype("datetime64[us]"),
        open=opens,
        high=np.maximum(opens, close) * 1.004,
        low=np.minimum(opens, close) / 1.004,
        close=close,
        volume=np.full(n, np.nan),
        row=np.arange(n),
    )


MARKETS = {"aaa": market("aaa", 1), "bbb": market("bbb", 2)}  # 2020-01-01 to 2020-10-26


def read_bars(symbol):
    if symbol not in MARKETS:
        raise UnreadableFile(f"bars/{symbol}.csv does not exist; give a folder that holds it.")
    return MARKETS[symbol]


def row(name, symbol, day, horizon, up=1.03, down=0.98):
    last = MARKETS[symbol].until(dt.date.fromisoformat(day)).last
    return f"{name},{symbol},{day},{horizon},{last * up:.3f},{last * down:.3f}"


ROWS = [
    row("q7", "bbb", "2020-10-01", 5),
    row("q1", "aaa", "2020-09-01", 12),
    row("q9", "aaa", "2020-08-15", 3, up=1.01, down=0.99),
    row("q2", "aaa", "2020-09-01", 5, up=1.01),
]


def asked(folder, *rows, heading=HEADING):
    path = folder / "asked.csv"
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return path


def priced(folder, *rows, **options):
    out = folder / "answers.csv"
    price_questions(asked(folder, *rows), out, read_bars=read_bars, settings=FEW, **options)
    with out.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_answers_stand_in_the_order_of_the_questions_and_sum_to_one(tmp_path):
    answers = priced(tmp_path, *ROWS)
    assert [answer["id"] for answer in answers] == ["q7", "q1", "q9", "q2"]
    assert list(answers[0]) == ["id", "down", "range", "up"]
    for answer in answers:
        assert sum(float(answer[name]) for name in ("down", "range", "up")) == pytest.approx(1, abs=2e-6)


def test_a_question_has_the_price_that_its_bars_alone_give(tmp_path):
    answers = {answer["id"]: answer for answer in priced(tmp_path, *ROWS)}
    for line in ROWS:
        name, symbol, day, horizon, upper, lower = line.split(",")
        bars = MARKETS[symbol].until(dt.date.fromisoformat(day))
        claim = Split(upper=float(upper), lower=float(lower), sessions=int(horizon))
        alone = price_claim(claim, make_forecast(bars, sessions=int(horizon), settings=FEW), bars).chances
        for outcome, chance in alone.items():
            assert float(answers[name][outcome]) == pytest.approx(chance.probability, abs=1e-6)


def test_a_question_is_answered_the_same_beside_others_and_in_any_order(tmp_path):
    forwards = {answer["id"]: answer for answer in priced(tmp_path, *ROWS)}
    backwards = {answer["id"]: answer for answer in priced(tmp_path, *reversed(ROWS))}
    assert forwards == backwards
    for line in ROWS:
        assert priced(tmp_path, line) == [forwards[line[:2]]]


def test_answers_do_not_depend_on_the_number_of_workers(tmp_path):
    one = priced(tmp_path, *ROWS)
    assert priced(tmp_path, *ROWS, workers=2) == one
    with pytest.raises(BadClaim, match=r"asked\.csv row 5: 'first of 5 \| 1 within 12 sessions'"):
        priced(tmp_path, *ROWS[:3], "a,aaa,2020-09-01,12,5,1", workers=2)


def test_an_artefact_moves_the_answers_of_later_days_only(tmp_path):
    artefact = Artefact(
        kind="split",
        family="all",
        outcomes=outcomes_of_kind("split"),
        members=MEMBERS,
        weights=(0.0, 0.0, 1.0),
        mapped="none",
        maps={},
        first=dt.date(2020, 1, 1),
        last=dt.date(2020, 8, 31),
        count=1,
        digest="sha256:0",
    )
    alone, pooled = priced(tmp_path, *ROWS), priced(tmp_path, *ROWS, beside=Beside(artefacts=Artefacts(series=(artefact,))))
    assert [one == other for one, other in zip(alone, pooled, strict=True)] == [False, False, True, False]  # q9: 2020-08-15
    # by the closed form alone, with the variance that the forecast of that day has
    bars = MARKETS["aaa"].until(dt.date(2020, 9, 1))
    variance = float(np.sum(make_forecast(bars, sessions=5, settings=FEW).term[:5] ** 2))
    exact = first_of(math.log(1.01), math.log(1 / 0.98), variance)
    assert float(pooled[3]["up"]) == pytest.approx(exact.up, abs=2e-4)  # prices are written to three digits


def test_what_is_beside_the_bars_reaches_the_answers_and_a_donor_is_not_lent_to_itself(tmp_path):
    days = MARKETS["aaa"].dates
    rising = Series(name="VIX", kind="implied", dates=days, values=np.linspace(10, 90, len(days)))
    alone = priced(tmp_path, *ROWS)
    assert priced(tmp_path, *ROWS, beside=Beside(series=(rising,))) != alone
    lent = priced(tmp_path, *ROWS, beside=Beside(donors=(MARKETS["aaa"],)))
    assert lent[1:] == alone[1:]  # q7 alone is of bbb


def test_the_bars_of_a_symbol_are_read_once_and_progress_is_told(tmp_path):
    read = []

    def counting(symbol):
        read.append(symbol)
        return MARKETS[symbol]

    told = []
    count = price_questions(
        asked(tmp_path, *ROWS),
        tmp_path / "answers.csv",
        read_bars=counting,
        settings=FEW,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (count, read) == (4, ["aaa", "bbb"])
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_weekend_is_asked_from_the_bars_before_it(tmp_path):
    gap = MARKETS["aaa"]
    keep = np.arange(len(gap)) != 243  # no bar on 2020-08-31
    columns = {name: getattr(gap, name)[keep] for name in ("time", "open", "high", "low", "close", "volume", "row")}
    holed = Bars(instrument=gap.instrument, **columns)
    questions = asked(tmp_path, "a,aaa,2020-08-31,5,200,50", "b,aaa,2020-08-30,5,200,50")
    price_questions(questions, tmp_path / "answers.csv", read_bars=lambda _: holed, settings=FEW)
    first, second = (tmp_path / "answers.csv").read_text().splitlines()[1:]
    assert first.split(",")[1:] == second.split(",")[1:]


@pytest.mark.parametrize(
    ("rows", "error", "answer"),
    [
        (["a,aaa,2020-09-01,12,,90"], BadClaim, "asked.csv row 2: upper is empty; fill it in or take the row out"),
        (["a,aaa,2020-09-01,12,120"], BadClaim, "asked.csv row 2: lower is empty"),
        ([ROWS[0], "a,aaa,2020-09-01,12,abc,90"], BadClaim, "asked.csv row 3: upper 'abc' is not a price; write a number"),
        (["a,aaa,2020-09-01,12,nan,90"], BadClaim, "asked.csv row 2: upper 'nan' is not a price"),
        (["a,aaa,01/09/2020,12,120,90"], BadClaim, "asked.csv row 2: as_of '01/09/2020' is not a date; write it as 2025-11-28"),
        (["a,aaa,2020-09-01,2.5,120,90"], BadClaim, "asked.csv row 2: horizon '2.5' is not a whole number of sessions"),
        (["a,aaa,2020-09-01,0,120,90"], BadClaim, "asked.csv row 2: A horizon of 0 sessions is out of range"),
        (["a,aaa,2020-09-01,12,90,120"], BadClaim, "asked.csv row 2: 'first of 90.0 | 120.0': the first price must lie above"),
        ([ROWS[0], ROWS[0]], BadClaim, "asked.csv row 3: id q7 stands in row 2 already; give each question its own"),
        (
            ["a,aaa,2020-09-01,12,5,1"],
            BadClaim,
            r"asked.csv row 2: 'first of 5 \| 1 within 12 sessions': the last price .* has already",
        ),
        (["a,ccc,2020-09-01,12,120,90"], UnreadableFile, "asked.csv row 2, symbol ccc: bars/ccc.csv does not exist; give a folder"),
        (
            ["a,aaa,2019-12-31,12,120,90"],
            BadDate,
            "asked.csv row 2: aaa begins on 2020-01-01; as-of 2019-12-31 lies before its first bar",
        ),
        (["a,aaa,2020-10-27,12,120,90"], BadDate, "asked.csv row 2: as_of 2020-10-27 lies after the last bar of aaa, 2020-10-26"),
        (["a,aaa,2020-01-20,12,120,90"], NotYetKnown, "asked.csv row 2: "),
        ([], UnreadableFile, "asked.csv: has a heading but no questions; give at least one row"),
    ],
)
def test_a_bad_row_is_named_with_its_value_and_what_to_do(tmp_path, rows, error, answer):
    with pytest.raises(error, match=answer):
        priced(tmp_path, *rows)
    assert not list(tmp_path.glob("*answers*"))


def test_a_bad_file_of_questions_is_named(tmp_path):
    out = tmp_path / "answers.csv"
    with pytest.raises(UnreadableFile, match=r"none\.csv: cannot be read \(No such file or directory\); give a CSV file with id,"):
        price_questions(tmp_path / "none.csv", out, read_bars=read_bars)
    with pytest.raises(UnreadableFile, match=r"asked\.csv: no column 'horizon' in its heading; it needs id,symbol,as_of"):
        price_questions(asked(tmp_path, heading="id,symbol,as_of,sessions,upper,lower"), out, read_bars=read_bars)
    (tmp_path / "junk.csv").write_bytes(b"\xff\xfe\x00\x9d\x00\xd8" * 50)
    with pytest.raises(UnreadableFile, match=r"junk\.csv: is not CSV text"):
        price_questions(tmp_path / "junk.csv", out, read_bars=read_bars)


def test_a_failed_batch_leaves_the_earlier_answers_as_they_were(tmp_path):
    before = priced(tmp_path, *ROWS)
    with pytest.raises(BadClaim, match="row 5"):
        priced(tmp_path, *ROWS[:3], "a,aaa,2020-09-01,12,5,1")
    with (tmp_path / "answers.csv").open(encoding="utf-8", newline="") as lines:
        assert list(csv.DictReader(lines)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "asked.csv"]


def test_answers_that_cannot_be_written_are_said_before_any_work(tmp_path):
    questions = asked(tmp_path, ROWS[0])
    with pytest.raises(
        UnreadableFile, match=r"absent/answers\.csv: cannot be written, for its folder does not exist; make it first"
    ):
        price_questions(questions, tmp_path / "absent" / "answers.csv", read_bars=never)
    with pytest.raises(UnreadableFile, match=r"is a folder; give the name of a CSV file to write"):
        price_questions(questions, tmp_path, read_bars=never)


def never(symbol):
    raise AssertionError(f"{symbol} was read in vain")

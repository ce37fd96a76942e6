"""What cannot be priced gets one sentence, at the command line as in the note; what is odd but can be is priced."""

import numpy as np
import pytest
from made_market import made_lines, run

NAMES = ("open", "high", "low", "close")


def write(folder, rows, name="bars.csv"):
    path = folder / name
    path.write_text("\n".join(["date,open,high,low,close,volume", *rows]) + "\n")
    return path


def bars(n, *, change=None):
    """`n` made rows around 100, each column passed through `change(row number, price)` where given."""
    for number, line in enumerate(made_lines(last="2025-03-14", n=n, seed=3, price=100.0)[1:]):
        day, *prices, volume = line.split(",")
        moved = [float(p) if change is None else change(number, float(p)) for p in prices]
        yield ",".join([day, *(f"{p:.2f}" for p in moved), volume])


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return write(tmp_path_factory.mktemp("usual"), bars(500))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("touch 103 before touch 103 within 12 sessions", "nothing happens before itself, so this can never be true"),
        ("touch 103 within 12 sessions and not touch 103 within 12 sessions", "it contradicts itself and can never be true"),
        ("first of 90 | 80 within 12 sessions", "has already reached 90.00; give an upper price above the last one"),
        ("touch 103 within 0 sessions", "A horizon of 0 sessions is out of range; give 1 to 252"),
        ("touch 103 within -5 sessions", "expected a whole number of sessions, but '-' stands there"),
        ("touch 103 within 500 sessions", "A horizon of 500 sessions is out of range; give 1 to 252"),
        ("touch -3 within 5 sessions", "cannot trade at -3; give a price above 0"),
    ],
)
def test_a_claim_that_cannot_be_is_one_sentence(usual, claim, sentence):
    result = run("price", "ZZZ", claim, "--bars", usual)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def flat(_, __):
    return 50.0


def halted(number, price):
    return price if number < 300 else 77.7


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (list(bars(60)), "a volatility forecast needs 150 bars that move, there are 60 up to 2025-03-14; give a longer history"),
        (list(bars(500, change=flat)), "none of its 500 bars up to 2025-03-14 moved; a volatility of zero prices nothing"),
        (list(bars(500, change=halted)), "150 of the 150 bars up to 2025-03-14 did not move at all"),
    ],
    ids=["60 bars", "zero volatility", "halted"],
)
def test_a_market_that_cannot_be_priced_is_one_sentence(tmp_path, rows, sentence):
    file = write(tmp_path, rows)
    result = run("price", "ZZZ", "touch +5% within 12 sessions", "--bars", file)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    note = run("note", "ZZZ", "--bars", file, "--format", "md")
    assert note.exit_code == 0, note.stderr
    assert "Nothing is said about the sessions ahead" in note.stdout


@pytest.fixture
def oil(tmp_path):
    file = tmp_path / "oil.toml"
    file.write_text('[CL]\nname = "Crude"\nkind = "future"\ntick = 0.01\nmay_be_negative = true\n')
    return file


def below(day):
    def moved(number, price):
        return price - 140.0 if number == day else price

    return moved


def test_prices_that_went_below_zero_are_priced_from_the_bars_since(tmp_path, oil):
    file = write(tmp_path, bars(500, change=below(100)))
    refused = run("price", "ZZZ", "touch +5% within 12 sessions", "--bars", file)
    assert refused.exit_code == 2
    assert "is not above zero" in " ".join(refused.stderr.split())
    result = run("price", "CL", "touch +5% within 12 sessions", "--bars", file, "--instruments", oil)
    assert result.exit_code == 0, result.stderr
    assert "fitted to 399 bars" in " ".join(result.stdout.split())
    note = run("note", "CL", "--bars", file, "--instruments", oil, "--format", "md")
    assert note.exit_code == 0, note.stderr
    assert "trades first" in note.stdout
    assert run("price", "CL", "touch -3 within 12 sessions", "--bars", file, "--instruments", oil).exit_code == 0


def test_prices_below_zero_too_short_ago_are_one_sentence(tmp_path, oil):
    file = write(tmp_path, bars(500, change=below(400)))
    result = run("price", "CL", "touch +5% within 12 sessions", "--bars", file, "--instruments", oil)
    assert result.exit_code == 2
    assert "needs prices above zero, 150 bars of them since; there are 99" in " ".join(result.stderr.split())
    note = run("note", "CL", "--bars", file, "--instruments", oil, "--format", "md")
    assert "needs prices above zero" in note.stdout


def test_prices_are_made_as_the_tests_mean_them():
    rows = [row.split(",")[1:5] for row in bars(500, change=below(100))]
    lows = np.array([float(row[NAMES.index("low")]) for row in rows])
    assert np.flatnonzero(lows <= 0).tolist() == [100]

"""What docs/claims.md shows is what the language does."""

import re
from pathlib import Path

import pytest

from levelhead.claims.form import Market
from levelhead.claims.objections import check_standing
from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.errors import BadClaim
from levelhead.domain.instrument import Instrument

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, flags=re.DOTALL)
MARKET = Market(
    last=2000.0,
    instrument=Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1),
    atr=40.0,
    sigma=25.0,
    level={"pivot_month_traditional.s2": 2003.46}.get,
)


def lines(kind):
    return [line for found, text in BLOCKS if found == kind for line in text.splitlines()]


def test_the_page_has_examples_of_each_kind():
    assert (len(lines("claim")), len(lines("frozen")), len(lines("refused"))) == (19, 5, 6)


@pytest.mark.parametrize("text", lines("claim"))
def test_each_example_is_read_and_written_back(text):
    assert claim_text(parse_claim(text)) == text


@pytest.mark.parametrize("line", lines("frozen"))
def test_each_relative_price_freezes_as_shown(line):
    written, frozen = line.split(" => ")
    assert claim_text(parse_claim(written, market=MARKET)) == frozen


@pytest.mark.parametrize("line", lines("refused"))
def test_each_refusal_is_the_one_shown(line):
    text, answer = line.split(" => ")
    with pytest.raises(BadClaim) as refused:
        parse_claim(text)
    assert answer in str(refused.value)


def test_what_the_last_price_has_settled_is_refused_as_told():
    for text in ("first of 1990 | 1950 within 5 sessions", "touch 2100 before touch 2050 within 5 sessions"):
        assert text in PAGE.replace("\n", " ")
        with pytest.raises(BadClaim, match=r"already reached|can never be true"):
            check_standing(parse_claim(text), 2000.0)


def test_the_code_runs():
    (code,) = [text for kind, text in BLOCKS if kind == "python"]
    exec(compile(code, "docs/claims.md", "exec"), {})


def test_every_step_of_the_table_is_one():
    cells = re.findall(r"^\| (`.*?) \|", PAGE, flags=re.MULTILINE)
    steps = [step for cell in cells[:8] for step in re.findall(r"`([^`]+)`", cell)]
    assert len(steps) == 10
    for step in steps:
        assert claim_text(parse_claim(f"{step} within 12 sessions")) == f"{step} within 12 sessions"


def test_the_command_is_one_that_parses():
    (command,) = lines("sh")
    parse_claim(re.search('"(.*)"', command)[1])

"""What docs/futures.md says of restated claims is what they are."""

import datetime as dt
import re
from pathlib import Path

import pytest

from levelhead.claims.restating import restated_text
from levelhead.domain.instrument import Instrument
from levelhead.domain.restatement import rolls_between
from levelhead.domain.roll import Roll

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "futures.md").read_text(encoding="utf-8")
ROWS = [
    (said.replace("\\|", "|"), again.replace("\\|", "|"))
    for said, again in re.findall(r"^\| `(.+ sessions.*|long .+)` \| `(.+)` \|$", PAGE, flags=re.MULTILINE)
]
RTY = Instrument(symbol="RTY", name="RTY", short_name="RTY", kind="future", tick=0.1, decimals=1)
ROLL = Roll(
    date=dt.date(2025, 9, 17),
    from_contract="RTYU5",
    to_contract="RTYZ5",
    gap=18.0,
    factor=1.0075,
    estimated=True,
    method="made",
    gap_error=1.8,
)


def test_the_page_has_its_examples():
    assert len(ROWS) == 5


@pytest.mark.parametrize(("said", "again"), ROWS)
def test_each_claim_of_the_page_is_restated_as_it_says(said, again):
    assert restated_text(said, [ROLL], RTY) == again


def test_the_words_of_the_page_are_those_of_the_restatement():
    between = rolls_between([ROLL], dt.date(2025, 9, 12), dt.date(2025, 9, 25))
    assert f"# {between.words(RTY)}\n" in PAGE

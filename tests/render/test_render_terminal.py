"""The summary a terminal shows."""

import copy

import made_note
import pytest

from levelhead.domain.note import HYPOTHETICAL
from levelhead.render.terminal import to_terminal
from levelhead.wire.document import to_document

DOCUMENT = to_document(made_note.made_note())


def test_the_summary_holds_what_a_trader_reads_first():
    text = to_terminal(DOCUMENT)
    for line in (
        "Russell 2000 (RTY): technical note for 8 September 2025",
        "Last 1,457.7, −29.6 points (−2.0%), as of the close of Monday 8 September",
        "Trend up, momentum firm: 45% for 1,553.1 before 1,368.7.",
        "Line in the sand     1,358.7–1,368.7",
        "  1,457.7          last price",
        "   45%  (base 41%)  Higher: 1,553.1 trades first",
        "  Long term    cautiously bullish  44% / 20% / 36%    turns at 1,358.7",
    ):
        assert line in text.splitlines()


def test_the_last_price_stands_between_resistance_and_support_and_columns_align():
    lines = to_terminal(DOCUMENT).splitlines()
    ladder = lines[lines.index("  1,457.7          last price") - 5 : lines.index("  1,457.7          last price") + 5]
    assert any("immediate: swing high" in line for line in ladder[:5])
    assert any("immediate: 20-day average" in line for line in ladder[6:])
    rows = [line for line in lines if " ATR  " in line]
    assert len(rows) == 6
    assert {line.index(" ATR  ") for line in rows} == {31}


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_asked(width):
    assert max(len(line) for line in to_terminal(DOCUMENT, width).splitlines()) <= max(width, 53)  # a ladder row needs 53


def test_colour_codes_come_only_when_asked():
    assert "\x1b" not in to_terminal(DOCUMENT)
    painted = to_terminal(DOCUMENT, colour=True)
    assert "\x1b[1m" in painted
    plain = painted
    for code in ("1", "34", "33", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert plain == to_terminal(DOCUMENT)


def test_a_name_cannot_move_the_cursor():
    document = copy.deepcopy(DOCUMENT)
    document["levels"][0]["label"] = "high\x1b[2J\x07 of\nMarch"
    document["instrument"]["name"] = "Evil\x1b]0;title\x07"
    text = to_terminal(document)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "high [2J of March" in " ".join(text.split())


def test_replayed_tables_carry_the_hypothetical_sentence():
    assert HYPOTHETICAL in " ".join(to_terminal(DOCUMENT).split())
    assert "Hypothetical" not in to_terminal(to_document(made_note.made_note("live")))


def test_without_setups_it_says_why():
    text = " ".join(to_terminal(to_document(made_note.made_note(with_setups=False))).split())
    assert "Nothing on the map pays after costs" in text
    assert "The best of the 8 plans tried, for the record" in text


def test_what_is_missing_is_left_out_and_named():
    document = copy.deepcopy(DOCUMENT)
    document |= {"scenarios": None, "setups": None, "outlook": [], "headline": "Too short a history.", "levels": []}
    document["provenance"]["not_yet_known"] = ["The 200-day average needs 200 bars; there are 100."]
    text = to_terminal(document)
    for heading in ("Scenarios", "Setups", "Outlook", "Key levels", "Hypothetical"):
        assert heading not in text
    assert "Not yet known\n  The 200-day average needs 200 bars; there are 100." in text
    assert all(line == line.rstrip() for line in text.splitlines())

"""Notes about several markets, a paragraph each: where another begins, and the price with which it does."""

from __future__ import annotations

import pytest
from small_notes import agrees

from levelhead.review.market_parts import parts_of
from levelhead.review.read import laid_out, read_note
from levelhead.review.source import text_of


def markets(note: str) -> list[str]:
    page = laid_out(text_of(note.encode()))
    return [part.market for part in parts_of(page.passages, page.prices)]


def lasts(note: str) -> list[float]:
    found = [i for i in read_note(text_of(note.encode())).indicators if i.name == "last"]
    return [i.value.low for i in sorted(found, key=lambda i: i.span)]


OPENINGS = [
    "Gold 4,222. Support 4,165, resistance 4,265.",
    "Gold: US$4,222. Support 4,165, resistance 4,265.",
    "Next, gold, 4,222 on Friday. Support 4,165, resistance 4,265.",
    "GOLD woke up. December 4,222, a nine-day high. Support 4,165, resistance 4,265.",
    "Gold I am asked about daily. 4,222. Support 4,165, resistance 4,265.",
    "[10:18] nils: gold guys? 4,222 here, support 4,165, resistance 4,265.",
    "4. Gold (asked by Joop) 4,222. Support 4,165, resistance 4,265.",
]


@pytest.mark.parametrize("gold", OPENINGS)
def test_a_part_opens_with_the_price_of_its_market(gold: str) -> None:
    note = f"ES closed at 6,120.\n\nSupport 6,080, resistance 6,150.\n\n{gold}\n\nCopper: 4.52 last. Support 4.44, resistance 4.60."
    assert lasts(note) == [6120, 4222, 4.52]


def test_a_question_turns_to_a_market_and_its_answer_opens_with_the_price() -> None:
    note = (
        "HOST: Where does the DAX go?\n\nSPEAKER: We're at 22,680 right now. Support is 22,400, resistance 22,900.\n\n"
        "HOST: Marek asks about euro-dollar.\n\nSPEAKER: Huge move. 1.0910. Resistance is 1.0940 and support 1.0726.\n"
    )
    assert markets(note) == ["DAX", "EURUSD"]
    assert lasts(note) == [22680, 1.091]


def test_a_market_of_which_two_prices_are_given_is_one_of_the_list_where_three_are() -> None:
    note = (
        "Brent (Nov)  closed 73.70\nSupport 71.00, resistance 74.80 and 77.60.\n\nWTI (Nov)  closed 69.96\n"
        "Support 67.30, resistance 71.60.\n\nGasoil (Oct)  closed 658.50. Support is at 640.\n"
    )
    assert lasts(note) == [73.7, 69.96, 658.5]


@pytest.mark.parametrize(
    "other",
    [
        "Silver? Nothing to say.",
        "Next week: silver, and whether 55 is still resistance.",
        "Silver inventories fell to 21.4 million ounces.",
        "In 1980 I sold silver at 41.50 and went fishing.",
        "Jobless claims (consensus 242K, prior 241K) and the S&P Global PMIs are due.",
    ],
)
def test_a_market_that_is_only_named_has_no_last_price(other: str) -> None:
    assert lasts(f"Gold closed at 4,222. Support 4,165, resistance 4,265.\n\n{other}") == [4222]


def test_the_price_a_part_opens_with_is_no_level() -> None:
    note = (
        "NZD 0.6105. smashed from 0.6175. support 0.6085.\n"
        "AUD 0.6510, CPI 3.4 vs 3.6. resistance 0.6535.\nGOLD 2,031. support 2,025, resistance 2,045\n",
        "I last 0.6105|L support level 0.6085|I last 0.651|L resistance level 0.6535|I last 2031|L support level 2025|"
        "L resistance level 2045",
    )
    assert agrees(note) is True


def test_swiss_thousands_beside_commas_before_decimals() -> None:
    assert lasts("SMI: Schluss 12'204. Support 12'050.\n\nBund: 131,02. Support 130,60. Gold 3'360,50.")[:1] == [12204]


def test_a_mail_laid_out_by_a_table_of_one_cell_is_read_paragraph_by_paragraph() -> None:
    note = (
        "<html><body><table><tr><td><h2>Morning</h2><p><b>DAX</b>: closed at 23,344. Support 22,900.</p>"
        "<p><b>Gold</b>: 3,360. Resistance 3,385, support 3,310.</p></td></tr></table></body></html>"
    )
    assert lasts(note) == [23344, 3360]

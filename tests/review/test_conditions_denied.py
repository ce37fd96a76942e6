"""Ways on without odds: what is denied holds the other way, what comes into the game, what is judged behind."""

import pytest

from levelhead.review.no_chance import is_no_chance
from levelhead.review.read import read_note
from levelhead.review.source import text_of


def ways(text):
    note = read_note(text_of(("Wheat closed at 560.\n\n" + text + "\n").encode()))
    return {(s.direction, s.target.low) for s in note.scenarios if s.target is not None}


@pytest.mark.parametrize(
    "text",
    [
        "As long as it does not close under 548, we expect a climb to 575.",
        "So long as there is no break below 548 we look for 575.",
        "If the market does not fall below 548 a march to 575 is on.",
        "In case of recovering 566, the target is 575.",
        "I would lean higher, if only a little, toward 575.",
        "The probability is judged high that it reaches 575.",
        "We build a base and rally to 575. I'd call that likely.",
    ],
)
def test_a_way_up_is_read(text):
    assert ways(text) == {("up", 575)}


@pytest.mark.parametrize(
    "text",
    [
        "Support is 548. Below that, 530 comes into the game.",
        "Support is 548. Under it, 530 enters the picture.",
        "Support is 548. Beneath that mark, 530 would be the next address.",
        "Below 548 its 530 quick.",
        "We fail and test 530. That looks unlikely to me.",
    ],
)
def test_a_way_down_is_read(text):
    assert ways(text) == {("down", 530)}


def test_an_amount_that_was_not_lost_is_no_chance():
    text = "It has gone ten sessions without giving up more than 3% of its gain."
    assert is_no_chance(text, text.index("3%"), text.index("3%") + 2)

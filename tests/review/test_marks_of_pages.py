"""A page around a note may write its numbers another way than the note does."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

AROUND = "Home | Futures | Log in\n\n{}\n\nRead also: Gold eyes $4,000\nRelated: Bitcoin back above 111,000\n"
DOTTED = "DAX future\n\nClose 24.363 points. Resistance 24.536 and 24.639, support 24.030 and 23.380."
SPACED = "CAC 40 future\n\nLast price: 7 954. Resistance 8 015 and 8 080, support 7 905 and 7 830. Beyond, 8 170 and 7 740."


@pytest.mark.parametrize(("note", "support"), [(DOTTED, 24030), (SPACED, 7905)])
def test_the_numbers_of_the_note_are_the_most(note, support):
    alone, around = (read_note(text_of(text.encode())) for text in (note, AROUND.format(note)))
    assert ("support", support) in {(x.side, x.price.low) for x in alone.levels}
    assert {(x.side, x.price.low) for x in alone.levels} == {(x.side, x.price.low) for x in around.levels}

"""What kind of level a price is may be said behind it: by an apposition, a clause, a reason."""

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of


def kinds(text):
    return {level.price.low: level.kind for level in read_note(text_of(text.encode())).levels}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Corn settled at 441. Support is at 430 cents, the low of 3 June.", "extreme"),
        ("Corn settled at 441. Resistance is 455, that's the March lower high.", "extreme"),
        ("Corn settled at 441. I call 430 support because the May trough is there.", "extreme"),
        ("Corn settled at 441. Resistance: 455, formed by the gap of last Monday.", "gap"),
        ("Corn settled at 441. Resistance is 455; that is the 61.8% retracement of the fall.", "fibonacci"),
        ("Corn settled at 441. 430 supp = 50dma.", "average"),
        ("Corn settled at 441. The March summit of 455 stands as resistance.", "extreme"),
        ("Corn settled at 441. Support 430, 400 (psy).", "level"),
        ("Corn settled at 441. overnite hi 455 is res, overnite lo 430 is supp.", "extreme"),
    ],
)
def test_the_kind_is_what_the_words_behind_say(text, kind):
    found = kinds(text)
    assert found[430 if 430 in found else 455] == kind


def test_a_bracket_of_the_price_before_is_not_of_the_next():
    assert kinds("DAX closed at 23,600.\nR: 23,840-23,870 (gap) / S: 23,440, 23,284 (Sep low)")[23440] == "level"


def test_lower_highs_as_a_structure_are_no_level():
    assert kinds("Corn settled at 441. Resistance at 455 while lower highs follow.")[455] == "level"

"""What somebody else wrote and a note only quotes is not the note's own."""

from small_notes import agrees

FORUM = (
    "mickey wrote:\n> short at 2150, stop 2175, tgt 2080, thoughts?\n\nnot touching it. RTY last 2,069.5\n\n"
    "plan = long 2,034-2,038 / SL 2,018 / PT 2,080. no fill no trade.\n",
    "I last 2069.5|T long 2034-2038 2018 2080",
)
QUOTE_BLOCK = ("RTY last 2,069.5\n\n> Support: 2,030\n", "I last 2069.5|L support level 2030")


def test_lines_under_who_wrote_them_are_somebody_elses():
    assert agrees(FORUM) is True


def test_a_line_set_off_by_the_note_itself_is_its_own():
    assert agrees(QUOTE_BLOCK) is True

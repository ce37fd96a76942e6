"""Would it have worked: the functions that write today's note, over past days, scored against what anyone could have said."""

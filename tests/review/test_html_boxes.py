"""Pages that set their tables out of other elements: boxes of short boxes, spans in items, terms and definitions."""

from levelhead.review.source import text_of

PAGE = "<html><body><h1>Silver</h1>{}</body></html>"


def rows(inside):
    """The cells of the rows that a page's body holds."""
    text = text_of(PAGE.format(inside).encode(), name="page.html")
    return [tuple(c.text for c in b.cells) for b in text.blocks if b.kind == "row"]


def lines(inside):
    text = text_of(PAGE.format(inside).encode(), name="page.html")
    return [b.text for b in text.blocks if b.kind != "row"]


def test_boxes_of_a_label_and_a_number_are_rows():
    inside = "<div><div><div>Price</div><div>$31.20</div></div><div><div>Entry</div><div>$30.90</div></div></div>"
    assert rows(inside) == [("Price", "$31.20"), ("Entry", "$30.90")]


def test_items_of_two_spans_are_rows():
    inside = "<ul><li><span>RSI (14)</span><span>47.1</span></li><li><span>50-day</span> <b>30.85</b></li></ul>"
    assert rows(inside) == [("RSI (14)", "47.1"), ("50-day", "30.85")]


def test_a_list_of_definitions_gives_a_row_for_each_term():
    assert rows("<dl><dt>Support</dt><dd>30.10</dd><dt>Resistance</dt><dd>32.40, the May high</dd></dl>") == [
        ("Support", "30.10"),
        ("Resistance", "32.40, the May high"),
    ]


def test_a_head_of_boxes_without_numbers_stands_over_its_rows():
    inside = (
        "<div><div><span>Level</span><span>Why</span></div><div><span>31.80</span><span>June high</span></div>"
        "<div><span>30.10</span><span>200-day</span></div></div>"
    )
    assert rows(inside) == [("Level", "Why"), ("31.80", "June high"), ("30.10", "200-day")]


def test_two_paragraphs_in_a_box_are_no_row():
    inside = (
        "<section><div><p>Silver fell.</p><p>It may fall more.</p></div><div><p>Gold rose.</p><p>It may not.</p></div></section>"
    )
    assert rows(inside) == []
    assert lines(inside) == ["Silver", "Silver fell.", "It may fall more.", "Gold rose.", "It may not."]


def test_what_is_hidden_in_a_box_stays_hidden():
    inside = (
        "<div><div><div>Last</div><div hidden>99.99</div><div>31.20</div></div>"
        "<div><div>Prior</div><div style='display: none'>88.88</div><div>31.05</div></div></div>"
    )
    assert rows(inside) == [("Last", "31.20"), ("Prior", "31.05")]


def test_a_sentence_beside_the_boxes_keeps_them_a_paragraph():
    assert rows("<div><p>The <b>50-day</b> at <b>30.85</b> held</p><p>The <b>200-day</b> at <b>29.10</b> did too</p></div>") == []


def test_spans_side_by_side_do_not_run_together():
    inside = "<div><span>RSI</span><span>61.2</span><span>-1.3%</span></div><p>Support <span>30.<b>10</b></span></p>"
    assert lines(inside) == ["Silver", "RSI 61.2 -1.3%", "Support 30.10"]

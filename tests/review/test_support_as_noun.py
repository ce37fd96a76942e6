"""'Support' behind a price is the level's name, whatever verb follows it."""

import pytest
from small_notes import agrees


@pytest.mark.parametrize(
    "rest", ["will turn the bias neutral", "would end this view", "holds, so does our case", "gives the bulls a case"]
)
def test_support_behind_a_price_is_a_level(rest):
    assert agrees((f"USD/JPY last 154.41. The 153.60 minor support {rest}.", "I last 154.41|L support level 153.6")) is True


def test_to_support_a_view_is_none():
    assert agrees(("USD/JPY last 154.41. Momentum and the 154.10 print support the bullish view.", "I last 154.41")) is True

"""Lines of fields above a list: what stands behind a value is said of it, and heads nothing."""

import pytest
from small_notes import agrees

LISTED = "Key Support: 2,371 | 2,352 | 2,300\nKey Resistance: 2,409 | 2,431 | 2,470\n"
LEVELS = "|".join([*(f"L support level {p}" for p in (2371, 2352, 2300)), *(f"L resistance level {p}" for p in (2409, 2431, 2470))])


@pytest.mark.parametrize(
    "field", ["MACD: -11.2, below its signal", "RSI (14): 44.6, no setup", "Close: 2,391.4 (trend idea intact)"]
)
def test_a_field_with_a_value_heads_no_trades(field):
    value = {"M": "I macd -11.2", "R": "I rsi_14 44.6", "C": "I last 2391.4"}[field[0]]
    assert agrees((f"Russell 2000 Outlook\n\n{field}\n\n{LISTED}", f"{value}|{LEVELS}")) is True

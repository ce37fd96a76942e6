"""Ways in which notes tell scenarios, each with what is meant: direction, chance, zone, target."""

from __future__ import annotations

import pytest

from levelhead.review.read import read_note
from levelhead.review.source import text_of

UP, RANGE, DOWN = ("up", 0.5, None, 2455), ("range", 0.35, (2350, 2420), None), ("down", 0.15, None, 2310)
THREE = [UP, RANGE, DOWN]
TOLD = {
    "Odds: 50% up to 2,455, 35% sideways 2,350–2,420, 15% down to 2,310.": THREE,
    "Up to 2,455: 50%. Sideways (2,350–2,420): 35%. Down to 2,310: 15%.": THREE,
    "Three ways from here: (a) 50% rally to 2,455; (b) 35% chop between 2,350 and 2,420; (c) 15% break to 2,310.": THREE,
    "Bullish (50 %) – target 2,455. Neutral (35 %) – 2,350–2,420. Bearish (15 %) – target 2,310.": THREE,
    "* 50% – rally to 2,455\n* 35% – range 2,350–2,420\n* 15% – drop to 2,310": THREE,
    "Bull | 50% | 2,455\nRange | 35% | 2,350–2,420\nBear | 15% | 2,310": THREE,
    "Probability | Scenario | Level\n---|---|---\n50 | Bounce | 2,455\n35 | Range | 2,350–2,420\n15 | Breakdown | 2,310": THREE,
    "Direction\tProb\tLevel\nUp\t50%\t2,455\nSideways\t35%\t2,350-2,420\nDown\t15%\t2,310": THREE,
    "| Outcome | Likelihood | Zone | Comment |\n|---|---|---|---|\n| Grind higher | 50% | 2,455 | breadth |\n| Digestion |"
    " 35% | 2,350–2,420 | |\n| Flush | 15% | 2,310 | |": THREE,
    "Outcome\nLikelihood\nZone\nGrind higher\n50%\n2,455\nRange\n35%\n2,350–2,420\nFlush\n15%\n2,310": THREE,
    "Bull case\nProbability: 50%\nTarget: 2,455\n\nBase case\nProbability: 35%\nRange 2,350–2,420\n\nBear case\nProbability: "
    "15%\nTarget: 2,310": THREE,
    "Scenario 1: Bounce to 2,455 (50%)\nScenario 2: Range 2,350–2,420 (35%)\nScenario 3: Break to 2,310 (15%)": THREE,
    "Up 50% → 2,455 | Flat 35% → 2,350–2,420 | Down 15% → 2,310": THREE,
    "I give 50% to a run at 2,455, 35% to more of the same between 2,350 and 2,420, and the last 15% to a slide toward 2,310.": THREE,  # noqa: E501
    "The base case (35%) is a range of 2,350 to 2,420. A breakout to 2,455 gets 50%. A breakdown to 2,310 gets 15%.": [RANGE, UP, DOWN],  # noqa: E501
    "Probability of a move to 2,455: 50 percent. Probability of a move to 2,310: 15 percent.": [UP, DOWN],
    "There is a 50 percent chance that RTY trades up to 2,455, against a 15 percent chance of 2,310.": [UP, DOWN],
    "**Bullish – 50%:** hold of 2,380, target 2,455\n\n**Neutral – 35%:** 2,350–2,420\n\n**Bearish – 15%:** loss of 2,350, "
    "target 2,310": THREE,
    "Bullish scenario (50%)\n\nA close above 2,430 targets 2,455.\n\nRange scenario (35%)\n\nWe stay between 2,350 and "
    "2,420.\n\nBearish scenario (15%)\n\nBelow 2,350 the next stop is 2,310.": THREE,
    "High probability: bounce to 2,455\nMedium probability: range 2,350–2,420\nLow probability: drop to 2,310": [
        ("up", None, None, 2455), ("range", None, (2350, 2420), None), ("down", None, None, 2310)],
    "| Scenario | How likely | Target |\n|---|---|---|\n| Bounce | likely | 2,455 |\n| Range | possible | 2,350–2,420 |\n|"
    " Break | unlikely | 2,310 |": [
        ("up", None, None, 2455), ("range", None, (2350, 2420), None), ("down", None, None, 2310)],
    "Failed breakdown and short squeeze to 2,455 (50%), bull trap and slide to 2,310 (50%).": [UP, ("down", 0.5, None, 2310)],
    "A rally to 2,455 remains more likely than a drop to 2,310.": [("up", None, None, 2455)],
    "Bull case 50-55%: 2,455. Bear case 45-50%: 2,310.": [("up", (0.5, 0.55), None, 2455), ("down", (0.45, 0.5), None, 2310)],
}  # fmt: skip


def told(text):
    note = read_note(text_of(("RTY view\n\nRTY last 2,400.0\n\n" + text).encode()))
    for s in note.scenarios:
        chance = s.probability and (s.probability[0] if s.probability[0] == s.probability[1] else s.probability)
        yield (s.direction, chance, s.zone and (s.zone.low, s.zone.high), s.target and s.target.low)


@pytest.mark.parametrize("text", TOLD)
def test_scenarios_are_read_however_they_are_told(text):
    assert list(told(text)) == TOLD[text]

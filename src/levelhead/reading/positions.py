"""Positioning: what the last reports of positions in the future say, as far as they were released by the day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from levelhead.domain.bars import Bars
from levelhead.domain.fact import Fact
from levelhead.domain.positions import Positions
from levelhead.domain.sessions import as_date
from levelhead.kernels.bands import rank
from levelhead.reading.context import Context
from levelhead.reading.facts import Findings, number, word

REPORTS = 156
"""Reports of three years, a week each."""
BACK = 4
STALE = 21
"""Days after its own after which a report says nothing of the day."""


def position_facts(bars: Bars, context: Context) -> Findings:
    """cot.net|long|short|share|side|released, cot.change_4, cot.percentile; each dated by its report, known on its release."""
    if context.positions is None:
        return {}, ()
    name = context.positions.name
    known = context.positions.known(bars)
    if known is None:
        return {}, (f"{name} has no report that was released by {bars.as_of}; nothing is said of positions.",)
    last = as_date(known.dates[-1])
    age = (bars.as_of - last).days
    if age > STALE:
        return {}, (
            f"The last report of {name} that was released by {bars.as_of} is of {last}, {age} days before; it is not used.",
        )
    facts = _last(known)
    unknown = []
    net = known.long - known.short
    if len(net) > BACK:
        facts[f"cot.change_{BACK}"] = _dated(
            known,
            number(
                net[-1] - net[-1 - BACK],
                "count",
                f"change of the net position over {BACK} reports, in contracts",
                "cot.net - before",
                inputs={"before": net[-1 - BACK]},
            ),
        )
    else:
        unknown.append(f"The change of {name} over {BACK} reports needs {BACK + 1} of them; there are {len(net)}.")
    shares = net / known.open_interest
    ranked = rank(shares, REPORTS)
    if ranked is not None:
        facts["cot.percentile"] = _dated(
            known,
            number(
                100 * ranked[0] / ranked[1],
                "per cent",
                f"share of the last {REPORTS} reports, three years, in which the net share was not higher, this one among them",
                "100 * not_higher / reports",
                inputs={"not_higher": ranked[0], "reports": ranked[1]},
            ),
        )
    else:
        unknown.append(f"The place of {name} among three years needs {REPORTS} reports; there are {len(shares)}.")
    return facts, tuple(unknown)


def _last(known: Positions) -> dict[str, Fact]:
    """What the last report says."""
    net = float(known.long[-1] - known.short[-1])
    found = {
        "cot.group": word(known.name, "whose positions they are", "the name of the file."),
        "cot.long": number(known.long[-1], "count", "contracts long", "contracts", inputs={"contracts": known.long[-1]}),
        "cot.short": number(known.short[-1], "count", "contracts short", "contracts", inputs={"contracts": known.short[-1]}),
        "cot.net": number(net, "count", f"net position of {known.name}, in contracts", "cot.long - cot.short"),
        "cot.share": number(
            100 * net / known.open_interest[-1],
            "per cent",
            "net position as a share of open interest",
            "100 * cot.net / open_interest",
            inputs={"open_interest": known.open_interest[-1]},
        ),
        "cot.side": word(
            "long" if net > 0 else "short" if net < 0 else "flat",
            f"side of the net position of {known.name}",
            "long when the net position is above 0, short when below, else flat.",
            inputs={"net": net},
        ),
        "cot.report": Fact(
            value=as_date(known.dates[-1]).isoformat(), unit="date", meaning="the day that the report is of", formula="its date"
        ),
        "cot.released": Fact(
            value=as_date(known.released[-1]).isoformat(), unit="date", meaning="the day it was released", formula="its release"
        ),
    }
    return {name: _dated(known, fact) for name, fact in found.items()}


def _dated(known: Positions, fact: Fact) -> Fact:
    """With the day that the report is of, and the first on which all that it is told from was released."""
    return replace(fact, date=as_date(known.dates[-1]), known_on=as_date(np.max(known.released[-REPORTS:])))

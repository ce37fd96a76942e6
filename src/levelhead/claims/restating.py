"""A claim's text in the contract of another day."""

from __future__ import annotations

from collections.abc import Iterable

from levelhead.claims.parse import parse_claim
from levelhead.claims.text import claim_text
from levelhead.domain.claim import Claim
from levelhead.domain.instrument import Instrument
from levelhead.domain.restatement import restated
from levelhead.domain.roll import Roll


def restated_text(text: str, rolls: Iterable[Roll], instrument: Instrument) -> str:
    """The claim in points of the contract after `rolls`: 'touch 2455 within 12 sessions' as 'touch 2473 within 12 sessions'.

    rolls: those between the day it was said and the day it is read (`domain.restatement.rolls_between`). Sessions stay, counted
    from the day it was said. Raises BadClaim where the text is no claim.
    """
    claim: Claim = parse_claim(text)
    return claim_text(restated(claim, rolls, instrument))

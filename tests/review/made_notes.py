"""Notes as data, made by hand: what a reading of some words would give, without reading any."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from levelhead.review.said import Indicator, Money, OthersNote, ReadBias, ReadLevel, ReadScenario, ReadSetup
from levelhead.review.text import Span, Text

HERE = Path(__file__).resolve().parent
NOWHERE = Span(start=0, end=1)


def money(low, high=None, **more):
    return None if low is None else Money(low=float(low), high=float(low if high is None else high), **more)


def zone(pair):
    return None if pair is None else money(*pair)


def text(plain="A note.\n"):
    return Text(plain=plain, blocks=(), form="text", digest="sha256:" + "0" * 64)


def note(*, plain="A note.\n", symbol="RTY", horizon=None, date=None, last=None, scenarios=(), setups=(), levels=(), biases=()):
    indicators = () if last is None else (Indicator(name="last", value=money(last), words="", span=NOWHERE, sure=1.0),)
    return OthersNote(
        symbol=symbol, instruments=(symbol,), date=date, date_words="", author="", title="", horizon=horizon, indicators=indicators,
        levels=tuple(levels), scenarios=tuple(scenarios), setups=tuple(setups), biases=tuple(biases), statements=(),
        not_understood=(), text=text(plain),
    )  # fmt: skip


def scenario(direction, **more):
    return ReadScenario(direction=direction, title=more.pop("title", ""), span=more.pop("span", NOWHERE), sure=1.0, **more)


def setup(side, entry, stop, targets, **more):
    return ReadSetup(
        side=side, entry=zone(entry), stop=zone(stop), targets=tuple(zone(t) for t in targets), span=NOWHERE, sure=1.0, **more
    )


def level(side, low, high=None, **more):
    return ReadLevel(side=side, kind="level", price=money(low, high), label="", span=NOWHERE, sure=1.0, **more)


def bias(horizon, lean, **more):
    return ReadBias(horizon=horizon, bias="", lean=lean, span=NOWHERE, sure=1.0, **more)


def seed(name: str, plain: str) -> OthersNote:
    """A seed as its hand-written expectation has it; a span is where the text of a scenario's title stands, with the line after."""
    expected = json.loads((HERE / "seeds_expected" / f"{name}.json").read_text(encoding="utf-8"))

    def at(title: str) -> Span:
        start = max(plain.find(title), 0)
        end = plain.find("\n", plain.find("\n", start) + 1)
        return Span(start=start, end=end if end > 0 else len(plain))

    return OthersNote(
        symbol=expected["symbol"],
        instruments=tuple(expected["instruments"]),
        date=None if expected["date"] is None else dt.date.fromisoformat(expected["date"]),
        date_words=expected["date_words"],
        author="",
        title=expected["title"],
        horizon=expected["horizon"],
        indicators=tuple(
            Indicator(
                name=i["name"], value=money(i["low"], i["high"], approximate=i["approximate"]), words="", span=NOWHERE, sure=1.0
            )
            for i in expected["indicators"]
        ),
        levels=tuple(
            ReadLevel(
                side=v["side"], kind=v["kind"], price=money(v["low"], v["high"]), label="", name=v["name"], span=NOWHERE, sure=1.0
            )
            for v in expected["levels"]
        ),
        scenarios=tuple(
            ReadScenario(
                direction=s["direction"],
                title=s["title"],
                probability=None if s["probability"] is None else tuple(s["probability"]),
                trigger=zone(s["trigger"]),
                trigger_how=s["trigger_how"],
                zone=zone(s["zone"]),
                target=zone(s["target"]),
                sessions=s["sessions"],
                span=at(s["title"]),
                sure=1.0,
            )
            for s in expected["scenarios"]
        ),
        setups=tuple(
            setup(s["side"], s["entry"], s["stop"], s["targets"], order=s["order"], label=s["label"], sessions=s["sessions"])
            for s in expected["setups"]
        ),
        biases=tuple(
            ReadBias(
                horizon=b["horizon"],
                sessions=b["sessions"],
                bias=b["bias"],
                lean=b["lean"],
                change_at=zone(b["change_at"]),
                span=NOWHERE,
                sure=1.0,
            )
            for b in expected["biases"]
        ),
        statements=(),
        not_understood=(),
        text=text(plain),
    )

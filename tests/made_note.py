"""A note made by hand from made bars, for tests of what reads notes: every part is there, the numbers agree with each other."""

from __future__ import annotations

import datetime as dt

from made_series import AS_OF, RTY, made_series

from levelhead.domain.claim import Chance, PricedClaim
from levelhead.domain.fact import Estimate, Fact, Unit, Window
from levelhead.domain.finding import Finding
from levelhead.domain.level import KeyLevel
from levelhead.domain.note import House, Note, PeerData, Provenance, Section, SummaryLine
from levelhead.domain.scenario import Outlook, Scenario, ScenarioSet, Setup, SetupTable, Sizing, Target


def made_note(standing: str = "replayed", *, with_setups: bool = True) -> Note:
    series = made_series()
    last, atr = series.close[-1], 32.4
    facts: dict[str, Fact] = {}
    estimates: dict[str, Estimate] = {}

    def fact(name: str, value: float | str, unit: Unit, meaning: str, formula: str = "given", **more: object) -> None:
        inputs = {} if isinstance(value, str) or "windows" in more else {"given": float(value)}
        facts[name] = Fact(value=value, unit=unit, meaning=meaning, formula=formula, **({"inputs": inputs} | more))  # type: ignore[arg-type]

    def estimate(name: str, value: float, unit: Unit, meaning: str, **more: object) -> None:
        estimates[name] = Estimate(value=value, unit=unit, meaning=meaning, formula="given", inputs={"given": value}, **more)  # type: ignore[arg-type]

    window = Window(column="close", first=series.dates[-1], last=series.dates[-1], count=1)
    fact("last", last, "price", "last close", "last(closes)", windows=(window,))
    fact("change", last - series.close[-2], "points", "change from the previous close")
    fact("change_pct", (last / series.close[-2] - 1) * 100, "per cent", "change from the previous close")
    fact("atr_14", atr, "points", "average true range of 14 bars")
    for n in (20, 50, 100, 200):
        value = float(series.averages[f"sma_{n}"][-1] or 0.0)
        span = min(n, len(series.close))
        used = Window(column="close", first=series.dates[-span], last=series.dates[-1], count=span)
        fact(f"sma_{n}", value, "price", f"{n}-day simple moving average", "mean(closes)", windows=(used,))
        fact(
            f"sma_{n}.side",
            "above" if last > value else "below",
            "word",
            f"side of the price on the {n}-day average",
            "last > average",
        )
        fact(
            f"sma_{n}.slope", "up", "word", f"slope of the {n}-day average", "change over 10 bars against ATR(14), flat within 0.1"
        )
        fact(f"sma_{n}.slope_atr", 0.4, "ATR", f"slope of the {n}-day average per 10 bars")
        fact(f"sma_{n}.distance", value - last, "points", f"{n}-day average less last price", f"sma_{n} - last")
        fact(f"sma_{n}.distance_pct", (value / last - 1) * 100, "per cent", "distance", f"(sma_{n} / last - 1) * 100")
        fact(f"sma_{n}.distance_atr", (value - last) / atr, "ATR", "distance", f"(sma_{n} - last) / atr_14")
    for part, value, day in (
        ("high", 1650.0, dt.date(2025, 8, 4)),
        ("low", 1500.0, dt.date(2025, 8, 20)),
        ("close", 1530.0, dt.date(2025, 8, 29)),
    ):
        fact(f"prior_month.{part}", value, "price", f"{part} of August 2025", date=day)
    # P = (1650 + 1500 + 1530) / 3 = 1560; R1 = 2 P - L, R2 = P + (H - L), R3 = 2 P + H - 2 L, and below P the same mirrored
    rungs = {"p": 1560.0, "r1": 1620.0, "r2": 1710.0, "r3": 1770.0, "s1": 1470.0, "s2": 1410.0, "s3": 1320.0}
    for name, value in rungs.items():
        fact(f"pivot_month_traditional.{name}", value, "price", f"monthly pivot {name.upper()} (traditional)")
    fact("rsi_14", 58.26, "index", "relative strength index of 14 bars")
    fact("rsi_14.signal", 55.1, "index", "14-bar average of RSI(14)")
    fact("rsi_14.zone", "bullish half", "word", "zone of RSI(14)", "between 50 and 70")
    fact("all_time_high", 2477.1, "price", "highest high since 10 July 2017", date=dt.date(2024, 11, 25))
    fact(
        "distance_to_all_time_high_pct",
        (2477.1 / last - 1) * 100,
        "per cent",
        "all-time high above the last price",
        "(all_time_high / last - 1) * 100",
    )
    fact(
        "structure",
        "higher highs and higher lows",
        "word",
        "order of the last confirmed swings",
        "two highs, two lows",
        known_on=AS_OF,
    )
    fact("relative.ES.standing", "lags", "word", "strength against ES", "both return differences below -0.5")
    fact("relative.ES.return_20", -1.8, "per cent", "20-day return less that of ES")
    fact("previous.high", series.high[-1], "price", "high of the previous session")
    fact("previous.low", series.low[-1], "price", "low of the previous session")
    fact("previous.close", last, "price", "close of the previous session")
    fact("gap_atr", 0.3, "ATR", "opening gap")

    ladder = []
    rows = (
        ("r3", "extension", 6.0, "round number 2,500"),
        ("r2", "bias-defining", 3.1, "all-time high of 25 November 2024 and monthly pivot R1"),
        ("r1", "immediate", 0.8, "swing high of 22 August 2025"),
        ("s1", "immediate", -0.7, "20-day average"),
        ("s2", "line in the sand", -2.9, "50-day average, swing low of 20 August 2025"),
        ("s3", "structural", -6.2, "200-day average"),
    )
    for name, role, distance, label in rows:
        low, high = round(last + distance * atr - 5, 1), round(last + distance * atr + 5, 1)
        nearest = low if distance > 0 else high
        level = KeyLevel(
            name=name,
            side="resistance" if distance > 0 else "support",
            role=role,  # type: ignore[arg-type]
            low=low,
            high=high,
            points=nearest - last,
            atr=(nearest - last) / atr,
            label=label,
            sources=("sma_50",),
            touches=3,
            touched_on=(dt.date(2025, 7, 1), dt.date(2025, 8, 1), dt.date(2025, 8, 20)),
            age=41,
            strength=0.6,
        )
        ladder.append(level)
        for part, unit in (
            ("low", "price"),
            ("high", "price"),
            ("points", "points"),
            ("atr", "ATR"),
            ("touches", "count"),
            ("age", "sessions"),
        ):
            fact(f"level.{name}.{part}", float(getattr(level, part)), unit, f"{part} of {label}")  # type: ignore[arg-type]
        fact(f"level.{name}.strength", level.strength, "ratio", "strength from sources, touches and age")

    upper, lower = ladder[1].low, ladder[4].high
    chances = {"up": (0.427, 0.45, 0.41), "range": (0.331, 0.30, 0.35), "down": (0.242, 0.25, 0.24)}
    estimate("scenario.sessions", 12.0, "sessions", "horizon of the scenario table")
    fact("scenario.upper", upper, "price", "upper price of the scenario table")
    fact("scenario.lower", lower, "price", "lower price of the scenario table")
    scenarios = []
    targets = {"up": (ladder[1].low, ladder[0].high), "range": (lower, upper), "down": (ladder[5].low, ladder[4].high)}
    titles = {
        "up": "Higher: {scenario.upper} trades first",
        "range": "Range: neither price trades within {scenario.sessions} sessions",
        "down": "Lower: {scenario.lower} trades first",
    }
    for name, (probability, said, base) in chances.items():
        chance = Chance(probability=probability, error=0.0048, base_rate=base, base_count=1900, windows=158)
        low, high = targets[name]
        estimate(
            f"scenario.{name}.probability",
            probability,
            "probability",
            "share of paths",
            error=0.0048,
            base_rate=base,
            base_count=1900,
            windows=158,
        )
        estimate(f"scenario.{name}.said", said, "probability", "rounded to 5 % so that the three sum to 100")
        estimate(f"scenario.{name}.base", base, "probability", "base rate", base_count=1900, windows=158)
        fact(f"scenario.{name}.target_low", low, "price", "lower end of the target zone")
        fact(f"scenario.{name}.target_high", high, "price", "upper end of the target zone")
        scenarios.append(
            Scenario(
                name=name,  # type: ignore[arg-type]
                title=titles[name],
                trigger="A trade at {scenario.upper} before one at {scenario.lower}.",
                comment="The base rate is {scenario.up.base}.",
                target_low=low,
                target_high=high,
                chance=chance,
                said=said,
            )
        )
    estimate("scenario.undecided", 0.002, "probability", "share of paths left out")
    table = ScenarioSet(
        claim=f"first of {upper} | {lower} within 12 sessions",
        sessions=12,
        ends_on=dt.date(2025, 9, 24),
        upper=upper,
        lower=lower,
        rule="Daily highs and lows of the front contract decide; a bar that reaches both prices is not decided.",
        decides="Acceptance above {level.r1.high} or loss of {level.s1.low} would tip it first.",
        scenarios=tuple(scenarios),
        undecided=0.002,
    )
    outlook = []
    for name, key, sessions in (("short term", "short", 10), ("medium term", "medium", 40), ("long term", "long", 65)):
        up, flat, down = (
            Chance(probability=p, error=0.005, base_rate=p - 0.02, base_count=1900, windows=1900 // sessions)
            for p in (0.44, 0.2, 0.36)
        )
        for part, chance in (("up", up), ("flat", flat), ("down", down)):
            estimate(
                f"outlook.{key}.{part}",
                chance.probability,
                "probability",
                "share of paths",
                error=0.005,
                base_rate=chance.base_rate,
                base_count=1900,
            )
        fact(f"outlook.{key}.change_at", ladder[4].low, "price", "close that would change the bias")
        estimate(f"outlook.{key}.sessions", float(sessions), "sessions", "horizon")
        outlook.append(
            Outlook(
                name=name,  # type: ignore[arg-type]
                sessions=sessions,
                ends_on=None,
                bias="cautiously bullish",
                reason="Price stands above a rising 50-day average at {sma_50}.",
                change=f"A close below {{outlook.{key}.change_at}} would change it.",
                change_at=ladder[4].low,
                up=up,
                flat=flat,
                down=down,
            )
        )

    def setup(name: str) -> Setup:
        entry, stop, first, second = ladder[3].high, round(ladder[3].high - 1.2 * atr, 1), ladder[2].low, ladder[1].low
        chance = Chance(probability=0.58, error=0.005, base_rate=0.55, base_count=1900, windows=126)
        risk = entry - stop
        for part, value, unit in (
            ("entry", entry, "price"),
            ("stop", stop, "price"),
            ("stop_atr", 1.2, "ATR"),
            ("fill", 0.58, "probability"),
            ("target_1", first, "price"),
            ("target_1_r", (first - entry) / risk, "R"),
            ("target_1_chance", 0.47, "probability"),
            ("target_2", second, "price"),
            ("target_2_r", (second - entry) / risk, "R"),
            ("target_2_chance", 0.2, "probability"),
            ("expected_low", 0.08, "R"),
            ("expected_high", 0.13, "R"),
            ("base_low", 0.03, "R"),
            ("base_high", 0.07, "R"),
            ("base_error", 0.09, "R"),
            ("risk_RTY", risk * 50 + 10, "dollars"),
            ("risk_M2K", risk * 5 + 1.7, "dollars"),
            ("contracts_RTY", 0.0, "count"),
            ("contracts_M2K", 1.0, "count"),
        ):
            estimate(f"setup.{name}.{part}", value, unit, part, error=0.005 if unit == "probability" else None)  # type: ignore[arg-type]
        return Setup(
            name=name,
            title="Buy the pullback to the 20-day average",
            claim=f"long limit {entry} stop {stop} target {first}, {second} fill within 5 exit within 15",
            side="long",
            order="limit",
            entry=entry,
            stop=stop,
            targets=tuple(Target(price=p, r=(p - entry) / risk, chance=chance) for p in (first, second)),
            fill=chance,
            fill_within=5,
            exit_within=15,
            stop_atr=1.2,
            expected_low=0.08,
            expected_high=0.13,
            expected_error=0.012,
            base_low=0.03,
            base_high=0.07,
            base_error=0.09,
            base_count=900,
            base_windows=60,
            undecided=0.01,
            reason=f"The stop stands {{setup.{name}.stop_atr}} from the entry.",
            sizing=(Sizing(symbol="RTY", risk=risk * 50 + 10, contracts=0), Sizing(symbol="M2K", risk=risk * 5 + 1.7, contracts=1)),
            sizing_words=f"One M2K risks {{setup.{name}.risk_M2K}}.",
        )

    none_because = "Nothing on the map pays after costs: the best plan tried is expected to return {setup.best.expected_low}."
    setups = (
        SetupTable(plans=(setup("1"),), tried=8)
        if with_setups
        else SetupTable(plans=(), tried=8, none_because=none_because, best=setup("best"))
    )
    paragraphs = (
        "Price closed at {last}, {change|signed} points on the day, above the 50-day average at {sma_50}.",
        "The all-time high of {all_time_high} came on {all_time_high@date}; {distance_to_all_time_high_pct} above the last price.",
    )
    return Note(
        title="Russell 2000 (RTY): technical note for 8 September 2025",
        headline="Trend up, momentum firm: {scenario.up.said} for {scenario.upper} before {scenario.lower}.",
        instrument=RTY,
        contract="RTYU5",
        as_of=AS_OF,
        standing=standing,  # type: ignore[arg-type]
        house=House(),
        facts=facts,
        estimates=estimates,
        summary=(
            SummaryLine(label="Primary trend", text="Bullish: above a rising 200-day average at {sma_200}"),
            SummaryLine(label="Market perspective", text="Consolidating {distance_to_all_time_high_pct} below the high"),
            SummaryLine(label="Line in the sand", text="{level.s2.low}–{level.s2.high}"),
            SummaryLine(label="Bias-defining level", text="{level.r2.low}–{level.r2.high}"),
            SummaryLine(label="Risk to the thesis", text="Two closes below {level.s2.low}"),
        ),
        morning=(
            "Friday's session ranged from {previous.low} to {previous.high} and closed at {previous.close}.",
            "It opened {gap_atr|abs} away from the close before.",
        ),
        ladder=tuple(ladder),
        scenarios=table,
        outlook=tuple(outlook),
        setups=setups,
        claims=(
            PricedClaim(
                name="scenario",
                claim=table.claim,
                sessions=12,
                rule=table.rule,
                chances={s.name: s.chance for s in scenarios},
                paths=10_000,
            ),
        ),
        sections=(
            Section(name="trend", title="Trend and structure", paragraphs=paragraphs),
            Section(
                name="momentum", title="Momentum", paragraphs=("RSI(14) reads {rsi_14}, above its signal line at {rsi_14.signal}.",)
            ),
            Section(
                name="relative",
                title="Relative strength",
                paragraphs=("The Russell 2000 {relative.ES.standing} ES by {relative.ES.return_20|abs} over 20 sessions.",),
            ),
            Section(
                name="takeaway", title="Takeaway", paragraphs=("Above {level.s2.low} the trend has the benefit of the doubt.",)
            ),
        ),
        series=series,
        provenance=Provenance(
            feed="made.csv",
            frame="as given",
            timeframe="1d",
            bars=460,
            first=dt.date(2023, 12, 1),
            last=AS_OF,
            digest="sha256:" + "0" * 64,
            version="0.1.0",
            settings="sha256:" + "1" * 64,
            seed="00ff",
            model="Ten thousand paths of the instrument's own bars, scaled by a volatility forecast.",
            peers=(
                PeerData(symbol="ES", feed="es.csv", bars=460, first=dt.date(2023, 12, 1), last=AS_OF, digest="sha256:" + "2" * 64),
            ),
            findings=(
                Finding(
                    kind="gap",
                    severity="warning",
                    text="made.csv has no bar for 2025-07-04, a session of CME_EQUITY.",
                    where="made.csv",
                    date=dt.date(2025, 7, 4),
                ),
            ),
            not_yet_known=(),
        ),
    )

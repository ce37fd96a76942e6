"""A made evaluation's document with everything a page can show, its figures chosen by hand."""

from __future__ import annotations

import copy
from typing import Any

SKILL = {"mean": 0.031, "low": 0.012, "high": 0.05, "error": 0.011}
EVEN = {"mean": -0.004, "low": -0.02, "high": 0.012, "error": 0.01}
BARE = {"mean": 0.2, "low": None, "high": None, "error": None}


def comparison(baseline: str, score: str, skill: dict[str, Any]) -> dict[str, Any]:
    told = skill["low"] is not None and (skill["low"] > 0 or skill["high"] < 0)
    return {
        "baseline": baseline,
        "score": score,
        "rows": 1200,
        "days": 1200,
        "windows": 92,
        "ours": 0.9731,
        "theirs": 1.0042,
        "skill": skill,
        "difference": {"mean": -0.031, "error": 0.01, "statistic": -3.1, "p_value": 0.0004},
        "needed": None if told else 1500,
        "is_told": told,
        "words": f"Against {baseline}: the score is 3.1 % lower.",
    }


def cut(by: str, value: str, baseline: str, skill: dict[str, Any]) -> dict[str, Any]:
    told = skill["low"] is not None and (skill["low"] > 0 or skill["high"] < 0)
    return {
        "by": by,
        "value": value,
        "baseline": baseline,
        "rows": 240,
        "windows": 19,
        "ours": 0.97,
        "theirs": 1.0,
        "skill": skill,
        "is_told": told,
    }


def made_evaluation() -> dict[str, Any]:
    points = [
        {"said": s / 10, "count": 10 * s, "happened": s / 10, "curve": s / 10, "low": s / 10 - 0.05, "high": s / 10 + 0.05}
        for s in range(1, 8)
    ]
    slices = [
        cut(by, value, baseline, skill)
        for baseline, skill in (("climatology", EVEN), ("random_walk", SKILL))
        for by, value in (("year", "2019"), ("year", "2020"), ("distance", "under 0.5 sigma"), ("distance", "over 2 sigma"))
    ]
    scenario = {
        "kind": "scenario",
        "title": "Scenario table",
        "rows": 1212,
        "decided": 1200,
        "scored": 1200,
        "open": 8,
        "undecided": 4,
        "void": 0,
        "days": 1212,
        "windows": 92,
        "horizons": [12],
        "scores": {"brier": 0.57, "log": 0.9731, "ranked": 0.39},
        "outcomes": [
            {
                "name": name,
                "said": 0.34,
                "sharpness": 0.08,
                "happened": 0.33,
                "miscalibration": 0.001,
                "discrimination": 0.02,
                "uncertainty": 0.221,
            }
            for name in ("up", "range", "down")
        ],
        "reliability": [
            {"outcome": name, "count": 1200, "windows": 92, "error": 0.02, "bound": 0.04, "points": points}
            for name in ("up", "range", "down")
        ],
        "against": [
            comparison("climatology", "log", EVEN),
            comparison("random_walk", "log", SKILL),
            comparison("random_walk", "ranked", BARE),
        ],
        "slices": slices,
        "results": None,
        "results_words": [],
        "words": ["Not distinguishable from climatology: 3.1 % <more>."],
    }
    levels = {
        **copy.deepcopy(scenario),
        "kind": "level",
        "title": "Key levels",
        "scored": 0,
        "void": 3,
        "scores": {},
        "reliability": [],
        "against": [],
        "slices": [],
        "outcomes": [{"name": "held", "happened": 0.6}, {"name": "broken", "happened": 0.4}],
        "words": ["No probability was said; of 1,200 decided: held 60.0 %, broken 40.0 %."],
    }
    closes = {
        "sessions": 12,
        "rows": 1200,
        "days": 1200,
        "windows": 92,
        "crps": 0.017,
        "sigma_said": 0.034,
        "sigma_happened": 0.035,
        "pit": {"shares": [0.1] * 9 + [0.1], "low": [0.08] * 10, "high": [0.12] * 10, "mean": 0.5, "spread": 0.29},
        "bands": [
            {
                "band": band,
                "width": 2 * band * 0.03,
                "is_within": within,
                "share": {"mean": band + 0.01, "low": band - 0.02, "high": band + 0.03, "error": 0.01},
            }
            for band, within in ((0.5, True), (0.8, False), (0.95, None))
        ],
        "against": [comparison("random_walk", "crps", SKILL)],
        "slices": [],
        "words": ["The 50 % band held 51.0 % of the closes."],
    }
    check = {"what": "own law", "of": "scenario", "has_vanished": True, **comparison("own_law", "log", EVEN)}
    return {
        "form": "levelhead evaluation 1",
        "run": {
            "title": "Walk-forward evaluation: MADE, 2019-01-02 to 2023-10-20",
            "desk": "The Made <Desk>",
            "symbols": ["MADE"],
            "first": "2019-01-02",
            "last": "2023-10-20",
            "every": 1,
            "folds": [
                {
                    "name": "MADE 2019",
                    "first": "2019-01-02",
                    "last": "2019-12-31",
                    "days": 252,
                    "fitted_until": "2018-12-31",
                    "purge": 65,
                    "embargo": 0,
                }
            ],
            "fold_words": "Folds are calendar years.",
            "provenance": ["Made by hand."],
        },
        "baselines": [
            {"name": "climatology", "words": "climatology (the base rates)"},
            {"name": "random_walk", "words": "the 20-day random walk"},
        ],
        "missing": [],
        "cuts": {"year": "By year", "distance": "By distance"},
        "kinds": [scenario, levels],
        "closes": [closes],
        "placebo": [
            {
                "world": "shuffled",
                "title": "shuffled days",
                "means": "the instrument's own days in another order",
                "days": 400,
                "checks": [check],
                "others": [{"what": "scenario", **comparison("climatology", "log", SKILL)}],
                "has_vanished": True,
                "words": ["Placebo world, shuffled days: skill vanishes in all 1 checks."],
            }
        ],
        "words": [
            "MADE: 1,212 days walked, 2,424 statements made, 2,400 of them decided.",
            "Scenario table: better than the 20-day random walk (skill 3.1 %).",
        ],
    }

"""How far simulated chances scatter from seed to seed, by how the past bars are dealt to the paths.

    python benchmarks/monte_carlo_error.py [--bars FILE] [--paths 2000] [--seeds 200]

independent: every block starts at a random bar, as a plain simulation draws. ours: starts spread evenly over the past and dealt at
random (`kernels.paths.draw_rows`), which is Latin hypercube sampling (McKay, Beckman and Conover (1979), Technometrics 21(2)).
antithetic: ours, half of the paths given the blocks of the other half mirrored by rank of their return. control: ours, less what a
regression on the return of the same bars at the forecast's fixed volatility explains, whose mean is known. walk: ours, less what a
regression on the claim's own outcome along that fixed-volatility path explains, its mean taken from the closed form; the mean of it
is not exact, and the bias that leaves is printed. Errors are standard deviations over seeds, in points; share: of the error of
independent paths, sqrt(p (1 - p) / n), which is what a price prints.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
from own_questions import read

from levelhead.claims.judge import UNDECIDED, judge
from levelhead.domain.claim import CloseAt, Split, Touch
from levelhead.forecast.models import volatility_history
from levelhead.forecast.settings import Settings
from levelhead.forecast.volatility import pool_at
from levelhead.kernels.closed_form import ends_beyond, first_of, touches
from levelhead.kernels.paths import PathBars, Pool, Scale, draw_rows, walk

Simple = Split | Touch | CloseAt
Said = dict[str, dict[str, list[float]]]
WAYS = ("independent", "ours", "antithetic", "control", "walk")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "spy.csv"


def independent(generator: np.random.Generator, size: int, paths: int, sessions: int, block: int) -> np.ndarray:
    count = -(-sessions // block)
    starts = generator.integers(0, size, (count, paths))
    rows = (starts[:, None, :] + np.arange(block)[None, :, None]) % size
    return rows.reshape(count * block, paths)[:sessions]


def mirrored(generator: np.random.Generator, pool: Pool, paths: int, sessions: int, block: int) -> np.ndarray:
    size = len(pool.close)
    rows = draw_rows(generator, size=size, paths=paths // 2, sessions=sessions, block=block)
    wrapped = np.concatenate([pool.close, pool.close[:block]])
    order = np.argsort(np.convolve(wrapped, np.ones(block), "valid")[:size], kind="stable")
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    other = rows.copy()
    for begin in range(0, sessions, block):
        start = order[size - 1 - rank[rows[begin]]]
        for step in range(min(block, sessions - begin)):
            other[begin + step] = (start + step) % size
    return np.hstack([rows, other])


def shares(claim: Simple, paths: PathBars) -> tuple[np.ndarray, np.ndarray]:
    codes = judge(claim, paths, 1.0).codes
    return codes == 0, codes != UNDECIDED


def exact(claim: Simple, variance: float) -> float:
    if isinstance(claim, Split):
        return first_of(math.log(claim.upper), -math.log(claim.lower), variance).up
    if isinstance(claim, Touch):
        return touches(abs(math.log(claim.price)), variance)
    return ends_beyond(math.log(claim.price), variance)


def corrected(hits: np.ndarray, column: np.ndarray, mean: float) -> float:
    slope = np.cov(hits, column)[0, 1] / max(float(np.var(column)), 1e-12)
    return float(hits.mean() - slope * (column.mean() - mean))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bars", type=Path, default=SHARED)
    parser.add_argument("--paths", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=200)
    given = parser.parse_args()
    bars, settings = read(given.bars, ""), Settings()
    history = volatility_history(bars, settings)
    row = len(bars) - 1
    pool = pool_at(history, row, settings)
    pool = pool._replace(**{k: getattr(pool, k) - pool.close.mean() for k in ("open", "high", "low", "close")})
    for sessions in (12, 40):
        scale = history.ahead(row, sessions)
        many = draw_rows(np.random.default_rng(0), size=len(pool.close), paths=20_000, sessions=sessions, block=settings.block)
        probe = walk(many, pool, start=1.0, scale=scale)
        term = np.sqrt(probe.variance)
        width = float(np.sqrt(np.sum(probe.variance)) * pool.close.std())
        claims = {
            "split 0.9 | 0.9": Split(upper=math.exp(0.9 * width), lower=math.exp(-0.9 * width), sessions=sessions),
            "touch 0.7": Touch(price=math.exp(0.7 * width), sessions=sessions),
            "touch 1.5": Touch(price=math.exp(1.5 * width), sessions=sessions),
            "close above 0.25": CloseAt(side="above", price=math.exp(0.25 * width), sessions=sessions),
            "close above 1.2": CloseAt(side="above", price=math.exp(1.2 * width), sessions=sessions),
        }
        said = {name: {way: [] for way in WAYS} for name in claims}
        for seed in range(given.seeds):
            generator = np.random.Generator(np.random.Philox(key=seed))
            simulate(given.paths, pool, scale, term, claims, said, generator, settings.block)
        report(said, sessions, given.paths)


def simulate(
    paths_asked: int,
    pool: Pool,
    scale: Scale,
    term: np.ndarray,
    claims: dict[str, Simple],
    said: Said,
    generator: np.random.Generator,
    block: int,
) -> None:
    size, sessions = len(pool.close), len(term)
    drawn = {
        "independent": independent(generator, size, paths_asked, sessions, block),
        "ours": draw_rows(generator, size=size, paths=paths_asked, sessions=sessions, block=block),
        "antithetic": mirrored(generator, pool, paths_asked, sessions, block),
    }
    for way, rows in drawn.items():
        paths = walk(rows, pool, start=1.0, scale=scale).bars
        for name, claim in claims.items():
            hits, decided = shares(claim, paths)
            said[name][way].append(hits[decided].mean())
            if way == "ours":
                steady = walk(rows, pool, start=1.0, scale=lambda r, _: np.repeat(term[:, None], r.shape[1], axis=1)).bars
                returned = np.log(steady.close[:, -1])
                said[name]["control"].append(corrected(hits[decided].astype(float), returned[decided], 0.0))
                alike = shares(claim, PathBars(*steady))[0].astype(float)
                variance = float(np.sum(term**2) * pool.close.var())
                said[name]["walk"].append(corrected(hits[decided].astype(float), alike[decided], exact(claim, variance)))


def report(said: Said, sessions: int, paths: int) -> None:
    for name, ways in said.items():
        p = float(np.mean(ways["ours"]))
        plain = math.sqrt(p * (1 - p) / paths)
        print(f"{sessions} sessions, {name:17s} chance {p:.3f}; independent paths {100 * plain:.2f} points")
        for way, values in ways.items():
            error = float(np.std(values))
            bias = float(np.mean(values)) - p
            print(f"    {way:12s} {100 * error:.2f} points, share {error / plain:.2f}, apart {100 * bias:+.2f}")


if __name__ == "__main__":
    main()

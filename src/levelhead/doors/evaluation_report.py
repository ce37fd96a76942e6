"""The verdict of a walk: its page and its JSON in a folder, its answer in whole sentences on the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from levelhead.doors import progress

if TYPE_CHECKING:
    from levelhead.evaluate.route import Route
    from levelhead.evaluate.walk import Walked
    from levelhead.wire.document import Document

_NO_FILE_NAME = re.compile(r"[/\\\x00-\x1f\x7f]")


def report(
    routes: Sequence[Route],
    walked: Sequence[Walked],
    *,
    walk: Callable[[Route], Walked] | None,
    desk: str,
    out: Path,
) -> Path:
    """Writes evaluation.html and evaluation.json and says the answer; returns their folder.

    walk: how a placebo world is walked; None leaves the placebo worlds out.
    """
    from levelhead.evaluate.report import evaluation, placebos
    from levelhead.render.evaluation import to_html
    from levelhead.wire.document import canonical

    worlds = [world for route in routes for world in (placebos(route, walk) if walk is not None else ())]
    progress.step("scoring against the baselines")
    document = evaluation(routes, walked, placebo=worlds, desk=desk)
    progress.step("")
    folder = out / folder_name(document)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(canonical(document), encoding="utf-8")
    (folder / "evaluation.html").write_text(to_html(document), encoding="utf-8")
    for sentence in document["words"]:
        click.echo(sentence)
    click.echo(f"The whole answer: {folder / 'evaluation.html'}, as data: {folder / 'evaluation.json'}.")
    return folder


def folder_name(document: Document) -> str:
    """'RTY-ES-2005-01-03-2026-02-20': instruments, the timeframe of other than daily bars, first and last day."""
    run = document["run"]
    timeframe = [] if run.get("timeframe", "1d") == "1d" else [run["timeframe"]]
    return _NO_FILE_NAME.sub("_", "-".join([*run["symbols"], *timeframe, run["first"], run["last"]]))

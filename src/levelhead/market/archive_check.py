"""The archive held to its hashes: every damaged or lost segment by name."""

from __future__ import annotations

from levelhead.domain.errors import BadArchive
from levelhead.domain.finding import Finding, Severity
from levelhead.market.archive_load import WAY_OUT, damaged, load, lost_of
from levelhead.market.archive_parquet import ParquetFiles, UnreadableParquet
from levelhead.market.archive_segment import Header, SegmentName
from levelhead.market.archive_store import Store


def check_dataset(store: Store, files: ParquetFiles, dataset: str, root: str) -> list[Finding]:
    """What is wrong with a dataset; [] where all of its segments are what their names promise."""
    found: list[Finding] = []
    where = f"{root}/{dataset}"

    def say(kind: str, severity: Severity, text: str) -> None:
        found.append(Finding(kind=kind, severity=severity, text=text, where=where))

    names, headers = [], []
    for text in store.names(dataset):
        name = SegmentName.parse(text)
        if name is None:
            say("foreign_file", "remark", f"{where}: {text} is no segment of an archive; it is not read. Move it away.")
            continue
        names.append(name)
        try:
            with store.whole(dataset, [text]) as ((path, seal),):
                if seal != name.seal:
                    say("damaged_segment", "error", damaged(root, dataset, name, "its bytes are not those that were written"))
                    continue
                headers.append(Header.parse(files.headers([path])[0]))
        except (UnreadableParquet, OSError, ValueError, KeyError, TypeError) as error:
            say("damaged_segment", "error", damaged(root, dataset, name, str(error)))
    for lost in sorted(lost_of(names, headers)):
        say("lost_segment", "error", f"{where}: the segment {lost} is gone; others were written after it. {WAY_OUT}.")
    if not found:
        try:
            load(store, files, dataset, root)
        except BadArchive as error:
            say("damaged_segment", "error", str(error))
    return found

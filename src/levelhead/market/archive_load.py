"""All segments of a dataset, each held to the seal in its name: whole, or an error that names what is damaged."""

from __future__ import annotations

from levelhead.domain.errors import BadArchive
from levelhead.market.archive_parquet import ParquetFiles, Rows, UnreadableParquet
from levelhead.market.archive_segment import Header, Segment, SegmentName, made_whole
from levelhead.market.archive_store import Store

WAY_OUT = "Restore it from a backup, or move the dataset's folder away and fetch anew"


def load(store: Store, files: ParquetFiles, dataset: str, root: str) -> list[Segment]:
    """The segments in the order of fetching; [] where the dataset is not there. Raises BadArchive.

    A listing is not of one moment: it may show a file and miss the one that this was written after. It is then made again.
    """
    for attempt in (1, 2):
        names = sorted(name for text in store.names(dataset) if (name := SegmentName.parse(text)))
        if not names:
            return []
        try:
            headers, own = _opened(store, files, dataset, root, names)
        except FileNotFoundError as error:
            if attempt == 2:
                raise BadArchive(f"{root}/{dataset}: {error.filename or error} is listed and cannot be found.") from None
            continue
        lost = lost_of(names, headers)
        if not lost:
            return _whole(dataset, root, names, headers, own)
    raise BadArchive(f"{root}/{dataset}: the segment {sorted(lost)[0]} is gone; others were written after it. {WAY_OUT}.")


def lost_of(names: list[SegmentName], headers: list[Header]) -> set[str]:
    """Segments that others name and that are not there."""
    named = {name for header in headers for name in (*header.after, *(lender for lender, _, _ in header.borrowed))}
    return named - {str(name) for name in names}


def _opened(
    store: Store, files: ParquetFiles, dataset: str, root: str, names: list[SegmentName]
) -> tuple[list[Header], list[Rows]]:
    with store.whole(dataset, [str(name) for name in names]) as found:
        for name, (_, seal) in zip(names, found, strict=True):
            if seal != name.seal:
                raise BadArchive(damaged(root, dataset, name, "its bytes are not those that were written"))
        paths = [path for path, _ in found]
        try:
            headers = [Header.parse(text) for text in files.headers(paths)]
            return headers, files.rows(paths, [header.own for header in headers])
        except (UnreadableParquet, ValueError, KeyError, TypeError) as error:
            raise BadArchive(f"{root}/{dataset} cannot be read ({error}). {WAY_OUT}.") from None


def _whole(dataset: str, root: str, names: list[SegmentName], headers: list[Header], own: list[Rows]) -> list[Segment]:
    for name, header in zip(names, headers, strict=True):
        if header.dataset != dataset:
            raise BadArchive(damaged(root, dataset, name, f"it belongs to {header.dataset}"))
    try:
        return made_whole(names, headers, own)
    except ValueError as error:
        raise BadArchive(f"{root}/{dataset}: the segment {error} does not hold the rows its name promises. {WAY_OUT}.") from None


def damaged(root: str, dataset: str, name: object, why: str) -> str:
    """The sentence for a damaged segment."""
    return f"{root}/{dataset}: the segment {name} is damaged: {why}. {WAY_OUT}."

"""An archive at an address that fsspec knows: s3://, gs:// and others."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from levelhead.domain.errors import BadArchive
from levelhead.market.archive_store import ENDING, LEFTOVER, PATTERN, Naming, Writing, copies, seal_of

# Stores that make a file of one request, whole or not at all, and that know no folders.
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "r2", "memory"}


class Remote:
    """Files at an address. An object store takes a file by one request; elsewhere it is written beside and renamed.

    A file's name seals its bytes, so that two writers that put the same name put the same file: neither needs a lock or a
    condition, and what one put after the other's listing is only seen later.
    """

    def __init__(self, files: Any, path: str, root: str) -> None:
        self.files, self.path, self.root = files, path, root
        kinds = (files.protocol,) if isinstance(files.protocol, str) else files.protocol
        self.takes_whole = not _OBJECT_STORES.isdisjoint(kinds)

    def datasets(self) -> list[str]:
        """The paths three below the root that hold files."""
        inside = [name[len(self.path) :].strip("/").split("/") for name in self._found(self.path)]
        return sorted({"/".join(parts[:3]) for parts in inside if len(parts) == 4 and parts[3].endswith(ENDING)})

    def names(self, dataset: str) -> list[str]:
        """The names below the dataset's path."""
        return sorted(self._sizes(dataset))

    @contextmanager
    def whole(self, dataset: str, names: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
        """Copies in a folder of their own, gone when the context ends."""
        with self._asking(one_may_be_gone=True):
            got = self._contents([f"{self.path}/{dataset}/{name}" for name in names])
        with copies(zip(names, got, strict=True)) as found:
            yield found

    def put(self, dataset: str, write: Writing, name: Naming) -> str:
        """Written in a local folder of its own, sent in one piece."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"segment{ENDING}"
            write(str(file))
            content = file.read_bytes()
        final = name(seal_of(content))
        with self._asking():
            self._send(f"{self.path}/{dataset}", final, content)
        return final

    def size(self, dataset: str) -> int:
        """Bytes of all files of the dataset."""
        return sum(self._sizes(dataset).values())

    def _send(self, folder: str, name: str, content: bytes) -> None:
        if self.takes_whole:
            # no makedirs here: it asks for rights on the bucket, and would make one of a misspelt name
            self.files.pipe_file(f"{folder}/{name}", content)
            return
        beside = f"{folder}/.{uuid.uuid4().hex}{LEFTOVER}"
        self.files.makedirs(folder, exist_ok=True)
        self.files.pipe_file(beside, content)
        self.files.mv(beside, f"{folder}/{name}")

    def _contents(self, paths: list[str]) -> list[bytes]:
        """The bytes of each file: all asked for at once where the library can."""
        if not paths or PATTERN & set(self.path):
            return [self.files.cat_file(path) for path in paths]
        got = self.files.cat(paths)
        return [got[path] for path in paths]

    def _sizes(self, dataset: str) -> dict[str, int]:
        found = self._found(f"{self.path}/{dataset}")
        named = {path.rsplit("/", 1)[-1]: int(facts.get("size") or 0) for path, facts in found.items()}
        return {name: size for name, size in named.items() if name.endswith(ENDING)}

    def _found(self, path: str) -> dict[str, Any]:
        with self._asking():
            self.files.invalidate_cache()  # what another writer has put there since
            return dict(self.files.find(path, detail=True))

    @contextmanager
    def _asking(self, *, one_may_be_gone: bool = False) -> Iterator[None]:
        """Errors of strangers' libraries as one of ours; a listed file that has gone stays what it is."""
        try:
            yield
        except FileNotFoundError as error:
            if one_may_be_gone:
                raise
            bucket = self.path.split("/")[0]
            raise BadArchive(
                f"The archive {self.root} could not be reached (there is no {bucket!r} there); make it first, or check the name."
            ) from error
        except Exception as error:
            reason = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise BadArchive(
                f"The archive {self.root} could not be reached ({reason}); check its address, the network and your credentials."
            ) from error

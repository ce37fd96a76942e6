"""Where an archive's files lie: a folder, or an address that fsspec knows. A file appears whole under its name or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from levelhead.domain.errors import BadSettings, MissingPart

ENDING = ".parquet"
LEFTOVER = ".tmp"
LOCK = ".lock"
SEAL = 16  # hexadecimal digits of a file's SHA-256 that its name carries
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
PATTERN = set("*?[")

Naming = Callable[[str], str]  # from a file's seal to its name
Writing = Callable[[str], None]  # writes a file at a path


class Store(Protocol):
    """Immutable files in datasets ('yahoo/RTY/1d')."""

    def datasets(self) -> list[str]:
        """The datasets that hold files, in alphabetical order."""
        ...

    def names(self, dataset: str) -> list[str]:
        """The names of the dataset's files, in alphabetical order; leftovers of a writer that died are none."""
        ...

    def whole(self, dataset: str, names: Sequence[str]) -> Any:
        """A context in which each file lies at a local path: yields for each its path and the seal of its bytes.

        Raises FileNotFoundError where one has gone.
        """
        ...

    def put(self, dataset: str, write: Writing, name: Naming) -> str:
        """Keeps what `write` writes under the name that its seal gives, and returns that. Once back, it stays."""
        ...

    def size(self, dataset: str) -> int:
        """Bytes of all files of the dataset."""
        ...


def store_at(root: str) -> Store:
    """The store at a folder or an address ('s3://bucket/bars', 'memory://bars').

    Raises MissingPart where the address needs a library that is not installed, BadSettings where nobody knows its kind.
    """
    protocol, separator, rest = root.partition("://")
    if not separator:
        return Folder(Path(root))
    if protocol in {"file", "local"}:
        return Folder(Path(rest))
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    from levelhead.market.archive_remote import Remote

    try:
        files, path = url_to_fs(root)
    except ImportError as error:
        extra = _EXTRAS.get(protocol)
        way = f'pip install "levelhead[{extra}]"' if extra else "install the library it names"
        raise MissingPart(f"The archive {root} needs a library that is not installed ({error}): {way}.") from None
    except ValueError as error:
        raise BadSettings(f"The archive {root} lies where nothing can be read ({error}); give a folder, s3:// or gs://.") from None
    return Remote(files, path.rstrip("/"), root)


def seal_of(content: bytes) -> str:
    """The first digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()[:SEAL]


class Folder:
    """A local folder. Writers share a lock; who holds it alone knows that every leftover is a dead writer's, and sweeps."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def datasets(self) -> list[str]:
        """The folders three below the root that hold files."""
        found = {file.parent.relative_to(self.root).as_posix() for file in self.root.glob(f"*/*/*/*{ENDING}")}
        return sorted(found)

    def names(self, dataset: str) -> list[str]:
        """The files under their final names."""
        try:
            return sorted(n for n in os.listdir(self.root / dataset) if n.endswith(ENDING) and not n.startswith("."))  # noqa: PTH208
        except FileNotFoundError:
            return []

    @contextmanager
    def whole(self, dataset: str, names: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
        """The files where they lie; copies where the path holds a character that DuckDB takes for a pattern."""
        folder = self.root / dataset
        if PATTERN & set(str(folder)):
            with copies((name, (folder / name).read_bytes()) for name in names) as found:
                yield found
            return
        yield [(str(folder / name), seal_of((folder / name).read_bytes())) for name in names]

    def put(self, dataset: str, write: Writing, name: Naming) -> str:
        """Written beside under another name, brought to the disk, renamed; then the folder is brought to the disk."""
        folder = self.root / dataset
        _make(folder)
        with _shared(folder):
            handle, beside = tempfile.mkstemp(suffix=LEFTOVER, prefix=".", dir=folder)
            os.close(handle)
            try:
                write(beside)
                with open(beside, "rb+") as file:  # noqa: PTH123
                    final = name(seal_of(file.read()))
                    os.fsync(file.fileno())
                os.chmod(beside, 0o644)  # noqa: PTH101
                os.replace(beside, folder / final)  # noqa: PTH105
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(beside)  # noqa: PTH108
                raise
            _to_disk(folder)
        return final

    def size(self, dataset: str) -> int:
        """Bytes of the files under their final names."""
        return sum((self.root / dataset / name).stat().st_size for name in self.names(dataset))


@contextmanager
def copies(contents: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, str]]]:
    """Each content as a local file, gone when the context ends: its path and the seal of its bytes."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for i, (_, content) in enumerate(contents):
            file = Path(folder) / f"{i}{ENDING}"
            file.write_bytes(content)
            found.append((str(file), seal_of(content)))
        yield found


def _make(folder: Path) -> None:
    """The folder and those above it, each brought to the disk."""
    if folder.is_dir():
        return
    _make(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
    _to_disk(folder.parent)


@contextmanager
def _shared(folder: Path) -> Iterator[None]:
    """The writers' shared lock; leftovers are swept by whoever can have it alone. No writer ever waits for another's work.

    Where the system has no such locks nothing is swept: leftovers take room and are never read.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(folder / LOCK, "ab") as lock:  # noqa: PTH123
        try:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for leftover in folder.glob(f".*{LEFTOVER}"):
                    leftover.unlink(missing_ok=True)
            fcntl.flock(lock, fcntl.LOCK_SH)
        except OSError:
            pass  # a file system without locks
        yield


def _to_disk(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

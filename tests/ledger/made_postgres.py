"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket and a free port, from Debian's package."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
QUICK = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "shared_buffers": "32MB"}


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest."""
    found = [Path(file).parent for file in [shutil.which("initdb")] if file]
    for place in PLACES:
        found += Path("/").glob(place.lstrip("/"))
    return max((each for each in found if (each / "initdb").exists() and (each / "pg_ctl").exists()), key=_version, default=None)


def _version(folder: Path) -> float:
    digits = [part for part in folder.parts if part.replace(".", "").isdigit()]
    return float(digits[0]) if digits else 0.0


def absent(reason: str) -> None:
    """Skips, with the reason; where the tests must not skip, fails."""
    if os.environ.get("LEVELHEAD_NEEDS_POSTGRES"):
        pytest.fail(f"PostgreSQL is needed here: {reason}")
    pytest.skip(f"no PostgreSQL: {reason}")


def as_postgres(command: list[str], folder: Path) -> None:
    """Runs a program of PostgreSQL, which refuses to run as root, as the user that Debian's package makes."""
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False, **user)
    assert done.returncode == 0, f"{command[0]}: {done.stdout} {done.stderr}"


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """A running server; the URL of its database 'postgres'."""
    binaries = programs()
    if binaries is None:
        absent("initdb is not installed; apt-get install postgresql")
    if os.getuid() == 0:
        try:
            shutil.chown(folder, "postgres", "postgres")
        except LookupError:
            absent("it does not run as root, and there is no user postgres")
    data = folder / "data"
    as_postgres([f"{binaries}/initdb", "-D", str(data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"], folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = "".join(f" -c {name}={value}" for name, value in QUICK.items())
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1{settings}"
    control = [f"{binaries}/pg_ctl", "-D", str(data), "-w", "-t", "60"]
    as_postgres([*control, "-l", str(folder / "log"), "-o", options, "start"], folder)
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        as_postgres([*control, "-m", "immediate", "stop"], folder)

"""Servers that speak as S3 and Google Cloud Storage do, on this machine: processes of their own, one bucket 'made' in each."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

PAGE = 7  # names in one answer of the S3 server, so that listings have pages
AWAIT = 30.0
# five waiting connections, its own number, are fewer than a reader opens at once; the sixth would be refused for seconds
EMULATOR = """
import socketserver
socketserver.TCPServer.request_queue_size = 128
from gcp_storage_emulator.__main__ import main
main()
"""


@contextmanager
def served(arguments: Callable[[int], list[str]], more: Mapping[str, str] | None = None) -> Iterator[int]:
    """A server in a process of its own, listening; yields its port. arguments: Python's, for a port."""
    port = _free_port()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *arguments(port)], env={**os.environ, **(more or {})}, stdout=quiet, stderr=quiet)
    try:
        _await(port)
        yield port
    finally:
        process.kill()
        process.wait()


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """moto's server; yields the environment that leads there."""

    def arguments(port: int) -> list[str]:
        return ["-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]

    with served(arguments, {"MOTO_S3_DEFAULT_MAX_KEYS": str(PAGE)}) as port:
        address = f"http://127.0.0.1:{port}"
        urllib.request.urlopen(urllib.request.Request(f"{address}/made", method="PUT"), timeout=AWAIT).close()
        yield {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "made",
            "AWS_SECRET_ACCESS_KEY": "made",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def gcs_server() -> Iterator[dict[str, str]]:
    """gcp-storage-emulator; yields the environment that leads there."""

    def arguments(port: int) -> list[str]:
        return ["-c", EMULATOR, "start", "--host", "localhost", "--port", str(port), "--in-memory", "--default-bucket", "made"]

    with served(arguments) as port:
        yield {
            "STORAGE_EMULATOR_HOST": f"http://localhost:{port}",
            "FSSPEC_GCS_TOKEN": "anon",
            # else gcsfs asks for the bucket's layout over gRPC, which no emulator speaks, and waits a minute for the answer
            "GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT": "false",
        }


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _await(port: int) -> None:
    deadline = time.monotonic() + AWAIT
    while True:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return

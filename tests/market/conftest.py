"""Buckets of local servers that speak S3's and Google's language, and processes to write into them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from made_archive_writers import Processes
from made_stores import gcs_server, s3_server

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def processes() -> Processes:
    """Processes that start in milliseconds, whatever they import, in the environment of the moment."""
    return Processes()


@pytest.fixture(scope="session")
def s3_at() -> Iterator[str]:
    """The address of a bucket behind moto's server; the environment leads there."""
    pytest.importorskip("s3fs")
    if find_spec("moto") is None:
        pytest.skip("moto, which speaks S3, is not installed")
    with s3_server() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield "s3://made"


@pytest.fixture(scope="session")
def gcs_at() -> Iterator[str]:
    """The address of a bucket behind a local emulator; the environment leads there."""
    if find_spec("gcp_storage_emulator") is None:
        pytest.skip("gcp-storage-emulator, which speaks Google's language, is not installed")
    with gcs_server() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        core = pytest.importorskip("gcsfs.core")
        from fsspec import register_implementation

        register_implementation("gs", core.GCSFileSystem, clobber=True)
        yield "gs://made"


@pytest.fixture
def s3_root(s3_at: str) -> str:
    """An address below which nothing lies yet."""
    return f"{s3_at}/levelhead-{next(_NUMBERS)}/bars"


@pytest.fixture
def gcs_root(gcs_at: str) -> str:
    """An address below which nothing lies yet."""
    return f"{gcs_at}/levelhead-{next(_NUMBERS)}/bars"

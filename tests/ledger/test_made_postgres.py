"""The tests' own PostgreSQL: where it cannot be had its tests skip with a reason, and where they must not, they fail."""

from __future__ import annotations

import made_postgres
import pytest


def test_without_postgresql_its_tests_skip_and_say_why(monkeypatch, tmp_path):
    monkeypatch.delenv("LEVELHEAD_NEEDS_POSTGRES", raising=False)
    monkeypatch.setattr(made_postgres, "programs", lambda: None)
    with pytest.raises(pytest.skip.Exception, match="initdb is not installed; apt-get install postgresql"):
        made_postgres.server(tmp_path).__enter__()


def test_where_it_is_needed_its_absence_fails(monkeypatch, tmp_path):
    monkeypatch.setenv("LEVELHEAD_NEEDS_POSTGRES", "1")
    monkeypatch.setattr(made_postgres, "programs", lambda: None)
    with pytest.raises(pytest.fail.Exception, match="is needed here: initdb is not installed"):
        made_postgres.server(tmp_path).__enter__()

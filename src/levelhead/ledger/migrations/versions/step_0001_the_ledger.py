"""The ledger's tables, and the triggers that let nothing in them be changed or taken away.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

GENESIS = "sha256:" + "0" * 64
TABLES = ("entries", "documents", "notes", "statements", "outcomes", "disputes", "corrections")
KEYS = {"entries": ("seq", "hash", "parent"), "documents": ("digest",), "notes": ("seq", "hash")}


def upgrade() -> None:
    """Makes the tables, then guards them."""
    make_tables()
    if op.get_bind().dialect.name == "sqlite":
        guard_sqlite()
    else:
        guard_postgresql()


def make_tables() -> None:
    """The tables as tables.py describes them."""

    def text(name: str) -> sa.Column[str]:
        return sa.Column(name, sa.Text, nullable=False)

    def seq(of: str = "entries.seq") -> sa.Column[int]:
        return sa.Column("seq", sa.Integer, sa.ForeignKey(of), primary_key=True, autoincrement=False)

    def note() -> sa.Column[int]:
        return sa.Column("note", sa.Integer, sa.ForeignKey("notes.seq"), nullable=False, index=True)

    def count() -> sa.Column[int]:
        return sa.Column("count", sa.Integer, nullable=False)

    def packed() -> sa.Column[bytes]:
        return sa.Column("packed", sa.LargeBinary, nullable=False)

    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("parent", sa.Text, nullable=False, unique=True),
        *map(text, ("kind", "at", "text")),
    )
    op.create_table("documents", sa.Column("digest", sa.Text, primary_key=True), text("text"))
    op.create_table(
        "notes",
        seq(),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("digest", sa.Text, sa.ForeignKey("documents.digest"), nullable=False),
        *map(text, ("author", "source")),
        sa.Column("symbol", sa.Text, nullable=False, index=True),
        *map(text, ("timeframe", "as_of", "published_at", "path_opens", "standing")),
        *map(text, ("data", "settings", "calibration", "version")),
        count(),
        sa.UniqueConstraint("digest", "author"),
    )
    op.create_table("statements", seq("notes.seq"), text("names"), packed())
    op.create_table("outcomes", seq(), note(), count(), packed())
    op.create_table("disputes", seq(), note())
    op.create_table("corrections", seq(), note(), text("reason"), text("replaced_by"))


def guard_sqlite() -> None:
    """No UPDATE, no DELETE; no INSERT OR REPLACE, which deletes unseen by a trigger; and entries follow the last one."""
    run = op.get_bind().exec_driver_sql
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            run(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} on {table}'); END"
            )
        same = " OR ".join(f"{key} = NEW.{key}" for key in KEYS.get(table, ("seq",)))
        if table == "notes":
            same += " OR (digest = NEW.digest AND author = NEW.author)"
        run(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: this row of {table} is there'); END"
        )
    run(
        "CREATE TRIGGER entries_in_chain BEFORE INSERT ON entries "
        "WHEN NEW.seq <> coalesce((SELECT max(seq) FROM entries), 0) + 1 "
        f"OR NEW.parent <> coalesce((SELECT hash FROM entries ORDER BY seq DESC LIMIT 1), '{GENESIS}') "
        "OR NEW.at < coalesce((SELECT at FROM entries ORDER BY seq DESC LIMIT 1), '') "
        "BEGIN SELECT RAISE(ABORT, 'an entry follows the last one of the chain'); END"
    )


def guard_postgresql() -> None:
    """No UPDATE, no DELETE, no TRUNCATE; and entries follow the last one."""
    run = op.get_bind().exec_driver_sql
    run(
        "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'the ledger is append-only: no %% on %%', TG_OP, TG_TABLE_NAME; END $$"
    )
    run(
        "CREATE FUNCTION ledger_in_chain() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE head entries%%ROWTYPE; BEGIN "
        "SELECT * INTO head FROM entries ORDER BY seq DESC LIMIT 1; "
        "IF NEW.seq <> coalesce(head.seq, 0) + 1 "
        f"OR NEW.parent <> coalesce(head.hash, '{GENESIS}') OR NEW.at < coalesce(head.at, '') "
        "THEN RAISE EXCEPTION 'an entry follows the last one of the chain'; END IF; RETURN NEW; END $$"
    )
    run("CREATE TRIGGER entries_in_chain BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION ledger_in_chain()")
    for table in TABLES:
        for verb, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            run(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION ledger_append_only()"
            )

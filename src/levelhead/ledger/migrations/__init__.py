"""The numbered steps that make the ledger's tables, applied by Alembic when a ledger is opened."""

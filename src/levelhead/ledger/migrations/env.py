"""What Alembic runs: the steps, on the connection it is handed, inside the transaction that is open on it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()

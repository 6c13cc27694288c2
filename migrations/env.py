"""Runs revisions on the connection that the program hands over, inside its transaction."""

from alembic import context

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

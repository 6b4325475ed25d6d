"""What Alembic runs: always online, on the connection `service.store.migrate` hands it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import types
from sqlmodel import AutoString, SQLModel

from service.store import tables  # noqa: F401  (its import fills the metadata)
from service.store.columns import Moment, Stored

# Migrations speak plain SQL types: they must still run when our classes have changed.
PLAIN = ((Moment, "sa.DateTime(timezone=True)"), (Stored, "sa.JSON()"), (AutoString, "sa.String()"))


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    if kind == "type" and isinstance(item, types.TypeEngine):
        return next((plain for ours, plain in PLAIN if isinstance(item, ours)), False)
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render_item,
)
context.run_migrations()

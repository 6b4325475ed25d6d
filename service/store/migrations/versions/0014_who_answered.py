"""Who has an alert is the first of those who answered: kept once, closed or not"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ALERT = sa.table("alert", sa.column("id", Id), sa.column("value", sa.JSON))


def upgrade() -> None:
    _change(_answered)


def downgrade() -> None:
    _change(_owned)


def _change(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change every alert's value."""
    db = op.get_bind()
    for row in db.execute(sa.select(ALERT.c.id, ALERT.c.value)).fetchall():
        db.execute(sa.update(ALERT).where(ALERT.c.id == row.id).values(value=change(row.value)))


def _answered(before: dict[str, Any]) -> dict[str, Any]:
    """An alert from before 0005, or a closed one, named its owner but no answer."""
    value = dict(before)
    owner, since = value.pop("owner", None), value.pop("acknowledged_at", None)
    if owner and not value.get("acknowledgements"):
        value["acknowledgements"] = [{"officer": owner, "at": since or value["opened_at"]}]
    return value


def _owned(before: dict[str, Any]) -> dict[str, Any]:
    first = next(iter(before.get("acknowledgements", ())), None)
    return before | ({"owner": first["officer"], "acknowledged_at": first["at"]} if first else {})

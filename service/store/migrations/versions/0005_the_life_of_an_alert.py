"""The life of an alert: it falls due by itself; its log says from where and why; silences"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ALERT = sa.table("alert", sa.column("id", Id), sa.column("value", sa.JSON))
WAITS = sa.text("due_at IS NOT NULL")


def _change(change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change every alert's value."""
    db = op.get_bind()
    for row in db.execute(sa.select(ALERT.c.id, ALERT.c.value)).fetchall():
        db.execute(sa.update(ALERT).where(ALERT.c.id == row.id).values(value=change(row.value)))


def _answered(before: dict[str, Any]) -> dict[str, Any]:
    """Who has an alert is the first of those who are checking, since then."""
    value = dict(before)
    owner, since = value.pop("owner", None), value.pop("acknowledged_at", None)
    checking = [{"officer": owner, "at": since or value["opened_at"]}] if owner else []
    return value | ({"acknowledgements": checking} if checking else {})


def _owned(before: dict[str, Any]) -> dict[str, Any]:
    value = dict(before)
    first = next(iter(value.pop("acknowledgements", ())), None)
    return value | ({"owner": first["officer"], "acknowledged_at": first["at"]} if first else {})


def upgrade() -> None:
    with op.batch_alter_table("alert") as batch_op:
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("error", sa.String(), nullable=True))
    _change(_answered)
    op.create_index("ix_alert_due_at", "alert", ["due_at"], sqlite_where=WAITS, postgresql_where=WAITS)
    with op.batch_alter_table("alert_log") as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "silence",
        sa.Column("id", Id, nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_silence_ends_at"), "silence", ["ends_at"])


def downgrade() -> None:
    _change(_owned)
    op.drop_table("silence")
    with op.batch_alter_table("alert_log") as batch_op:
        batch_op.drop_column("why")
        batch_op.drop_column("source")
    op.drop_index("ix_alert_due_at", "alert", sqlite_where=WAITS, postgresql_where=WAITS)
    with op.batch_alter_table("alert") as batch_op:
        for name in ("error", "crashes", "attempts", "claimed_until", "due_at"):
            batch_op.drop_column(name)

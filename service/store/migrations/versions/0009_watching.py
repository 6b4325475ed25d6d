"""Tocsin watches itself: the pulse of feeds, languages not read, what it last learnt, and indexes to count by"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

QUEUES = ("feed", "report", "cell", "incident", "alert", "outbox")
PARKED = sa.text("due_at IS NULL AND error IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "daily_language",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "language", name=op.f("pk_daily_language")),
    )
    op.create_table(
        "vital",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vital")),
    )
    with op.batch_alter_table("feed") as batch_op:
        batch_op.add_column(sa.Column("pulse", sa.JSON(), nullable=True))
    for table in QUEUES:
        op.create_index(f"ix_{table}_parked", table, ["id"], sqlite_where=PARKED, postgresql_where=PARKED)
    op.create_index(op.f("ix_daily_count_day"), "daily_count", ["day"])
    op.create_index("ix_alert_counted", "alert", ["state", "level", "incident_id"])
    op.create_index("ix_outbox_counted", "outbox", ["channel", "state"])


def downgrade() -> None:
    op.drop_index("ix_outbox_counted", "outbox")
    op.drop_index("ix_alert_counted", "alert")
    op.drop_index(op.f("ix_daily_count_day"), "daily_count")
    for table in QUEUES:
        op.drop_index(f"ix_{table}_parked", table, sqlite_where=PARKED, postgresql_where=PARKED)
    with op.batch_alter_table("feed") as batch_op:
        batch_op.drop_column("pulse")
    op.drop_table("vital")
    op.drop_table("daily_language")

"""The life of an alert: it falls due by itself; its log says from where and why; silences"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITS = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("alert") as batch_op:
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("crashes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("error", sa.String(), nullable=True))
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
    op.drop_table("silence")
    with op.batch_alter_table("alert_log") as batch_op:
        batch_op.drop_column("why")
        batch_op.drop_column("source")
    op.drop_index("ix_alert_due_at", "alert", sqlite_where=WAITS, postgresql_where=WAITS)
    with op.batch_alter_table("alert") as batch_op:
        for name in ("error", "crashes", "attempts", "claimed_until", "due_at"):
            batch_op.drop_column(name)

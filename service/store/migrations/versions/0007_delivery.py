"""Messages have their turn, may wait to be told together, and receivers that fail are known"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXES = {
    "ix_outbox_turn": (["turn", "due_at"], "due_at IS NOT NULL"),
    "ix_outbox_receiver": (["channel", "address", "turn"], "due_at IS NOT NULL"),
    "ix_outbox_crashes": (["due_at"], "crashes > 0"),
    "ix_outbox_sent": (["recipient", "channel", "sent_at"], "sent_at IS NOT NULL"),
    "ix_outbox_fold": (["recipient", "channel", "fold"], "fold IS NOT NULL AND due_at IS NOT NULL"),
}


def upgrade() -> None:
    op.create_table(
        "receiver",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("probe_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_receiver")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        # What waits already goes first, in the order it was written.
        batch_op.add_column(sa.Column("turn", Id, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("held", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("fold", Id, nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("turn", server_default=None)
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "outbox", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "outbox")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for column in ("fold", "held_until", "held", "turn"):
            batch_op.drop_column(column)
    op.drop_table("receiver")

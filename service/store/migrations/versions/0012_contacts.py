"""A message to each contact: of two addresses of a recipient on one channel none is left out"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ONE: list[str | sa.TextClause] = [
    "alert_id",
    "recipient",
    "channel",
    sa.text("coalesce(address, '')"),
    "reason",
    "revision",
]
BEFORE = "uq_outbox_alert_id_recipient_channel_reason_revision"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_constraint(BEFORE, type_="unique")
    op.create_index("ix_outbox_one", "outbox", ONE, unique=True)


def downgrade() -> None:
    op.drop_index("ix_outbox_one", "outbox")
    # Of two addresses on one channel the schema before knew the first.
    op.execute(
        "DELETE FROM outbox WHERE id NOT IN"
        " (SELECT min(id) FROM outbox GROUP BY alert_id, recipient, channel, reason, revision)"
    )
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.create_unique_constraint(BEFORE, ["alert_id", "recipient", "channel", "reason", "revision"])

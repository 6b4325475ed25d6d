"""Short codes, wrong guesses, answers that were heard, turns"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("alert_id", Id, nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("given_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code")),
        sa.UniqueConstraint("alert_id", "recipient", name=op.f("uq_code_alert_id_recipient")),
    )
    op.create_index(op.f("ix_code_given_at"), "code", ["given_at"])
    op.create_table(
        "wrong_code",
        sa.Column("id", Id, nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wrong_code_sender_at", "wrong_code", ["sender", "at"])
    op.create_table(
        "heard",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_heard")),
    )
    op.create_index(op.f("ix_heard_at"), "heard", ["at"])
    op.create_table(
        "turn",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("failing_since", Moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_turn")),
    )


def downgrade() -> None:
    for table in ("turn", "heard", "wrong_code", "code"):
        op.drop_table(table)

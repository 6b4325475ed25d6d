"""What officers do to incidents: verdicts, a log of their acts, and from when on to gather anew"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MERGED = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "verdict",
        sa.Column("id", Id, nullable=False),
        sa.Column("incident_id", Id, nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_verdict_incident_id"), "verdict", ["incident_id"])
    op.create_table(
        "incident_log",
        sa.Column("id", Id, nullable=False),
        sa.Column("incident_id", Id, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_incident_log_incident_id"), "incident_log", ["incident_id"])
    op.create_index(
        "ix_incident_merged_into", "incident", ["merged_into"], sqlite_where=MERGED, postgresql_where=MERGED
    )
    with op.batch_alter_table("cell") as batch_op:
        batch_op.add_column(sa.Column("anew_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("cell") as batch_op:
        batch_op.drop_column("anew_from")
    op.drop_index("ix_incident_merged_into", "incident", sqlite_where=MERGED, postgresql_where=MERGED)
    op.drop_table("incident_log")
    op.drop_table("verdict")

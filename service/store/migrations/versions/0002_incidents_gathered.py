"""Incidents are gathered from the set of their figures: profiles, pins, numbers that lead on

Incidents made before stay as they are, with their figures and alerts, and take no more reports: they have no
profile and count as founded long ago.  So nothing rings for what is old.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LOOSE = sa.text("incident_id IS NULL")
LONG_AGO = "2000-01-01 00:00:00.000000"
MOMENT = sa.DateTime(timezone=True)
SAID_AT = {
    "sqlite": "substr(replace(json_extract(value, '$.said_at'), 'T', ' '), 1, 19) || '.000000'",
    "postgresql": "CAST(value ->> 'said_at' AS timestamptz)",
}


def upgrade() -> None:
    _incidents()
    op.create_table(
        "pin",
        sa.Column("id", Id, nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pin_country"), "pin", ["country"])
    with op.batch_alter_table("figure") as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_incident_id"))
        batch_op.drop_column("incident_id")
    _signals()


def _incidents() -> None:
    with op.batch_alter_table("incident") as batch_op:
        batch_op.drop_index("ix_incident_country_last_said")
        batch_op.add_column(sa.Column("founded_at", MOMENT, nullable=False, server_default=LONG_AGO))
        batch_op.add_column(sa.Column("merged_into", Id, nullable=True))
        batch_op.add_column(sa.Column("profile", sa.JSON(), nullable=False, server_default="{}"))
    _retyped("last_said", MOMENT, {"sqlite": "last_said || ' 00:00:00.000000'", "postgresql": "last_said::timestamptz"})
    with op.batch_alter_table("incident") as batch_op:
        batch_op.alter_column("founded_at", server_default=None)
        batch_op.alter_column("profile", server_default=None)
        batch_op.create_index("ix_incident_country_founded_at", ["country", "founded_at"])


def _retyped(name: str, kind: sa.types.TypeEngine[Any], values: dict[str, str]) -> None:
    """Give a column of incidents another type: SQLite's own cast would make a number of a date."""
    with op.batch_alter_table("incident") as batch_op:
        batch_op.add_column(sa.Column("retyped", kind, nullable=True))
    op.execute(f"UPDATE incident SET retyped = {values[op.get_bind().dialect.name]}")
    with op.batch_alter_table("incident") as batch_op:
        batch_op.drop_column(name)
    with op.batch_alter_table("incident") as batch_op:
        batch_op.alter_column("retyped", new_column_name=name, existing_type=kind, nullable=False)


def _signals() -> None:
    with op.batch_alter_table("signal") as batch_op:
        batch_op.add_column(sa.Column("said_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.execute(f"UPDATE signal SET said_at = {SAID_AT[op.get_bind().dialect.name]}")
    with op.batch_alter_table("signal") as batch_op:
        batch_op.alter_column("said_at", nullable=False)
        batch_op.alter_column("why", server_default=None)
        batch_op.create_index("ix_signal_country_said_at", ["country", "said_at"])
        batch_op.drop_index("ix_signal_cell")
        batch_op.create_index("ix_signal_loose", ["country", "said_at"], sqlite_where=LOOSE, postgresql_where=LOOSE)


def downgrade() -> None:
    with op.batch_alter_table("signal") as batch_op:
        batch_op.drop_index("ix_signal_country_said_at")
        batch_op.drop_index("ix_signal_loose")
        batch_op.create_index("ix_signal_cell", ["country", "week"], sqlite_where=LOOSE, postgresql_where=LOOSE)
        batch_op.drop_column("said_at")
        batch_op.drop_column("why")
    with op.batch_alter_table("figure") as batch_op:
        batch_op.add_column(sa.Column("incident_id", Id, nullable=True))
    op.execute("UPDATE figure SET incident_id = (SELECT incident_id FROM signal WHERE signal.id = figure.id)")
    op.execute("DELETE FROM figure WHERE incident_id IS NULL OR incident_id = 0")
    with op.batch_alter_table("figure") as batch_op:
        batch_op.alter_column("incident_id", existing_type=Id, nullable=False)
        batch_op.create_index(batch_op.f("ix_figure_incident_id"), ["incident_id"])
    op.drop_table("pin")
    op.execute("DELETE FROM incident WHERE merged_into IS NOT NULL")
    with op.batch_alter_table("incident") as batch_op:
        batch_op.drop_index("ix_incident_country_founded_at")
        batch_op.drop_column("founded_at")
        batch_op.drop_column("merged_into")
        batch_op.drop_column("profile")
    _retyped("last_said", sa.Date(), {"sqlite": "substr(last_said, 1, 10)", "postgresql": "last_said::date"})
    op.create_index("ix_incident_country_last_said", "incident", ["country", "last_said"])

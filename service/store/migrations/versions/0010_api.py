"""The API's ground: versions of alerts and incidents, answers kept, bad keys counted, logs that only grow"""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
# Columns of alerts that are also in their values.
ALERT = sa.table(
    "alert",
    sa.column("id", Id),
    sa.column("incident_id", Id),
    sa.column("value", sa.JSON),
    sa.column("kind", sa.String),
    sa.column("owner", sa.String),
    sa.column("opened_at", MOMENT),
)
LOGS = ("alert_log", "incident_log", "admin_log")
SAYS = "log lines are only ever added"


def upgrade() -> None:
    _alerts()
    with op.batch_alter_table("incident") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("changed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("changed_at", MOMENT, nullable=True))
    op.add_column("api_key", sa.Column("last_used_from", sa.String(), nullable=True))
    _new_tables()
    for log in ("alert_log", "incident_log"):
        op.create_index(op.f(f"ix_{log}_at"), log, ["at"])
    for log in LOGS:
        _only_grows(log)


def _alerts() -> None:
    with op.batch_alter_table("alert") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="incident"))
        batch_op.add_column(sa.Column("owner", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("opened_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    db = op.get_bind()
    for row in db.execute(sa.select(ALERT.c.id, ALERT.c.incident_id, ALERT.c.value)).fetchall():
        db.execute(sa.update(ALERT).where(ALERT.c.id == row.id).values(**_told(row)))
    with op.batch_alter_table("alert") as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("opened_at", nullable=False)


def _told(row: Any) -> dict[str, Any]:
    opened = datetime.fromisoformat(row.value["opened_at"])
    # SQLite keeps no zone; ours are all UTC.
    opened = opened.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else opened
    kind = row.value.get("kind") or ("problem" if row.incident_id is None else "incident")
    return {"kind": kind, "owner": row.value.get("owner"), "opened_at": opened}


def _new_tables() -> None:
    op.create_table(
        "refused",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused")),
    )
    op.create_index(op.f("ix_refused_since"), "refused", ["since"])
    op.create_table(
        "answered",
        sa.Column("caller_id", Id, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("caller_id", "name", name=op.f("pk_answered")),
    )
    op.create_index(op.f("ix_answered_at"), "answered", ["at"])
    words = [sa.Column(name, sa.String(), nullable=False) for name in ("actor", "act", "subject", "source", "why")]
    op.create_table(
        "admin_log",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        *words,
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admin_log")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_admin_log_at"), "admin_log", ["at"])
    op.create_index(op.f("ix_admin_log_subject"), "admin_log", ["subject"])


def _only_grows(log: str) -> None:
    """The database itself refuses to change or delete a line: none holds a report's words, so none ever must go."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION {log}_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {log}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {log}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {log}_only_grows()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {log}_no_{act.lower()} BEFORE {act} ON {log} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        )


def _may_change(log: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {log}_only_grows ON {log}")
        op.execute(f"DROP FUNCTION {log}_only_grows()")
        return
    for act in ("update", "delete"):
        op.execute(f"DROP TRIGGER {log}_no_{act}")


def downgrade() -> None:
    for log in LOGS:
        _may_change(log)
    for log in ("alert_log", "incident_log"):
        op.drop_index(op.f(f"ix_{log}_at"), log)
    for table in ("admin_log", "answered", "refused"):
        op.drop_table(table)
    op.drop_column("api_key", "last_used_from")
    for table, columns in (
        ("incident", ("changed_at", "changed_by", "version")),
        ("alert", ("version", "opened_at", "owner", "kind")),
    ):
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column)

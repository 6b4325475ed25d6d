"""What a brief looks for: which incidents were told of since a moment"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_incident_last_said"), "incident", ["last_said"])


def downgrade() -> None:
    op.drop_index(op.f("ix_incident_last_said"), "incident")

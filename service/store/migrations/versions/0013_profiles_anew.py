"""What incidents are told by holds their names by sound: profiles kept before are made anew when needed"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE incident SET profile = '{}'")


def downgrade() -> None:
    op.execute("UPDATE incident SET profile = '{}'")

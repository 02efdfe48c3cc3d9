"""Jobs, the moments of the clock that have been seen to, and files that go with mails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0007_jobs"
down_revision = "0006_session_life"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "jobs",
        sa.Column("kind", sa.String(48), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("once_key", sa.String(160), nullable=True),
        sa.Column(
            "state",
            sa.Enum("queued", "done", "parked", name="jobstate", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_jobs_attempts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("once_key", name=op.f("uq_jobs_once_key")),
    )
    op.create_index("ix_jobs_state_due_at", "jobs", ["state", "due_at"])
    op.create_table(
        "schedule_runs",
        sa.Column("name", sa.String(48), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", "due_at", name=op.f("pk_schedule_runs")),
    )
    op.create_table(
        "mail_attachments",
        sa.Column("mail_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(120), nullable=False),
        sa.Column("content_type", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_mail_attachments_position")),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_mail_attachments_mail_id_mails")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_attachments")),
        sa.UniqueConstraint("mail_id", "position", name=op.f("uq_mail_attachments_mail_id_position")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("mail_attachments")
    op.drop_table("schedule_runs")
    op.drop_table("jobs")

"""Documents kept as issued, private calendars, and the way to a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0010_documents"
down_revision = "0009_commitments"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
CURRENT = sa.text("current")
KINDS = (
    "programme", "convention", "contract", "call_up", "attendance_sheet", "certificate", "attestation",
    "letter_of_intent",
)
SUBJECTS = {
    "course_id": "courses",
    "course_session_id": "course_sessions",
    "enrolment_id": "enrolments",
    "reservation_id": "seat_reservations",
    "need_id": "needs",
}


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("course_sessions", sa.Column("directions", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("course_sessions") as changed:
        changed.alter_column("directions", server_default=None)
    _documents()
    op.create_table(
        "calendar_feeds",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_digest", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_calendar_feeds_account_id_accounts")
        ),
        sa.UniqueConstraint("account_id", name=op.f("uq_calendar_feeds_account_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_calendar_feeds_token_digest")),
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="documentkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        *[sa.Column(name, sa.Uuid(), nullable=True) for name in SUBJECTS],
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_documents_version")),
        sa.CheckConstraint("(version = 1) = (replaces_id IS NULL)", name=op.f("ck_documents_replaces")),
        sa.CheckConstraint(
            " OR ".join(f"{name} IS NOT NULL" for name in SUBJECTS), name=op.f("ck_documents_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_documents_number_version")),
        sa.UniqueConstraint("code", name=op.f("uq_documents_code")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_documents_replaces_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["documents.id"], name=op.f("fk_documents_replaces_id_documents")),
        sa.ForeignKeyConstraint(["issued_by_id"], ["accounts.id"], name=op.f("fk_documents_issued_by_id_accounts")),
        *[
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_documents_{name}_{table}"))
            for name, table in SUBJECTS.items()
        ],
    )
    for name in SUBJECTS:
        op.create_index(f"ix_documents_{name}", "documents", [name])
    op.create_index(
        "uq_documents_current",
        "documents",
        ["kind", "locale", "subject"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("calendar_feeds")
    op.drop_table("documents")
    with op.batch_alter_table("course_sessions") as changed:
        changed.drop_column("directions")

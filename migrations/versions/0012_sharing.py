"""What people share with firms, and the help they need, kept apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0012_sharing"
down_revision = "0011_mail_care"
branch_labels = None
depends_on = None

SHARED = sa.Enum("profile", "results", name="shared", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "consents",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("shared", SHARED, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_consents_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_organisation_id", "consents", ["organisation_id"])
    op.create_index(
        "uq_consents_given",
        "consents",
        ["account_id", "organisation_id", "shared"],
        unique=True,
        sqlite_where=sa.text("taken_back_at IS NULL"),
        postgresql_where=sa.text("taken_back_at IS NULL"),
    )
    op.create_table(
        "support_needs",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_support_needs_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_needs")),
        sa.UniqueConstraint("account_id", name=op.f("uq_support_needs_account_id")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("support_needs")
    op.drop_table("consents")

"""Whom a mail is for, what people wish to hear of, and addresses that refuse mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0011_mail_care"
down_revision = "0010_documents"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def choice(name: str, *values: str) -> sa.Enum:
    """Make the type of a column that holds one of these words."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("mails") as table:
        table.add_column(sa.Column("account_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(op.f("fk_mails_account_id_accounts"), "accounts", ["account_id"], ["id"])
    op.create_index("ix_mails_account_id", "mails", ["account_id"])
    op.create_table(
        "mail_preferences",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("category", choice("mailcategory", "coverage", "outcomes", "feedback"), nullable=False),
        sa.Column("rhythm", choice("rhythm", "at_once", "daily", "weekly", "never"), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mail_preferences_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_preferences")),
        sa.UniqueConstraint("account_id", "category", name=op.f("uq_mail_preferences_account_id_category")),
    )
    op.create_table(
        "bounced_addresses",
        sa.Column("email", sa.String(160), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("bounced_at", INSTANT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_bounced_addresses_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounced_addresses")),
        sa.UniqueConstraint("email", name=op.f("uq_bounced_addresses_email")),
    )
    op.create_table(
        "told_facts",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(160), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_told_facts_account_id_accounts")),
        sa.PrimaryKeyConstraint("account_id", "fact", name=op.f("pk_told_facts")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("told_facts")
    op.drop_table("bounced_addresses")
    op.drop_table("mail_preferences")
    op.drop_index("ix_mails_account_id", "mails")
    with op.batch_alter_table("mails") as table:
        table.drop_constraint(op.f("fk_mails_account_id_accounts"), type_="foreignkey")
        table.drop_column("account_id")

"""Pools of needs, with the firms invited and what they answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0014_pools"
down_revision = "0013_changes"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "pools",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", _values("poolstate", "open", "reached", "planned", "closed"), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("seats_max", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("put_off_days", sa.Integer(), nullable=False),
        sa.Column("put_off_at", INSTANT, nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("cost", sa.Numeric(10, 2), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("course_session_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("minimum >= 1 AND seats_max >= minimum", name=op.f("ck_pools_seats")),
        sa.CheckConstraint("put_off_days >= 1", name=op.f("ck_pools_put_off_days")),
        sa.CheckConstraint("starts_on IS NULL OR starts_on > deadline", name=op.f("ck_pools_starts_on")),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on", name=op.f("ck_pools_dates")
        ),
        sa.CheckConstraint("cost IS NULL OR cost >= 0", name=op.f("ck_pools_cost")),
        sa.CheckConstraint("(state = 'planned') = (course_session_id IS NOT NULL)", name=op.f("ck_pools_planned")),
        _key("pools", "course_id", "courses"),
        _key("pools", "author_id", "accounts"),
        _key("pools", "course_session_id", "course_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pools")),
        sa.UniqueConstraint("reference", name=op.f("uq_pools_reference")),
    )
    op.create_index("ix_pools_course_id", "pools", ["course_id"])
    op.create_index("ix_pools_state_deadline", "pools", ["state", "deadline"])
    _members()


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("pool_members")
    op.drop_table("pools")


def _members() -> None:
    op.create_table(
        "pool_members",
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", _values("poolmemberstate", "invited", "joined", "left"), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("agreed_at", INSTANT, nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("posts >= 0", name=op.f("ck_pool_members_posts")),
        sa.CheckConstraint("(state = 'joined') = (posts > 0)", name=op.f("ck_pool_members_joined")),
        _key("pool_members", "pool_id", "pools"),
        _key("pool_members", "need_id", "needs"),
        _key("pool_members", "organisation_id", "organisations"),
        _key("pool_members", "author_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_members")),
        sa.UniqueConstraint("pool_id", "need_id", name=op.f("uq_pool_members_pool_id_need_id")),
    )
    op.create_index("ix_pool_members_need_id", "pool_members", ["need_id"])
    op.create_index("ix_pool_members_organisation_id", "pool_members", ["organisation_id"])


def _values(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))

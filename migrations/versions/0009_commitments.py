"""The ladder of commitment, kept by the database itself from being changed; published needs are declared."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op


revision = "0009_commitments"
down_revision = "0008_rounds"
branch_labels = None
depends_on = None

STEPS = ("signal", "declared", "confirmed", "letter", "contract")
REFUSAL = "commitments: lines are added, never changed or deleted"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    _commitments()
    op.create_table(
        "record_comments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _key("record_comments", "organisation_id", "organisations"),
        _key("record_comments", "author_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_comments")),
    )
    op.create_index("ix_record_comments_organisation_id", "record_comments", ["organisation_id"])
    _declare_published_needs()
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("record_comments")
    op.drop_table("commitments")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION commitments_keep()")


def _commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=True),
        sa.Column(
            "step",
            sa.Enum(*STEPS, name="commitmentstep", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdraws_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("posts >= 1", name=op.f("ck_commitments_posts")),
        sa.CheckConstraint("need_id IS NOT NULL OR step = 'signal'", name=op.f("ck_commitments_need")),
        sa.CheckConstraint("withdraws_id IS NULL OR reason <> ''", name=op.f("ck_commitments_reason")),
        _key("commitments", "organisation_id", "organisations"),
        _key("commitments", "need_id", "needs"),
        _key("commitments", "actor_id", "accounts"),
        _key("commitments", "withdraws_id", "commitments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index("ix_commitments_need_id_at", "commitments", ["need_id", "at"])
    op.create_index("ix_commitments_at", "commitments", ["at"])
    op.create_index("ix_commitments_organisation_id", "commitments", ["organisation_id"])


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _declare_published_needs() -> None:
    """Write down that the needs which count today were declared, by whom and when."""
    columns = [sa.column(name, kind) for name, kind in _NEED]
    needs = sa.table("needs", *columns)
    found = sa.select(needs).where(needs.c.state.in_(("published", "covered")))
    rows = [
        {
            "id": uuid.uuid4(),
            "organisation_id": each.organisation_id,
            "need_id": each.id,
            "step": "declared",
            "posts": each.posts,
            "at": each.published_at or each.submitted_at,
            "actor_id": each.author_id,
            "evidence": {"reference": each.reference},
            "reason": "",
        }
        for each in op.get_bind().execute(found)
    ]
    kinds = {"evidence": sa.JSON(), "at": INSTANT, "posts": sa.Integer(), "step": sa.String(), "reason": sa.Text()}
    names = ("id", "organisation_id", "need_id", "step", "posts", "at", "actor_id", "evidence", "reason")
    op.bulk_insert(sa.table("commitments", *(sa.column(each, kinds.get(each, sa.Uuid())) for each in names)), rows)


_NEED = (
    ("id", sa.Uuid()),
    ("organisation_id", sa.Uuid()),
    ("author_id", sa.Uuid()),
    ("reference", sa.String()),
    ("state", sa.String()),
    ("posts", sa.Integer()),
    ("published_at", INSTANT),
    ("submitted_at", INSTANT),
)


def _guards() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER commitments_no_{verb.lower()} BEFORE {verb} ON commitments "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE FUNCTION commitments_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER commitments_no_change BEFORE UPDATE OR DELETE ON commitments "
        "FOR EACH ROW EXECUTE FUNCTION commitments_keep()",
        "CREATE TRIGGER commitments_no_truncate BEFORE TRUNCATE ON commitments "
        "FOR EACH STATEMENT EXECUTE FUNCTION commitments_keep()",
    ]

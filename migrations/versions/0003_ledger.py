"""The coverage ledger, which the database itself keeps from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0003_ledger"
down_revision = "0002_offers"
branch_labels = None
depends_on = None

CHAIN = ("proposed", "reserved", "enrolled", "started", "completed", "presented", "hired", "stayed")
KINDS = (*CHAIN, "lost", "reopened", "confirmed", "contested")
SOURCES = ("campus", "firm", "trainee", "document")
REFUSAL = "coverage_events: lines are added, never changed or deleted"


def upgrade() -> None:
    """Go one step forward."""
    _allow_states(("open", *CHAIN, "lost"), "UPDATE need_posts SET state = 'hired' WHERE state = 'filled'")
    op.create_table(
        "coverage_events",
        sa.Column("need_post_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("kind", _values("coveragekind", KINDS), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("source", _values("coveragesource", SOURCES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('confirmed', 'contested')) = (about_id IS NOT NULL)", name=op.f("ck_coverage_events_about")
        ),
        sa.CheckConstraint(
            "kind NOT IN ('lost', 'reopened') OR reason <> ''", name=op.f("ck_coverage_events_reason")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_coverage_events_number")),
        sa.UniqueConstraint("need_post_id", "number", name=op.f("uq_coverage_events_need_post_id_number")),
        _key("need_post_id", "need_posts"),
        _key("enrolment_id", "enrolments"),
        _key("actor_id", "accounts"),
        _key("about_id", "coverage_events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_events")),
    )
    op.create_index("ix_coverage_events_at", "coverage_events", ["at"])
    op.create_index("ix_coverage_events_enrolment_id", "coverage_events", ["enrolment_id"])
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("coverage_events")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION coverage_events_keep()")
    # An older version knows open, filled and lost only.
    steps = ", ".join(repr(each) for each in CHAIN[:-2])
    op.execute(f"UPDATE need_posts SET state = 'open' WHERE state IN ({steps})")
    _allow_states(("open", "filled", "lost"), "UPDATE need_posts SET state = 'filled' WHERE state IN ('hired', 'stayed')")


def _values(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_coverage_events_{column}_{table}"))


def _allow_states(values: tuple[str, ...], rename: str) -> None:
    with op.batch_alter_table("need_posts") as table:
        table.drop_constraint(op.f("ck_need_posts_poststate"), type_="check")
    op.execute(rename)
    listed = ", ".join(repr(each) for each in values)
    with op.batch_alter_table("need_posts") as table:
        table.create_check_constraint(op.f("ck_need_posts_poststate"), f"state IN ({listed})")


def _guards() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER coverage_events_no_{verb.lower()} BEFORE {verb} ON coverage_events "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE FUNCTION coverage_events_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER coverage_events_no_change BEFORE UPDATE OR DELETE ON coverage_events "
        "FOR EACH ROW EXECUTE FUNCTION coverage_events_keep()",
        "CREATE TRIGGER coverage_events_no_truncate BEFORE TRUNCATE ON coverage_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION coverage_events_keep()",
    ]

"""Skills: from ROME, from RNCP, or the campus's own."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, NumberKey


class SkillSource(enum.StrEnum):
    """Whose list the skill is from."""

    ROME = "rome"
    RNCP = "rncp"
    CAMPUS = "campus"


class SkillKind(enum.StrEnum):
    """Know-how, knowledge, or a way of behaving at work."""

    KNOW_HOW = "know_how"
    KNOWLEDGE = "knowledge"
    BEHAVIOUR = "behaviour"


class Skill(NumberKey, Base):
    """Something that one can do or know, to a level from 1 to 4."""

    __tablename__ = "skills"
    __table_args__ = (
        UniqueConstraint("source", "code"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="not_merged_into_itself"),
    )
    __personal__ = NOTHING_PERSONAL

    source: Mapped[SkillSource]
    code: Mapped[str] = mapped_column(String(32))
    kind: Mapped[SkillKind] = mapped_column(default=SkillKind.KNOW_HOW)
    label: Mapped[str] = mapped_column(String(400), index=True)
    label_en: Mapped[str] = mapped_column(String(400), default="")
    definition: Mapped[str] = mapped_column(Text, default="")
    macro_code: Mapped[str] = mapped_column(String(32), default="", index=True)
    gestures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("skills.id"), index=True)
    retired_in_id: Mapped[int | None] = mapped_column(ForeignKey("referential_versions.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

"""What a course session brought: levels reached by skill, how it was liked, and what became of it six months on."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey
from campus.models.enrolments import Enrolment
from campus.models.skills import Skill

PROOF = "5 years, as the proof of what was learnt"
OPINION = "2 years, then only in averages"


class SkillResult(RandomKey, Base):
    """The level that somebody reached in a skill, who judged it and when."""

    __tablename__ = "skill_results"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "skill_id"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )
    __personal__ = {
        "enrolment_id": Personal("attest what was learnt", PROOF),
        "level": Personal("attest what was learnt", PROOF),
        "assessor_id": Personal("know who vouches for it", PROOF),
    }

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolments.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[int]
    assessor_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    assessed_on: Mapped[date] = mapped_column(default=clock.today)

    enrolment: Mapped[Enrolment] = relationship()
    skill: Mapped[Skill] = relationship()
    assessor: Mapped[Account] = relationship()


class Satisfaction(RandomKey, Base):
    """How somebody liked a session, from 1 to 5, said at its end."""

    __tablename__ = "satisfactions"
    __table_args__ = (UniqueConstraint("enrolment_id"), CheckConstraint("score BETWEEN 1 AND 5", name="score"))
    __personal__ = {
        "enrolment_id": Personal("make the next session better", OPINION),
        "score": Personal("make the next session better", OPINION),
        "comment": Personal("make the next session better", OPINION),
    }

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolments.id"))
    score: Mapped[int]
    comment: Mapped[str] = mapped_column(Text, default="")
    said_at: Mapped[datetime] = mapped_column(default=clock.now)


class WorkSince(enum.StrEnum):
    """Where somebody works six months after a course."""

    EXPECTED_POST = "expected_post"
    SAME_TRADE = "same_trade"
    OTHER = "other"
    NONE = "none"


class SkillsUsed(enum.StrEnum):
    """Whether what was learnt is of use there."""

    DAILY = "daily"
    SOMETIMES = "sometimes"
    NEVER = "never"


class SixMonths(RandomKey, Base):
    """The two answers given six months after a course."""

    __tablename__ = "six_months_answers"
    __table_args__ = (UniqueConstraint("enrolment_id"),)
    __personal__ = {
        "enrolment_id": Personal("know whether courses lead to work", OPINION),
        "work": Personal("know whether courses lead to work", OPINION),
        "used": Personal("know whether courses lead to work", OPINION),
    }

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolments.id"))
    work: Mapped[WorkSince]
    used: Mapped[SkillsUsed]
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)

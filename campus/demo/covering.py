"""What became of some posts of the demo: somebody trained whom the firm may meet, seats reserved and named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from campus import clock, db
from campus.models import (
    Account,
    Course,
    CourseSession,
    CourseSessionState,
    CoverageKind,
    CoverageSource,
    Enrolment,
    EnrolmentState,
    Need,
    NeedPost,
    Shared,
)
from campus.services import ledger, offers, reservations, sharing

K = CoverageKind
TRAINED = (K.PROPOSED, K.ENROLLED, K.STARTED, K.COMPLETED)
NAMED = (("sami.haddad@demo.campus", "Sami Haddad"), ("lina.costa@demo.campus", "Lina Costa"))


def cover_posts(people: dict[str, Account], needs: Sequence[Need]) -> None:
    """Let the first need of the demo have one person trained, and two whom the firm sends; one has taken the seat."""
    firm, trainee, staff = (people[f"{who}@demo.campus"] for who in ("employeur", "stagiaire", "equipe"))
    need = needs[0]
    trained = _trained(trainee)
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number)).first()
    if trained is None or post is None:
        return
    trained.need_post_id = post.id
    for kind in TRAINED:
        ledger.append(staff, post.id, kind, enrolment=trained, source=CoverageSource.CAMPUS)
    sharing.share(trainee, {(need.organisation_id, Shared.PROFILE)})
    session = _next_session(trained.course_session.course)
    if session is not None and session.starts_on is not None:
        wish = reservations.Wish(len(NAMED), session.starts_on - timedelta(days=10), need)
        kept = reservations.reserve(firm, need.organisation, session, wish=wish)
        first, *_others = [reservations.name_person(firm, kept, email=email, name=name) for email, name in NAMED]
        offers.accept(first.account, first)


def _trained(trainee: Account) -> Enrolment | None:
    return db.session.scalars(
        select(Enrolment).where(Enrolment.account_id == trainee.id, Enrolment.state == EnrolmentState.COMPLETED)
    ).first()


def _next_session(course: Course) -> CourseSession | None:
    """Find an open session far enough ahead for a firm to name people."""
    soon = clock.today() + timedelta(days=14)
    return db.session.scalars(
        select(CourseSession)
        .where(
            CourseSession.course_id == course.id,
            CourseSession.state == CourseSessionState.OPEN,
            CourseSession.starts_on > soon,
        )
        .order_by(CourseSession.starts_on)
    ).first()

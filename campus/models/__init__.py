"""Tables, one noun a file; importing this package declares them all."""

from campus.models.accounts import (
    Account,
    AccountSession,
    Attempt,
    LinkPurpose,
    Membership,
    MembershipRole,
    MembershipState,
    OneTimeLink,
    Role,
)
from campus.models.audit import AuditEvent
from campus.models.base import Base, random_id
from campus.models.course_sessions import CourseSession, CourseSessionState
from campus.models.courses import (
    CertificationKind,
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseState,
    Modality,
)
from campus.models.coverage import CoverageEvent, CoverageKind, CoverageSource
from campus.models.enrolments import (
    ACTIVE,
    HOLDS_SEAT,
    WAITING,
    Enrolment,
    EnrolmentState,
    Priority,
    TraineeSkill,
)
from campus.models.mail import Mail, MailState
from campus.models.matches import (
    CourseRequest,
    CourseRequestSkill,
    CourseRequestState,
    FeedbackReason,
    Match,
    MatchFeedback,
    NeedAnswer,
)
from campus.models.needs import (
    Audience,
    Contract,
    Importance,
    Need,
    NeedDraft,
    NeedPost,
    NeedSkill,
    NeedState,
    PostState,
    Shifts,
)
from campus.models.occupations import JobTitle, Occupation, OccupationMobility, OccupationSkill
from campus.models.organisations import Organisation, OrganisationState
from campus.models.referentials import ReferentialVersion, Revision
from campus.models.reservations import ReservationState, SeatReservation
from campus.models.skills import Skill, SkillKind, SkillSource
from campus.models.territory import Commune

__all__ = [name for name in dir() if name[0].isupper()] + ["random_id"]

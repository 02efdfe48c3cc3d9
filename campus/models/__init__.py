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
from campus.models.attendance import THERE, Attendance, AttendanceMode, AttendanceState
from campus.models.audit import AuditEvent
from campus.models.base import Base, random_id
from campus.models.changes import Change, ChangeKind
from campus.models.checklists import Anchor, ChecklistItem, ChecklistKind, due_on
from campus.models.commitments import Commitment, CommitmentStep, RecordComment, SignedCopy
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
from campus.models.documents import CalendarFeed, Document, DocumentKind
from campus.models.dossiers import IndicatorTarget, YearlyAmount
from campus.models.enrolments import (
    ACTIVE,
    HOLDS_SEAT,
    WAITING,
    Enrolment,
    EnrolmentState,
    Priority,
    TraineeKind,
    TraineeSkill,
)
from campus.models.jobs import Job, JobState, ScheduleRun
from campus.models.mail import BouncedAddress, Mail, MailAttachment, MailPreference, MailState, ToldFact
from campus.models.marks import Mark, MarkFile, MarkKind
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
from campus.models.plans import PlannedSession, PlanState, SessionPlan
from campus.models.pools import Pool, PoolMember, PoolMemberState, PoolState
from campus.models.referentials import ReferentialVersion, Revision
from campus.models.reports import FrozenReport
from campus.models.reservations import ReservationState, SeatReservation
from campus.models.results import Satisfaction, SixMonths, SkillResult, SkillsUsed, WorkSince
from campus.models.rooms import Room, RoomEquipment
from campus.models.rounds import AdmissionRound, Criterion, RoundEntry, RoundSession, RoundState, RoundWish
from campus.models.sharing import Consent, Shared, SupportNeed
from campus.models.skills import Skill, SkillKind, SkillSource
from campus.models.slots import HOURS, Half, Slot
from campus.models.teaching import CampusClosure, CourseEquipment, CourseTeaching
from campus.models.territory import Commune
from campus.models.trainers import TrainerSkill, Unavailability

__all__ = [name for name in dir() if name[0].isupper()] + ["random_id"]

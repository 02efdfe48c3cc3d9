"""Pages that the walk of the routes does not reach or finds empty: behind the link of a mail, or after something."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.mail_rules import MailCategory
from campus.models import (
    AdmissionRound,
    CourseSessionState,
    EnrolmentState,
    LinkPurpose,
    NeedPost,
    PlannedSession,
    Shared,
)
from campus.queries.preferences import stop_token
from campus.services import admissions, attending, offers, rounds
from campus.services.enrolments import apply
from campus.services.links import issue
from campus.services.reservations import Wish, reserve
from campus.services.round_wishes import rank_wishes
from campus.services.sharing import share
from tests import make
from tests.architecture.world import World
from tests.journeys.looking import faults_of
from tests.needs import walk

E = EnrolmentState
LATER = timedelta(days=30)


def _link(purpose, **details):
    return issue(purpose, until=clock.now() + LATER, **details)


def _offer(world):
    enrolment = make.enrolment(make.course_session(), world.people["trainee"], state=E.OFFERED)
    return f"/place/{_link(LinkPurpose.ANSWER_OFFER, account=enrolment.account, enrolment_id=str(enrolment.id))}"


def _six_months(world):
    enrolment = make.enrolment(make.course_session(), world.people["trainee"], state=E.COMPLETED)
    return f"/six-mois/{_link(LinkPurpose.SIX_MONTHS, account=enrolment.account, enrolment_id=str(enrolment.id))}"


def _renewal(world):
    firm = world.people["employer"]
    return f"/besoins/prolonger/{_link(LinkPurpose.RENEW_NEED, account=firm, need_id=str(world.value('need_id')))}"


def _address(_world):
    details = {"email": "nouvelle@exemple.fr", "role": "trainee", "display_name": "Naïma", "locale": "fr"}
    return f"/compte/confirmer/{_link(LinkPurpose.CONFIRM_ADDRESS, **details)}"


def _invitation(world):
    details = {"email": "invitee@exemple.fr", "role": "staff", "by": world.people["staff"]}
    return f"/compte/invitation/{_link(LinkPurpose.INVITATION, **details)}"


def _password(world):
    return f"/compte/mot-de-passe/{_link(LinkPurpose.RESET_PASSWORD, account=world.people['trainee'])}"


def _stop(world):
    return f"/messages/arret/{stop_token(world.people['trainee'].id, MailCategory.FEEDBACK)}"


def _review(world):
    """Fill in the first three steps of a need, and read it over."""
    client = world.app.test_client().sign_in_as(world.people["employer"])
    client.post_form(f"{walk.NEW}/1", walk.trade([make.skill() for _each in range(3)]))
    client.post_form(f"{walk.NEW}/2", walk.people())
    client.post_form(f"{walk.NEW}/3", {})
    return f"{walk.NEW}/4"


def _candidate(world):
    """Train somebody for a post of the firm; they show who they are and what they reached."""
    need, person, staff = world.value("need_id"), world.people["trainee"], world.people["staff"]
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need, NeedPost.state == "open")).first()
    enrolment = admissions.tie_to_post(staff, apply(person, make.course_session()), post, reason="Attendue.")
    offers.accept(person, admissions.admit(staff, enrolment))
    attending.complete(staff, attending.note_present(staff, enrolment))
    share(person, [(world.organisation.id, each) for each in (Shared.PROFILE, Shared.RESULTS)])
    return f"/entreprise/besoins/{need}/couverture/personnes/{enrolment.id}"


def _posts(world):
    _candidate(world)
    return f"/entreprise/besoins/{world.value('need_id')}/couverture/"


def _named(world):
    kept = world.reservation()
    make.enrolment(kept.course_session, make.trainee(), state=E.OFFERED, reservation=kept)
    return f"/entreprise/places/{kept.id}"


def _new_pool(world):
    return f"/campus/groupements/nouveau?formation={make.course().id}&besoin={world.value('need_id')}"


def _rows(_world):
    return f"/campus/demande/lignes?par=competence&cle={make.need().skills[0].skill_id}"


def _busy_session(world):
    """Fill a session: people in it, one who waits, seats of a firm, a half-day with its marks."""
    slot = world.slot()
    session = make.course_session(slot.course_session.course, seats_min=1, seats_max=4, state=CourseSessionState.OPEN)
    make.slot(session, trainer=world.people["trainer"])
    reserve(world.people["employer"], world.organisation, session, wish=Wish(1, clock.today()))
    for state in (E.CONFIRMED, E.OFFERED, E.APPLIED):
        make.enrolment(session, make.trainee(), state=state)
    make.enrolment(session, make.trainee(), state=E.WAITLISTED, rank=1)
    return f"/campus/sessions/{session.id}"


def _plan(world):
    planned = db.session.get_one(PlannedSession, world.value("planned_session_id"))
    return f"/campus/plan/{planned.plan_id}"


def _open_round(world):
    """Open a round, and rank its sessions as the trainee."""
    within = world.admission_round()
    rounds.open_round(world.people["staff"], within)
    rank_wishes(world.people["trainee"], within, [each.course_session_id for each in rounds.sessions_of(within)])
    world.values["open_round"] = within.id
    return f"/parcours/tours/{within.id}"


def _decided_round(world):
    _open_round(world)
    within, staff = db.session.get_one(AdmissionRound, world.values["open_round"]), world.people["staff"]
    within.opens_on, within.closes_on = clock.today() - LATER, clock.today() - timedelta(days=1)
    rounds.close_round(staff, within)
    rounds.decide(staff, within)
    return f"/campus/tours/{within.id}"


def _course_days(world):
    world.slot()
    return f"/parcours/demi-journees/{world.values['taught_id']}"


PAGES = {
    "anonymous": [_offer, _six_months, _renewal, _address, _invitation, _password, _stop],
    "employer": [_review, _candidate, _posts, _named],
    "staff": [_new_pool, _rows, _busy_session, _plan, _decided_round],
    "trainee": [_open_round, _course_days],
}


@pytest.fixture
def world(live_server, made_app):
    """The small world of the addresses, on the live server's database."""
    made = World()
    made.app = made_app
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("thorough", [False, pytest.param(True, marks=pytest.mark.long)], ids=["day", "and-night"])
@pytest.mark.parametrize("role", PAGES)
def test_each_rare_page_can_be_read(role, thorough, visit, world, axe):
    urls = [make_page(world) for make_page in PAGES[role]]
    db.session.commit()
    found = []
    with visit(world.people[role], reduced_motion="reduce") as page:
        for url in urls:
            found += faults_of(page, url, axe, thorough=thorough)
    assert not found, "\n".join(found)

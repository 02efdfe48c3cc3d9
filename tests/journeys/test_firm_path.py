"""A firm's way through the campus: from a need to a hire that it confirms, by a seat it reserved for one person."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from campus import db
from campus.models import Mail, NeedPost, OccupationSkill, PostState, Skill
from campus.queries import understanding
from tests.journeys.steps import ENGLISH, FRENCH, PLAIN, describe_a_need, only_long, press, publish_from_the_queue
from tests.needs.test_understanding import ADVERT, line_operator

ASKS = datetime(2027, 3, 1, 8, tzinfo=UTC)
DAY = date(2027, 3, 22)
MORNING = datetime(2027, 3, 22, 8, 5, tzinfo=UTC)
NOON = datetime(2027, 3, 22, 11, 30, tzinfo=UTC)
NEXT_DAY = datetime(2027, 3, 23, 8, tzinfo=UTC)
PERSON = "naima@exemple.fr"


@pytest.fixture
def people(stop_clock, live_make):
    """A trade whose skills a course teaches, its session of one day, and the keys of those who play a part."""
    stop_clock(ASKS)
    make = live_make
    understanding.forget()
    trade = line_operator(make)
    trainer = make.trainer()
    asked = select(Skill).join(OccupationSkill).where(OccupationSkill.occupation_id == trade.id)
    course = make.course(db.session.scalars(asked).all(), occupations=[trade])
    session = make.course_session(course, starts_on=DAY, ends_on=DAY, seats_min=1)
    make.slot(session, trainer=trainer)
    found = {"firm": make.employer().id, "staff": make.staff().id, "trainer": trainer.id, "session": session.id}
    db.session.remove()
    return found


def _ask(enter, people):
    with enter("/entreprise/besoins/nouveau", people["firm"]) as page:
        return describe_a_need(page, ADVERT, posts=1)


def _publish(enter, people, need_id):
    with enter("/campus/a-traiter/", people["staff"]) as page:
        publish_from_the_queue(page, need_id)


def _reserve_and_name(enter, people, need_id):
    """As the firm, reserve a seat for the need and name somebody; say who they are by what the campus wrote to them."""
    with enter("/entreprise/places/nouvelle", people["firm"]) as page:
        page.select_option("[name=course_session]", str(people["session"]))
        page.select_option("[name=need]", str(need_id))
        page.fill("[name=seats]", "1")
        page.fill("[name=names_until]", "2027-03-12")
        press(page, "main form .actions button")
        page.fill("[name=name]", "Naïma Lefèvre")
        page.fill("[name=email]", PERSON)
        press(page, "main form[action$='/personne'] button")
        assert PERSON in page.locator("main table").inner_text()


def _take_the_seat(enter):
    """As the person, open the link of the mail and take the seat: no account, no password."""
    text = db.session.scalars(select(Mail.text).where(Mail.recipient == PERSON)).one()
    db.session.remove()
    with enter(re.search(r"/place/\S+", text)[0]) as page:
        press(page, "main form[action$='/prendre'] button")
        assert not page.locator("main form[action$='/prendre']").count()


def _go(enter, people):
    with enter(f"/campus/sessions/{people['session']}", people["staff"]) as page:
        press(page, "main form[action$='/confirmer'] button")
        press(page, "main form[action$='/convoquer'] button")


def _teach(enter, people):
    with enter("/formateurs/", people["trainer"]) as page:
        press(page, "main .card a.btn")
        press(page, "main form[action$='/presents'] button")
        assert page.locator("main .tag--ok").count() == 1


def _judge(enter, people):
    with enter("/formateurs/", people["trainer"]) as page:
        press(page, "main a[href$='/resultats']")
        press(page, "main a[href*='/resultats/']")
        for level in page.locator("main select").all():
            level.select_option("4")
        press(page, "main form:has(select) button")


def _say_met_then_hired(enter, people, need_id):
    """As the firm, say that the person was met, then hired; give the page that follows the post."""
    with enter(f"/entreprise/besoins/{need_id}", people["firm"]) as page:
        press(page, "main a[href$='/couverture/']")
        press(page, "main form[action*='/rencontre?'] button")
        press(page, "main form[action*='/embauche?'] button")
        return page.locator("main").inner_text()


READERS = [PLAIN, only_long(FRENCH), only_long(ENGLISH)]
SAID = {
    "fr": ["Chaque poste est pourvu, embauche constatée", "La personne a été rencontrée", "Embauche faite", "pourvu"],
    "en": ["Each post is filled, with a hire on record", "The person has been met", "Hired", "filled"],
}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("reader", READERS, indirect=True)
def test_a_firm_goes_from_a_need_to_a_hire_that_it_confirms(enter, reader, people, stop_clock, the_clock_does):
    need_id = _ask(enter, people)
    _publish(enter, people, need_id)
    _reserve_and_name(enter, people, need_id)
    _take_the_seat(enter)
    _go(enter, people)

    stop_clock(MORNING)
    the_clock_does("sessions.start")
    _teach(enter, people)

    stop_clock(NOON)
    the_clock_does("attendance.settle")
    _judge(enter, people)

    stop_clock(NEXT_DAY)
    the_clock_does("sessions.finish")
    text = _say_met_then_hired(enter, people, need_id)
    assert [words for words in SAID[reader[1]] if words not in text] == []
    assert db.session.scalars(select(NeedPost.state).where(NeedPost.need_id == need_id)).all() == [PostState.HIRED]

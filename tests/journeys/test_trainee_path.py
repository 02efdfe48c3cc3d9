"""A trainee's way through the campus: from the catalogue to a certificate that anybody can verify."""

import io
import re
from datetime import UTC, date, datetime

import pypdf
import pytest

from campus import db
from campus.exchange.qr import qr_picture
from campus.models import Slot
from campus.services.presence_codes import code_for
from campus.tasks.jobs import run_due
from tests.journeys.steps import ENGLISH_PLAIN, FRENCH, PLAIN, only_long, press, sign_in

PHONE = {"width": 360, "height": 740}
APPLIES = datetime(2027, 3, 1, 8, tzinfo=UTC)
DAY = date(2027, 3, 22)
MORNING = datetime(2027, 3, 22, 8, 5, tzinfo=UTC)
NOON = datetime(2027, 3, 22, 11, 30, tzinfo=UTC)
NEXT_DAY = datetime(2027, 3, 23, 8, tzinfo=UTC)
TITLE = "Souder en TIG"


@pytest.fixture
def people(stop_clock, live_make):
    """A course with a session of one day, and the keys of those who play a part."""
    stop_clock(APPLIES)
    make = live_make
    trainee = make.trainee(display_name="Naïma Lefèvre", password=make.PASSWORD)
    trainer, staff = make.trainer(), make.staff()
    course = make.course([make.skill("Souder au TIG"), make.skill("Lire un plan")], title=TITLE)
    session = make.course_session(course, starts_on=DAY, ends_on=DAY, seats_min=1)
    slot = make.slot(session, trainer=trainer, room=make.room())
    make.course(title="Conduire une ligne")
    found = {"trainee": trainee.id, "email": trainee.email, "trainer": trainer.id, "staff": staff.id}
    found |= {"session": session.id, "slot": slot.id}
    db.session.remove()
    return found


def _apply(enter, live_make, people):
    """As a visitor, find the course, sign in on the way, and ask for a seat; give the way to the application."""
    with enter("/formations/") as page:
        page.fill("#q", "souder")
        page.locator("#q").press("Enter")
        page.wait_for_url("**q=souder**")
        press(page, f"main h3 a:has-text('{TITLE}')")
        press(page, "main a[href*='/parcours/candidatures/']")
        sign_in(page, people["email"], live_make.PASSWORD)
        press(page, "main form[action*='/parcours/candidatures/'] button")
        return page.url[page.url.index("/parcours/") :]


def _admit(enter, people):
    with enter("/campus/a-traiter/", people["staff"]) as page:
        press(page, "main a[href*='/campus/candidatures/']:has-text('Naïma')")
        press(page, "main form[action$='/accepter'] button")


def _confirm(enter, application, people):
    with enter("/parcours/", people["trainee"]) as page:
        press(page, f"main form[action$='{application}/prendre'] button")
        assert application.removeprefix("/en") in page.url
        assert not page.locator("main form[action$='/prendre']").count()


def _call_up(enter, people):
    """As the staff, issue the call-up, say go, and send it."""
    with enter(f"/campus/sessions/{people['session']}/documents", people["staff"]) as page:
        press(page, "main form[action$='/convocations'] button")
        press(page, "nav a[href$='/sessions/{session}']".format(**people))
        press(page, "main form[action$='/confirmer'] button")
        press(page, "main form[action$='/convoquer'] button")


def _show_the_code(enter, people, live_server, at):
    """As the trainer, show the code of the room; give the address that a phone reads in it."""
    address = live_server + at(f"/parcours/presence/{code_for(db.session.get_one(Slot, people['slot']))}")
    with enter("/formateurs/", people["trainer"], viewport=PHONE) as page:
        press(page, "main .card a.btn")
        press(page, "main a[href$='/code']")
        assert page.get_attribute("main img", "src") == qr_picture(address)
    return address.removeprefix(live_server)


def _sign(enter, address, people):
    with enter(address.removeprefix("/en"), people["trainee"], viewport=PHONE) as page:
        press(page, "main form[action*='/presence/'] button")
        assert "/parcours/candidatures/suivi/" in page.url


def _judge(enter, people):
    """As the trainer at noon, note the levels: the course is done."""
    with enter("/formateurs/", people["trainer"], viewport=PHONE) as page:
        press(page, "main a[href$='/resultats']")
        press(page, "main a[href*='/resultats/']")
        for level in page.locator("main select").all():
            level.select_option("3")
        press(page, "main form:has(select) button")
        assert not page.locator("main select").count()


def _download(enter, people):
    """As the trainee the day after, open the proofs that the service issued by itself; give their texts."""
    with enter("/parcours/documents/", people["trainee"]) as page:
        links = [each.get_attribute("href") for each in page.locator("main tbody th a").all()]
        assert len(links) == 3
        return [_text_of(page.request.get(each)) for each in links[:2]]


def _text_of(answer):
    assert answer.headers["content-type"] == "application/pdf"
    return "\n".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(answer.body())).pages)


def _verify(enter, text):
    with enter("/verifier") as page:
        page.fill("main [name=numero]", re.search(r"CAMP-[\w-]+", text)[0])
        page.fill("main [name=code]", re.search(r"\b\w{4}-\w{4}-\w{4}\b", text)[0])
        press(page, "main form button")
        return page.locator("main .tag--ok").count()


READERS = [FRENCH, only_long(PLAIN), only_long(ENGLISH_PLAIN)]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("reader", READERS, indirect=True)
def test_a_trainee_goes_from_the_catalogue_to_a_certificate_that_can_be_verified(
    enter, at, people, live_make, live_server, stop_clock, the_clock_does
):
    application = _apply(enter, live_make, people)
    _admit(enter, people)
    _confirm(enter, application, people)
    _call_up(enter, people)

    stop_clock(MORNING)
    the_clock_does("sessions.start")
    _sign(enter, _show_the_code(enter, people, live_server, at), people)

    stop_clock(NOON)
    the_clock_does("attendance.settle")
    _judge(enter, people)

    stop_clock(NEXT_DAY)
    the_clock_does("sessions.finish")
    run_due()
    proofs = _download(enter, people)
    assert all("Naïma Lefèvre" in each for each in proofs)
    assert any("Souder au TIG" in each for each in proofs)
    assert all(_verify(enter, each) for each in proofs)

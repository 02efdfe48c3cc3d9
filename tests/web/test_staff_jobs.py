"""What the staff sees of background work: what failed, whom mail does not reach, what the clock does, every mail."""

from datetime import UTC, datetime

from campus.models import BouncedAddress, Job, JobState, MailState
from campus.schedules import SCHEDULES
from campus.web.staff.job_words import JOBS

PAGE = "/campus/a-examiner"


def test_a_job_that_failed_is_tried_again(as_staff, make, db):
    job = make.job("needs.expire", state=JobState.PARKED, attempts=5, last_error="LookupError: poison")
    assert "LookupError: poison" in as_staff.get(PAGE).page.text
    as_staff.post_form(f"{PAGE}/{job.id}/relancer", at=PAGE)
    tried = db.session.get_one(Job, job.id)
    assert (tried.state, tried.attempts) == (JobState.QUEUED, 0)


def test_a_job_that_failed_is_given_up(as_staff, make, db):
    job = make.job("needs.expire", state=JobState.PARKED)
    as_staff.post_form(f"{PAGE}/{job.id}/abandonner", at=PAGE)
    assert db.session.get(Job, job.id) is None


def test_an_address_is_written_to_again(as_staff, make, db):
    bounced = make.bounced_address(email="retrouvee@exemple.fr")
    as_staff.post_form(f"{PAGE}/adresses/{bounced.id}/lever", at=PAGE)
    assert db.session.get(BouncedAddress, bounced.id) is None


def test_the_page_says_when_there_is_nothing_and_what_the_clock_does(as_staff, make):
    text = as_staff.get(PAGE).page.text
    assert "Rien à examiner" in text
    assert "Rendre les places réservées restées sans nom" in text
    assert "toutes les 15 minutes" in text


def test_the_work_queue_says_that_something_failed(as_staff, make):
    make.mail(state=MailState.PARKED)
    make.job("needs.expire", state=JobState.PARKED)
    assert "2 tâches ou messages ont échoué" in as_staff.get("/campus/a-traiter/").page.text


def test_each_kind_of_mail_is_shown_in_both_languages_and_parts(as_staff, stop_clock):
    stop_clock(datetime.now(UTC))
    english = as_staff.get("/campus/modeles-de-messages/need_expiring/en").page
    assert "B-0042: will it still apply" in english.h1
    laid_out = as_staff.get("/campus/modeles-de-messages/need_expiring/fr/html").page
    assert "Ouvrir la page" in laid_out.links
    assert as_staff.get("/campus/modeles-de-messages/rien/fr").status_code == 404


def test_each_thing_that_the_clock_does_has_its_words():
    assert {schedule.name for schedule in SCHEDULES} <= JOBS.keys()

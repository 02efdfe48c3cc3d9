"""What one wants to hear of: chosen in the account, stopped by a link, by hand or by the mail program."""

import pytest

from campus.mail_rules import MailCategory, Rhythm
from campus.queries.preferences import rhythm_of, stop_token

COVERAGE = MailCategory.COVERAGE


@pytest.fixture
def link(as_employer):
    """The link that a mail about new coverage ends by."""
    return f"/messages/arret/{stop_token(as_employer.account.id, COVERAGE)}"


def test_a_firm_chooses_how_often_it_hears_of_new_courses(as_employer):
    as_employer.post_form("/compte/messages", {"coverage": "daily"})
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.DAILY
    assert as_employer.get("/compte/messages").page.forms[-1].values["coverage"] == ["daily"]


def test_a_rhythm_that_is_not_offered_is_refused(as_employer):
    token = {"csrf_token": as_employer.new_csrf_token(), "coverage": "at_once"}
    assert as_employer.post("/compte/messages", data=token).status_code == 422
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.WEEKLY


def test_the_staff_learns_that_nothing_can_be_stopped(as_staff):
    assert "aucun ne s'arrête" in as_staff.get("/compte/messages").page.text


def test_the_link_of_a_mail_opens_a_page_with_a_button_and_changes_nothing_by_itself(client, as_employer, link):
    page = client.get(link).page
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.WEEKLY
    assert "Ne plus recevoir ces messages" in page.h1
    client.post_form(link, at=link)
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.NEVER
    assert client.get(link).page.h1 == "Ces messages sont arrêtés"


def test_a_mail_program_stops_the_mails_in_one_request(client, as_employer, link):
    client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.NEVER


def test_another_request_without_its_token_is_refused(client, as_employer, link):
    assert client.post(link).status_code == 400
    assert rhythm_of(as_employer.account, COVERAGE) is Rhythm.WEEKLY

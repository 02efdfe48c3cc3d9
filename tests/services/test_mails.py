"""Mails: sent once, tried again, laid before the staff in the end."""

import re
import smtplib
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest

from campus.addresses import PLACES, address
from campus.letters import Letter, in_html, kinds, write
from campus.mail_rules import MailCategory
from campus.mailer import Attached, Body, compose
from campus.models import Mail, MailState
from campus.queries.mails import bounce_of
from campus.queries.preferences import person_of_stop_token, stop_token
from campus.services import mails
from campus.services.bounces import note_bounce, tell_staff
from campus.services.preferences import stop
from campus.tasks.mails import send_due
from campus.web.staff.letter_samples import sample
from tests.harness.pages import Page

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(stop_clock):
    """An hour at which mails may leave."""
    stop_clock(START)


class Post:
    """A mail server that may refuse."""

    def __init__(self, *, down=False, fails=None):
        self.fails = smtplib.SMTPServerDisconnected("gone") if down else fails
        self.taken, self.asked = [], 0

    def connect(self):
        """Be there."""

    def __call__(self, message):
        self.asked += 1
        if self.fails:
            raise self.fails
        self.taken.append(message)


def test_a_mail_is_sent_once_with_its_own_message_id(make, db):
    mail = make.mail(subject="Accès accordé", recipient="a@exemple.fr")
    post = Post()
    send_due(post)
    send_due(post)
    sent = post.taken[0]
    assert [len(post.taken), sent["Message-ID"], sent["To"], sent["Subject"]] == [
        1,
        mail.message_id,
        "a@exemple.fr",
        "Accès accordé",
    ]


def test_a_mail_that_fails_waits_longer_each_time_then_is_parked(make, db, stop_clock):
    stop_clock(START)
    make.mail()
    waits, now = [], START
    for _turn in range(mails.MOST_ATTEMPTS):
        send_due(Post(down=True))
        mail = db.session.query(Mail).one()
        waits.append(round((mail.due_at - now).total_seconds() / 60))
        now = mail.due_at
        stop_clock(now)
    assert waits[:4] == [1, 5, 25, 125]
    assert (mail.state, mail.last_error) == (MailState.PARKED, "SMTPServerDisconnected: gone")


def test_a_mail_that_another_runner_holds_is_left_alone(make, db, stop_clock):
    stop_clock(START)
    make.mail(lease_until=START + timedelta(minutes=1))
    assert send_due(Post()).sent == 0


def test_a_mail_whose_runner_died_is_sent_when_its_lease_is_over(make, db, stop_clock):
    stop_clock(START)
    make.mail(lease_until=START - timedelta(seconds=1), attempts=1)
    assert send_due(Post()).sent == 1


def test_a_mail_of_a_change_that_was_undone_is_never_sent(db):
    mails.queue("test", "a@exemple.fr", Letter("Objet", "Bonjour"))
    db.session.rollback()
    assert send_due(Post()).sent == 0


@pytest.mark.parametrize("header", ["recipient", "subject", "message_id"])
def test_no_line_break_enters_a_header(header):
    values = {"recipient": "a@exemple.fr", "subject": "Objet", "message_id": "<1@campus.invalid>"}
    values[header] += "\r\nBcc: victime@exemple.fr"
    with pytest.raises(ValueError, match=r"linefeed|header"):
        compose("campus@exemple.fr", body=Body("Bonjour"), at=START, **values)


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(make, db):
    make.mail(recipient="a@exemple.fr\nBcc: b@exemple.fr")
    make.mail(recipient="c@exemple.fr")
    done = send_due(Post())
    assert (done.sent, done.failed) == (1, 1)


def test_the_no_break_spaces_of_a_subject_reach_the_reader(make, db):
    letter = write("enrolment_confirmed", "fr", **sample())
    mail = mails.queue("enrolment_confirmed", "a@exemple.fr", letter)
    message = compose(
        "c@exemple.fr", mail.recipient, subject=mail.subject, body=Body("x"), message_id="<1@x>", at=START
    )
    read = message_from_bytes(message.as_bytes(), policy=default)
    assert read["Subject"] == "Place confirmée\u00a0: Maintenance de lignes de conditionnement"


def test_a_line_break_in_a_name_does_not_enter_the_subject(make, db):
    organisation = make.organisation(name="Labo\r\nBcc: victime@exemple.fr")
    mail = mails.tell(make.trainee(), "membership_granted", organisation=organisation)
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject


def test_people_are_written_to_in_their_language(make):
    letter = write("reset_password", "en", person=make.trainee(), token="x")
    assert "/en/compte/mot-de-passe/x" in letter.text


def test_each_place_a_mail_leads_to_is_a_page(made_app):
    from flask import url_for

    with made_app.test_request_context():
        for endpoint, path in PLACES.items():
            needed = dict.fromkeys(re.findall(r"{(\w+)}", path), UUID(int=7))
            assert address(endpoint, **needed).endswith(url_for(endpoint, **needed))


@pytest.mark.parametrize(
    ("hour", "kind", "sent"), [(20, "test", 0), (6, "test", 0), (7, "test", 1), (2, "reset_password", 1)]
)
def test_at_night_only_what_somebody_waits_for_leaves(make, db, stop_clock, hour, kind, sent):
    stop_clock(START.replace(hour=hour))
    make.mail(kind=kind, due_at=START - timedelta(days=1))
    assert send_due(Post()).sent == sent


def test_the_same_fact_is_told_once(make, db):
    person, organisation = make.trainee(), make.organisation()
    told = [mails.tell(person, "membership_granted", once_key="fact:1", organisation=organisation) for _turn in (1, 2)]
    assert told[0] is told[1]


def test_a_message_has_both_parts_made_of_one_text(make, db):
    mails.tell(make.trainee(display_name="Zoé <b>"), "reset_password", token="secret")
    db.session.commit()
    post = Post()
    send_due(post)
    plain, page = (part.get_content() for part in post.taken[0].iter_parts())
    assert post.taken[0].get_content_type() == "multipart/alternative"
    assert "/compte/mot-de-passe/secret" in plain
    assert 'href="http://127.0.0.1:5000/compte/mot-de-passe/secret"' in page
    assert "Zoé &lt;b&gt;" in page


def test_files_go_with_a_message_as_they_were(make, db):
    mail = make.mail()
    event = Attached("session.ics", "text/calendar; method=REQUEST; charset=utf-8", b"BEGIN:VCALENDAR\r\n")
    mails.attach(mails.attach(mail, event), event)
    db.session.commit()
    post = Post()
    send_due(post)
    [part] = post.taken[0].iter_attachments()
    assert (part.get_filename(), part.get_param("method"), part.get_content_charset()) == (
        "session.ics",
        "REQUEST",
        "utf-8",
    )
    assert part.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\n"


def test_an_address_that_the_server_refuses_for_good_is_written_to_no_more(make, db):
    for _turn in (1, 2):
        make.mail(recipient="perdue@exemple.fr")
    refusal = smtplib.SMTPRecipientsRefused({"perdue@exemple.fr": (550, b"5.1.1 User unknown")})
    post = Post(fails=refusal)
    send_due(post)
    assert post.asked == 1
    assert {mail.state for mail in db.session.query(Mail)} == {MailState.PARKED}
    assert bounce_of("perdue@exemple.fr").reason == "550 5.1.1 User unknown"


def test_a_slow_server_is_no_reason_to_give_an_address_up(make, db):
    mail = make.mail(recipient="lente@exemple.fr")
    send_due(Post(fails=smtplib.SMTPRecipientsRefused({"lente@exemple.fr": (451, b"try later")})))
    assert db.session.get_one(Mail, mail.id).state is MailState.QUEUED
    assert bounce_of("lente@exemple.fr") is None


def test_the_staff_is_told_once_a_day_of_addresses_that_refuse(make, db):
    make.staff()
    note_bounce("Perdue@exemple.fr", "550 unknown")
    for _turn in (1, 2):
        tell_staff(START)
    [mail] = db.session.query(Mail)
    assert "- perdue@exemple.fr (550 unknown)" in mail.text


def test_a_mail_that_one_may_switch_off_says_how_and_stops(make, db):
    person, need = make.employer(), make.need()
    asked = {"need": need}
    mails.tell_if_wanted(person, "hire_asked", once_key="1", **asked)
    db.session.commit()
    post = Post()
    send_due(post)
    sent = post.taken[0]
    address_ = sent["List-Unsubscribe"].strip("<>")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address_ in sent.get_body(("plain",)).get_content()
    account, category = person_of_stop_token(address_.rsplit("/", 1)[1])
    stop(account, category)
    assert mails.tell_if_wanted(person, "hire_asked", once_key="2", **asked) is None


def test_a_mail_that_asks_for_an_answer_cannot_be_switched_off(make, db):
    mails.tell(make.employer(), "need_published", need=make.need())
    db.session.commit()
    post = Post()
    send_due(post)
    assert post.taken[0]["List-Unsubscribe"] is None


def test_a_link_to_stop_mails_opens_only_what_it_was_made_for(make):
    token = stop_token(make.employer().id, MailCategory.COVERAGE)
    forged = token.replace("coverage", "outcomes")
    assert [person_of_stop_token(each) for each in (forged, token[:-1], "x", "")] == [None] * 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_mail_can_be_shown_with_made_up_data(language):
    for kind in kinds():
        letter = write(kind, language, stop_token="x", **sample())
        Page(in_html(letter.subject, letter.text, language))
        assert letter.subject
        assert ("/en/" in letter.text) == (language == "en")

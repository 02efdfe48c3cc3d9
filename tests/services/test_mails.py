"""Mails: sent once, tried again, laid before the staff in the end."""

import re
import smtplib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from campus.addresses import PLACES, address
from campus.letters import write
from campus.mailer import compose
from campus.models import Mail, MailState
from campus.services import mails
from campus.tasks import send_due

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


class Post:
    """A mail server that may refuse."""

    def __init__(self, *, down=False):
        self.down, self.taken = down, []

    def __call__(self, message):
        if self.down:
            raise smtplib.SMTPServerDisconnected("gone")
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
    mails.queue("test", "a@exemple.fr", subject="Objet", text="Bonjour")
    db.session.rollback()
    assert send_due(Post()).sent == 0


@pytest.mark.parametrize("header", ["recipient", "subject", "message_id"])
def test_no_line_break_enters_a_header(header):
    values = {"recipient": "a@exemple.fr", "subject": "Objet", "message_id": "<1@campus.invalid>"}
    values[header] += "\r\nBcc: victime@exemple.fr"
    with pytest.raises(ValueError, match=r"linefeed|header"):
        compose("campus@exemple.fr", text="Bonjour", at=START, **values)


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(make, db):
    make.mail(recipient="a@exemple.fr\nBcc: b@exemple.fr")
    make.mail(recipient="c@exemple.fr")
    done = send_due(Post())
    assert (done.sent, done.failed) == (1, 1)


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

"""Staff find, invite, close and open; and read the mails."""

import re

from campus.models import Mail, MailState

PASSWORD = "un vitrail bleu au soleil"


def test_a_closed_account_is_out_at_once(make, as_staff, sign_in):
    person = make.trainee(password=PASSWORD)
    client = sign_in(person)
    as_staff.post_form(f"/campus/personnes/{person.id}/fermer", at=f"/campus/personnes/{person.id}")
    assert client.get("/compte/moi").status_code == 303
    assert client.post_form("/compte/connexion", {"email": person.email, "password": PASSWORD}).status_code == 422


def test_nobody_closes_their_own_account(as_staff):
    token = as_staff.new_csrf_token()
    answer = as_staff.post(f"/campus/personnes/{as_staff.account.id}/fermer", data={"csrf_token": token})
    assert answer.status_code == 409


def test_people_are_found_by_a_part_of_their_name_or_address(make, as_staff):
    make.trainee(display_name="Zoé Vasseur")
    make.trainee(display_name="Paul Martin")
    page = as_staff.page("/campus/personnes?q=vass")
    assert "Zoé Vasseur" in page.text
    assert "Paul Martin" not in page.text


def test_an_observer_comes_by_invitation(as_staff, app, db):
    as_staff.post_form("/campus/personnes/inviter", {"email": "region@exemple.fr", "role": "observer"})
    link = "/compte/" + re.search(r"/compte/(\S+)", db.session.query(Mail).one().text)[1]
    guest = app.test_client()
    guest.post_form(link, {"name": "Luc Morel", "password": PASSWORD})
    assert "Luc Morel" in guest.page("/compte/moi").text


def test_an_invitation_taken_back_opens_nothing(as_staff, app, db):
    as_staff.post_form("/campus/personnes/inviter", {"email": "region@exemple.fr", "role": "observer"})
    form = next(each for each in as_staff.page("/campus/personnes").forms if "/retirer" in each.action)
    as_staff.post(form.action, data=form.values)
    link = "/compte/" + re.search(r"/compte/(\S+)", db.session.query(Mail).one().text)[1]
    assert app.test_client().get(link).status_code == 404


def test_staff_read_a_mail_and_follow_its_link(make, as_staff):
    mail = make.mail(text="Bonjour,\n\nhttp://127.0.0.1:5000/compte/moi\n", subject="Un objet")
    page = as_staff.page(f"/campus/messages/{mail.id}")
    assert "http://127.0.0.1:5000/compte/moi" in page.links


def test_a_parked_mail_is_sent_again_or_dropped(make, as_staff, db):
    again, dropped = make.mail(state=MailState.PARKED, attempts=5), make.mail(state=MailState.PARKED, attempts=5)
    as_staff.post_form(f"/campus/messages/{again.id}/renvoyer", at=f"/campus/messages/{again.id}")
    as_staff.post_form(f"/campus/messages/{dropped.id}/abandonner", at=f"/campus/messages/{dropped.id}")
    left = db.session.query(Mail).one()
    assert (left.id, left.state, left.attempts) == (again.id, MailState.QUEUED, 0)


def test_the_text_of_a_refusal_is_read_once_one_says_why(make, as_staff):
    person = make.trainee()
    mail = make.mail(kind="enrolment_refused", text="Motif : le dos.\n", account_id=person.id)
    here = f"/campus/messages/{mail.id}"
    assert "le dos" not in as_staff.page(here).text
    as_staff.post_form(f"/campus/dossiers/{person.id}/lire", {"why": "Un recours."}, at=f"/campus/dossiers/{person.id}")
    assert "le dos" in as_staff.page(here).text


def test_nobody_reads_the_link_that_opens_somebody_elses_account(make, as_staff):
    mail = make.mail(kind="reset_password", text="http://127.0.0.1:5000/compte/mot-de-passe/secret\n")
    page = as_staff.page(f"/campus/messages/{mail.id}")
    assert "secret" not in page.html
    assert "seule la personne à qui il est écrit le lit" in page.text

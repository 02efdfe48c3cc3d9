"""Sessions, attempts and where one goes after signing in."""

import pytest

from campus.models import AccountSession, Attempt
from campus.services.attempts import MOST

PASSWORD = "un vitrail bleu au soleil"
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "http://evil.example",
    "HTTPS://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "mailto:a@b.c",
    "about:blank",
    "/%0d%0aSet-Cookie:x=1",
    "/\r\nSet-Cookie: x=1",
    "/\tevil",
    "\t//evil.example",
    " //evil.example",
    "/\x00//evil.example",
    "%2f%2fevil.example",
    "/%2f%2fevil.example",
    "@evil.example",
    "evil.example",
    "evil.example/compte",
    ".evil.example",
    "/.evil.example",
    "/..//evil.example",
    "/../evil",
    "/en//evil.example",
    "/nulle-part",
    "/compte/rien?x=//evil",
    "?x=1",
    "#x",
    "../compte",
    "/compte/deconnexion",
    "/en/nulle-part",
    "/en/../..//evil.example",
]


def sign_in(client, person, password=PASSWORD, **kwargs):
    return client.post_form("/compte/connexion", {"email": person.email, "password": password}, **kwargs)


def test_there_are_forty_payloads():
    assert len(ELSEWHERE) >= 40


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_signing_in(made_app, target):
    from campus.web.landing import safe_next

    with made_app.test_request_context("/compte/connexion"):
        assert safe_next(target) == ""


def test_a_page_of_ours_is_kept_for_after_signing_in(app, make):
    client, person = app.test_client(), make.trainee(password=PASSWORD)
    asked = client.get("/compte/moi/profil").location
    answer = client.post_form(asked, {"email": person.email, "password": PASSWORD})
    assert answer.location == "/compte/moi/profil"


def test_a_cookie_saved_before_signing_out_opens_nothing_afterwards(app, make):
    client, person = app.test_client(), make.trainee(password=PASSWORD)
    sign_in(client, person)
    saved = client.get_cookie("campus").value
    client.post_form("/compte/deconnexion", at="/compte/moi")
    thief = app.test_client()
    thief.set_cookie("campus", saved)
    assert thief.get("/compte/moi").status_code == 303


def test_a_person_ends_their_other_sessions(sign_in, make, db):
    person = make.trainee()
    here, there = sign_in(person), sign_in(person)
    here.post_form("/compte/moi/sessions/fin", at="/compte/moi")
    assert there.get("/compte/moi").status_code == 303
    assert here.get("/compte/moi").status_code == 200


def test_nobody_ends_somebody_elses_session(as_trainee, sign_in, make, db):
    other = make.trainee()
    sign_in(other)
    theirs = db.session.query(AccountSession).filter_by(account_id=other.id).one()
    answer = as_trainee.post(f"/compte/moi/sessions/{theirs.id}/fin", data={"csrf_token": as_trainee.new_csrf_token()})
    assert answer.status_code == 404


def test_a_refused_sign_in_leaves_its_trace(client, make, db):
    sign_in(client, make.trainee(password=PASSWORD), password="autre chose")
    assert db.session.query(Attempt).count() == 2


def test_after_ten_failures_even_the_right_password_must_wait(client, make):
    person = make.trainee(password=PASSWORD)
    for _turn in range(MOST):
        assert sign_in(client, person, password="autre chose").status_code == 422
    answer = sign_in(client, person)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 300
    assert "Attendez 5 minutes" in answer.page.text


def test_the_wait_ends_by_itself(client, make, stop_clock):
    from datetime import UTC, datetime, timedelta

    start = datetime(2027, 3, 1, 9, tzinfo=UTC)
    stop_clock(start)
    person = make.trainee(password=PASSWORD)
    for _turn in range(MOST):
        sign_in(client, person, password="autre chose")
    stop_clock(start + timedelta(minutes=5, seconds=1))
    assert sign_in(client, person).status_code == 303


def test_one_network_address_cannot_try_many_accounts(client, make):
    people = [make.trainee(password=PASSWORD) for _turn in range(MOST + 1)]
    answers = [sign_in(client, person, password="autre chose").status_code for person in people]
    assert answers == [422] * MOST + [429]


def test_a_known_and_an_unknown_address_are_refused_in_the_same_words(client, make):
    known = make.trainee(password=PASSWORD)
    typed = [{"email": each, "password": "autre chose"} for each in (known.email, "personne@ailleurs.fr")]
    pages = [client.post_form("/compte/connexion", each) for each in typed]
    assert pages[0].page.text == pages[1].page.text
    assert {each.status_code for each in pages} == {422}


def test_the_account_page_names_the_open_sessions(sign_in, make):
    page = sign_in(make.trainee()).page("/compte/moi")
    assert "cet appareil" in page.text

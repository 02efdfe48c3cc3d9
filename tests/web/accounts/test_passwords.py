"""Passwords: which are refused, how they are changed and reset."""

import re
from datetime import timedelta

import pytest

from campus import clock
from campus.models import Mail, OneTimeLink
from campus.password_rules import Weakness, weakness_of

PASSWORD = "un vitrail bleu au soleil"
NEW = "quatre mots sans aucun rapport"
GUESSABLE = [
    "motdepassemotdepasse",
    "azertyuiopqsdfghjklm",
    "1a2z3e4r5t6y7u8i9o",
    "123456789012345",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcxyzabcxyzabcxyz",
    "P@ssw0rdP@ssw0rd!",
    "Campus-Chartres-2026!",
    "soleil dragon football",
    "Laboratoires du Loir 28",
    "marie.durand@labo.fr",
]


@pytest.mark.parametrize("password", GUESSABLE)
def test_what_is_tried_first_is_refused(password):
    about = ["marie.durand@labo.fr", "Laboratoires du Loir"]
    assert weakness_of(password, about) is Weakness.GUESSABLE


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "tournevis rillettes nuage", "kX9!vQ2mLr7#TzB4", "長い長い合言葉をここに置いておく"]
)
def test_length_is_enough_without_any_rule_of_composition(password):
    assert weakness_of(password) is None


def test_fourteen_characters_are_too_few_and_129_too_many():
    assert weakness_of("vitrail bleuté") is Weakness.SHORT
    assert weakness_of("vitrail bleu " * 10) is Weakness.LONG


def reset_link(db):
    mail = db.session.query(Mail).filter_by(kind="reset_password").order_by(Mail.id.desc()).first()
    return "/compte/" + re.search(r"/compte/(\S+)", mail.text)[1]


def test_a_forgotten_password_is_replaced_through_the_mail(client, make, db):
    person = make.trainee(password=PASSWORD)
    client.post_form("/compte/mot-de-passe", {"email": person.email})
    client.post_form(reset_link(db), {"password": NEW})
    assert client.post_form("/compte/connexion", {"email": person.email, "password": NEW}).status_code == 303


def test_a_reset_ends_every_session(client, sign_in, make, db):
    person = make.trainee(password=PASSWORD)
    thief = sign_in(person)
    client.post_form("/compte/mot-de-passe", {"email": person.email})
    client.post_form(reset_link(db), {"password": NEW})
    assert thief.get("/compte/moi").status_code == 303


def test_a_reset_link_works_once_and_for_an_hour(client, make, db, stop_clock):
    person = make.trainee(password=PASSWORD)
    client.post_form("/compte/mot-de-passe", {"email": person.email})
    link = reset_link(db)
    stop_clock(clock.now() + timedelta(minutes=61))
    assert client.get(link).status_code == 404


def test_the_link_of_a_mail_is_not_in_the_database(client, make, db):
    client.post_form("/compte/mot-de-passe", {"email": make.trainee().email})
    token = reset_link(db).rsplit("/", 1)[1]
    assert db.session.query(OneTimeLink).filter_by(token_digest=token).all() == []


def test_an_unknown_address_gets_the_same_answer_and_a_mail_without_link(client, make, db):
    answers = [client.post_form("/compte/mot-de-passe", {"email": each}) for each in (make.trainee().email, "x@y.fr")]
    assert {(each.status_code, each.location) for each in answers} == {(303, "/compte/mot-de-passe/envoye")}
    assert db.session.query(Mail).filter_by(recipient="x@y.fr").one().kind == "reset_unknown"


def test_the_present_password_is_asked_before_a_new_one(sign_in, make):
    client = sign_in(make.trainee(password=PASSWORD))
    answer = client.post_form("/compte/moi/mot-de-passe", {"current": "autre chose", "password": NEW})
    assert answer.status_code == 422
    assert "Ce n'est pas votre mot de passe actuel" in answer.page.text


def test_a_changed_password_ends_the_other_sessions(sign_in, make):
    person = make.trainee(password=PASSWORD)
    here, there = sign_in(person), sign_in(person)
    here.post_form("/compte/moi/mot-de-passe", {"current": PASSWORD, "password": NEW})
    assert (here.get("/compte/moi").status_code, there.get("/compte/moi").status_code) == (200, 303)


def test_a_new_address_counts_once_it_is_confirmed(sign_in, make, db):
    person = make.trainee(password=PASSWORD)
    client = sign_in(person)
    client.post_form("/compte/moi/adresse", {"email": "Nouvelle@Exemple.fr", "current": PASSWORD})
    assert "nouvelle@exemple.fr" not in client.page("/compte/moi/profil").text
    mail = db.session.query(Mail).filter_by(kind="new_address_confirm").one()
    client.post_form("/compte/" + re.search(r"/compte/(\S+)", mail.text)[1])
    assert "nouvelle@exemple.fr" in client.page("/compte/moi").text

"""The client signs in, fills in forms as they stand, and says which form it did not find."""

import pytest


def test_a_signed_in_client_is_that_person(as_staff):
    assert as_staff.get("/compte/connexion").status_code == 303


def test_a_form_keeps_what_the_page_had_in_it(client, make):
    answer = client.post_form("/compte/connexion", {"email": "personne@exemple.fr", "password": "x"})
    assert answer.page.forms[-1].values["email"] == ["personne@exemple.fr"]


def test_a_form_that_is_not_there_is_named(client, db):
    with pytest.raises(AssertionError, match="no form that posts to /nulle-part"):
        client.post_form("/nulle-part", at="/compte/connexion")


def test_a_crash_reaches_the_test(made_app, client, monkeypatch):
    def crash() -> str:
        raise ZeroDivisionError

    monkeypatch.setitem(made_app.view_functions, "public.home.index", crash)
    with pytest.raises(ZeroDivisionError):
        client.get("/")

"""Signing up, as a browser sees it."""

import re

from campus.models import Account, Mail, Membership, MembershipRole, MembershipState, Organisation, OrganisationState
from campus.siret import read_siret

PASSWORD = "un vitrail bleu au soleil"
SIRET = "73282932000074"
PERSON = {"name": "Maëlle Héron", "email": "maelle.heron@exemple.fr", "password": PASSWORD}
SITE = {"organisation_name": "Laboratoires du Loir", "commune": "Chartres", "naf": "20.42Z"}


def link_in(mail):
    return "/compte" + re.search(r"https?://[^/]+/compte(\S+)", mail.text)[1]


def sign_up_employer(client, siret=SIRET, **given):
    known = "organisation_name" not in given and given.pop("known", False)
    values = {**PERSON, **({} if known else SITE), **given}
    return client.post_form(f"/compte/creer/entreprise/{siret}", values)


def confirm(client, db):
    mail = db.session.query(Mail).filter_by(kind="sign_up_confirm").one()
    return client.post_form(link_in(mail))


def test_a_trainee_signs_up_confirms_the_address_and_is_in(client, db):
    assert client.post_form("/compte/creer/stagiaire", PERSON).location == "/compte/creer/envoye"
    answer = confirm(client, db)
    assert answer.status_code == 303
    assert "Maëlle Héron" in client.page("/compte/moi").text


def test_nothing_exists_before_the_address_is_confirmed(client, db):
    client.post_form("/compte/creer/stagiaire", PERSON)
    assert db.session.query(Account).filter_by(email=PERSON["email"]).all() == []


def test_reading_the_confirmation_page_confirms_nothing(client, db):
    client.post_form("/compte/creer/stagiaire", PERSON)
    client.page(link_in(db.session.query(Mail).one()))
    assert db.session.query(Account).all() == []


def test_a_confirmation_link_works_once(client, app, db):
    client.post_form("/compte/creer/stagiaire", PERSON)
    confirm(client, db)
    assert app.test_client().get(link_in(db.session.query(Mail).one())).status_code == 404


def test_a_known_address_gets_the_same_answer_and_a_mail_that_tells_the_truth(client, make, db):
    known = make.trainee()
    typed = [{**PERSON, "email": each} for each in (known.email, "n@o.fr")]
    answers = [client.post_form("/compte/creer/stagiaire", each) for each in typed]
    assert {(each.status_code, each.location) for each in answers} == {(303, "/compte/creer/envoye")}
    assert [each.kind for each in db.session.query(Mail).order_by(Mail.id)] == ["sign_up_known", "sign_up_confirm"]


def test_a_siret_may_be_typed_with_spaces(client):
    answer = client.get("/compte/creer/entreprise?siret=732+829+320+00074")
    assert answer.location == f"/compte/creer/entreprise/{SIRET}"


def test_a_wrong_siret_says_what_to_do_and_keeps_what_was_typed(client):
    answer = client.get("/compte/creer/entreprise?siret=732829320")
    assert answer.status_code == 422
    assert "Un SIRET a 14 chiffres" in answer.page.text
    assert answer.page.forms[-1].values["siret"] == ["732829320"]


def test_the_post_office_has_its_own_sum():
    assert read_siret("356 000 000 49837") == "35600000049837"
    assert read_siret("35600000049838") is None


def test_an_unknown_site_is_made_to_be_verified_with_its_manager_waiting(client, make, db):
    make.commune()
    sign_up_employer(client)
    confirm(client, db)
    site = db.session.query(Organisation).one()
    place = db.session.query(Membership).one()
    assert (site.siret, site.commune_code, site.naf) == (SIRET, "28085", "2042Z")
    assert site.state is OrganisationState.TO_VERIFY
    assert (place.role, place.state) == (MembershipRole.MANAGER, MembershipState.PENDING)


def test_a_known_site_is_joined_and_its_manager_is_told(client, make, db):
    manager = make.employer(make.organisation(siret=SIRET))
    sign_up_employer(client, known=True)
    confirm(client, db)
    assert db.session.query(Membership).filter_by(state=MembershipState.PENDING).one().role is MembershipRole.MEMBER
    assert db.session.query(Mail).filter_by(kind="membership_requested").one().recipient == manager.email


def test_without_the_list_of_communes_what_was_typed_is_kept(client, db):
    sign_up_employer(client, commune="Lucé")
    confirm(client, db)
    assert db.session.query(Organisation).one().address == "Lucé"


def test_a_commune_of_several_departments_must_be_made_precise(client, make):
    for code in ("93066", "97411"):
        make.commune(code=code, name="Saint-Denis", search_name="saint denis", department=code[:2], postcodes="")
    answer = sign_up_employer(client, commune="St Denis")
    assert "Précisez le département : Saint-Denis (93), Saint-Denis (97)" in answer.page.text


def test_a_name_with_an_address_to_click_on_is_refused(client):
    answer = client.post_form("/compte/creer/stagiaire", {**PERSON, "name": "Gagnez http://evil.example"})
    assert answer.status_code == 422

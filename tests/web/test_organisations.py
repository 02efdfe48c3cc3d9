"""Who acts for which organisation."""

import re

import pytest

from campus.db import session
from campus.models import Mail, Membership, MembershipRole, MembershipState, OrganisationState, Role
from campus.policies import may_draft_need, may_post_need

PASSWORD = "un vitrail bleu au soleil"


@pytest.fixture
def site(make):
    return make.organisation()


@pytest.fixture
def newcomer(make, site):
    person = make.account(Role.EMPLOYER)
    return make.membership(person, site, role=MembershipRole.MEMBER, state=MembershipState.PENDING)


def fresh(row):
    return session.get(type(row), row.id)


def place_url(place, verb):
    return f"/entreprise/etablissements/{place.organisation_id}/personnes/{place.id}/{verb}"


def site_url(site):
    return f"/entreprise/etablissements/{site.id}"


def test_a_manager_grants_access_and_the_newcomer_may_post(make, sign_in, site, newcomer, db):
    client = sign_in(make.employer(site))
    client.post_form(place_url(newcomer, "accorder"), at=site_url(site))
    assert may_post_need(newcomer.account, site)
    assert db.session.query(Mail).filter_by(kind="membership_granted").one().recipient == newcomer.account.email


def test_somebody_who_waits_may_draft_and_not_post(site, newcomer):
    assert may_draft_need(newcomer.account, site)
    assert not may_post_need(newcomer.account, site)


def test_nobody_posts_for_an_organisation_that_is_not_verified(make):
    site = make.organisation(state=OrganisationState.TO_VERIFY)
    assert not may_post_need(make.employer(site), site)


def test_a_member_decides_nothing(make, sign_in, site, newcomer):
    member = make.account(Role.EMPLOYER)
    make.membership(member, site, role=MembershipRole.MEMBER)
    client = sign_in(member)
    token = client.new_csrf_token()
    assert client.post(place_url(newcomer, "accorder"), data={"csrf_token": token}).status_code == 404


def test_the_manager_of_another_site_sees_nothing(make, sign_in, site, newcomer):
    client = sign_in(make.employer())
    assert client.get(site_url(site)).status_code == 404
    assert client.get(place_url(newcomer, "refuser")).status_code == 404


def test_somebody_who_waits_does_not_see_the_people(sign_in, make, site, newcomer):
    manager = make.employer(site)
    assert manager.email not in sign_in(newcomer.account).page(site_url(site)).text


def test_a_refusal_needs_a_reason_which_the_person_reads(make, sign_in, site, newcomer, db):
    client = sign_in(make.employer(site))
    assert client.post_form(place_url(newcomer, "refuser")).status_code == 422
    client.post_form(place_url(newcomer, "refuser"), {"reason": "Nous ne vous connaissons pas."})
    assert "Nous ne vous connaissons pas." in db.session.query(Mail).filter_by(kind="membership_refused").one().text


@pytest.mark.parametrize("verb", ["retirer", "ne-plus-gerer"])
def test_an_organisation_never_loses_its_last_manager(make, sign_in, site, verb, db):
    manager = make.employer(site)
    place = db.session.query(Membership).one()
    at = None if verb == "retirer" else site_url(site)
    answer = sign_in(manager).post_form(place_url(place, verb), at=at)
    assert answer.status_code == 409
    assert "la seule personne qui gère" in answer.page.text


def test_one_of_two_managers_may_leave(make, sign_in, site, db):
    manager, place = make.employer(site), make.membership(make.account(Role.EMPLOYER), site)
    answer = sign_in(place.account).post_form(place_url(place, "retirer"))
    assert answer.location == "/entreprise/etablissements"
    assert may_post_need(manager, site)
    assert not may_post_need(place.account, site)


def test_a_manager_whose_account_is_closed_does_not_count(make, sign_in, site):
    from campus import clock

    make.membership(make.account(Role.EMPLOYER, disabled_at=clock.now()), site)
    place = make.membership(make.account(Role.EMPLOYER), site)
    assert sign_in(place.account).post_form(place_url(place, "retirer")).status_code == 409


def test_staff_verify_an_organisation_and_its_first_manager_is_in(make, as_staff):
    site = make.organisation(state=OrganisationState.TO_VERIFY)
    place = make.membership(make.account(Role.EMPLOYER), site, state=MembershipState.PENDING)
    as_staff.post_form(f"/campus/entreprises/{site.id}/verifier", at="/campus/entreprises")
    assert may_post_need(place.account, fresh(site))


def test_staff_refuse_an_organisation_with_those_who_wait(make, as_staff, db):
    site = make.organisation(state=OrganisationState.TO_VERIFY)
    place = make.membership(make.account(Role.EMPLOYER), site, state=MembershipState.PENDING)
    as_staff.post_form(f"/campus/entreprises/{site.id}/refuser", {"reason": "SIRET fermé."})
    place = fresh(place)
    assert (place.state, place.reason) == (MembershipState.REFUSED, "SIRET fermé.")


def test_the_first_person_let_in_becomes_the_manager(make, as_staff, newcomer, db):
    as_staff.post_form(place_url(newcomer, "accorder"), at="/campus/entreprises")
    assert fresh(newcomer).role is MembershipRole.MANAGER


def test_an_invited_person_joins_with_a_name_and_a_password(make, app, sign_in, site, db):
    client = sign_in(make.employer(site))
    client.post_form(f"{site_url(site)}/personnes/inviter", {"email": "Recrue@Exemple.fr"})
    text = db.session.query(Mail).filter_by(kind="invitation_to_site").one().text
    link = "/compte/" + re.search(r"/compte/(\S+)", text)[1]
    guest = app.test_client()
    guest.post_form(link, {"name": "Inès Roy", "password": PASSWORD})
    assert "Inès Roy" in guest.page(site_url(site)).text
    assert app.test_client().get(link).status_code == 404


def test_a_site_that_one_left_can_be_asked_for_again(make, sign_in, db):
    site = make.organisation(siret="73282932000074")
    place = make.membership(make.account(Role.EMPLOYER), site, state=MembershipState.REVOKED)
    sign_in(place.account).post_form("/entreprise/etablissements/rejoindre/73282932000074")
    place = fresh(place)
    assert (place.state, place.role) == (MembershipState.PENDING, MembershipRole.MEMBER)


def test_a_waiting_person_reads_who_must_act(sign_in, make, site, newcomer):
    manager = make.employer(site)
    page = sign_in(newcomer.account).page("/entreprise/etablissements")
    assert "Et maintenant ?" in page.text
    assert manager.display_name in page.text

"""The pages about needs, of the firm, of the staff, and behind the links of mails."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus.models import Mail, MembershipState, Need, NeedDraft, NeedState
from campus.services import need_lives
from tests.needs.walk import NEW, people, trade, walk

NEEDS = "/entreprise/besoins"


@pytest.fixture
def need(as_employer, make):
    return make.need(make.organisation_of(as_employer.account), as_employer.account)


def test_an_empty_list_offers_to_describe_a_need(as_employer):
    assert as_employer.page(f"{NEEDS}/").links["Décrire un besoin"] == f"{NEW}"


def test_the_list_says_who_acts_next(as_employer, make):
    walk(as_employer, [make.skill() for _ in range(3)])
    page = as_employer.page(f"{NEEDS}/")
    assert "Conductrice de ligne" in page.text
    assert "Le campus" in page.text


def test_the_list_asks_the_database_as_much_for_many_needs(as_employer, make, count_queries):
    site = make.organisation_of(as_employer.account)
    for _ in range(12):
        make.need(site, as_employer.account, occupation=make.occupation(), commune=make.commune())
    with count_queries(at_most=8):
        as_employer.page(f"{NEEDS}/")


def test_the_page_of_a_need_asks_the_database_for_little(as_employer, need, count_queries):
    with count_queries(at_most=12):
        as_employer.page(f"{NEEDS}/{need.id}")


def test_each_step_of_the_wizard_asks_the_database_for_little(as_employer, make, count_queries):
    as_employer.post_form(f"{NEW}/1", trade([make.skill() for _ in range(8)]))
    as_employer.post_form(f"{NEW}/2", people())
    as_employer.post_form(f"{NEW}/3", {})
    for step in (1, 2, 3, 4):
        with count_queries(at_most=12):
            as_employer.page(f"{NEW}/{step}")


def test_another_firms_need_is_not_found(as_employer, make):
    theirs = make.need().id
    assert as_employer.get(f"{NEEDS}/{theirs}").status_code == 404
    assert as_employer.get(f"{NEEDS}/{theirs}/modifier/1").status_code == 404


def test_a_need_is_revised_through_the_same_steps(as_employer, need, db):
    step = f"{NEEDS}/{need.id}/modifier"
    as_employer.post_form(f"{step}/2", {"posts": "7"})
    answer = as_employer.post_form(f"{step}/4", {})
    assert answer.location.endswith(str(need.id))
    assert db.session.get(Need, need.id).posts == 7


def test_a_withdrawal_offers_to_come_back_on_it(as_employer, need, db):
    page = f"{NEEDS}/{need.id}"
    as_employer.post_form(f"{page}/retirer", {"why": "filled"})
    assert "Vous pouvez revenir en arrière pendant 10 minutes" in as_employer.page(page).text
    as_employer.post_form(f"{page}/retablir", {}, at=page)
    assert db.session.get(Need, need.id).state is NeedState.PUBLISHED


def test_a_session_that_ended_leads_back_to_the_same_step(client):
    answer = client.post(f"{NEW}/2", data={"csrf_token": client.new_csrf_token()})
    assert answer.location.endswith("next=/entreprise/besoins/nouveau/2")


def test_what_was_sent_after_the_session_had_ended_is_sent_again_after_signing_in(client, make, db):
    person = make.employer(password=make.PASSWORD)
    advert = "Nous cherchons\n4 « soudeuses »"
    asked = client.post(f"{NEW}/1", data={"csrf_token": client.new_csrf_token(), "advert": advert})
    assert asked.status_code == 403
    sign_in = asked.page.forms[-1]
    said = {**sign_in.values, "email": person.email, "password": make.PASSWORD}
    again = client.post(sign_in.action, data=said).page.forms[-1]
    assert client.post(again.action, data=again.values).status_code == 422
    typed = db.session.scalars(select(NeedDraft)).one().answers["trade"]["advert"]
    assert [line.strip() for each in typed for line in each.split("\n")] == advert.split("\n")


def test_a_duplicate_is_pointed_out_before_posting(as_employer, make):
    work = make.occupation()
    kept = [make.skill() for _ in range(3)]
    make.need(make.organisation_of(as_employer.account), as_employer.account, occupation=work, title="Déjà là")
    as_employer.post_form(f"{NEW}/1", trade(kept, occupation=str(work.id)))
    as_employer.post_form(f"{NEW}/2", people())
    as_employer.post_form(f"{NEW}/3", {})
    assert "Déjà là" in as_employer.page(f"{NEW}/4").text


def test_a_pending_access_is_said_on_the_list(make, sign_in):
    person = make.account(role="employer")
    make.membership(person, make.organisation(name="Usine du Bois"), state=MembershipState.PENDING)
    assert "Votre accès à Usine du Bois est en vérification" in sign_in(person).page(f"{NEEDS}/").text


def test_the_staff_publish_a_need(as_staff, make, db):
    need = make.need(state=NeedState.IN_MODERATION)
    as_staff.post_form(f"/campus/besoins/{need.id}/publier", {}, at=f"/campus/besoins/{need.id}")
    assert db.session.get(Need, need.id).state is NeedState.PUBLISHED


def test_the_staff_ask_for_a_precision_and_must_say_which(as_staff, make):
    need = make.need(state=NeedState.IN_MODERATION)
    page = f"/campus/besoins/{need.id}"
    assert as_staff.post_form(f"{page}/preciser", {"question": ""}, at=page).status_code == 422
    assert as_staff.post_form(f"{page}/preciser", {"question": "Quel outil ?"}, at=page).status_code == 303


def test_the_staffs_list_is_narrowed_by_state(as_staff, make):
    make.need(title="Relu", state=NeedState.PUBLISHED)
    make.need(title="À relire", state=NeedState.IN_MODERATION)
    page = as_staff.page("/campus/besoins/?etat=in_moderation")
    assert "À relire" in page.text
    assert "Relu" not in page.text


def test_the_staffs_list_asks_the_database_for_little(as_staff, make, count_queries):
    for _ in range(15):
        make.need(occupation=make.occupation())
    with count_queries(at_most=8):
        as_staff.page("/campus/besoins/")


def test_the_link_of_a_mail_opens_a_page_whose_button_renews(client, make, db):
    need = make.need()
    need.expires_at = clock.now() + timedelta(days=6)
    need_lives.ask_renewals(clock.now())
    db.session.commit()
    path = re.search(r"/besoins/prolonger/\S+", db.session.scalars(select(Mail)).one().text)[0]
    assert "Il expire le" in client.page(path).text
    client.post_form(f"{path}/prolonger", {}, at=path)
    assert db.session.get(Need, need.id).expires_at > clock.now() + timedelta(days=89)
    assert "Votre réponse est enregistrée" in client.page(path).text


def test_words_typed_find_a_skill_without_its_accents(client, make):
    make.skill("Contrôler la conformité d'un lot")
    found = client.get("/recherche/competences?q=controler lot").json
    assert [each["label"] for each in found] == ["Contrôler la conformité d'un lot"]

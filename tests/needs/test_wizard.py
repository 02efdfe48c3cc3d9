"""The need wizard, step by step."""

from sqlalchemy import select

from campus.models import Need, NeedDraft, NeedState
from tests.needs.walk import NEW, people, token_of, trade, walk


def skills(make):
    return [make.skill() for _ in range(3)]


def test_four_steps_post_a_need(as_employer, make, db):
    answer = walk(as_employer, skills(make))
    need = db.session.scalars(select(Need)).one()
    assert answer.status_code == 303
    assert answer.location.endswith(str(need.id))
    assert (need.state, need.posts, len(need.skills)) == (NeedState.IN_MODERATION, 4, 3)


def test_a_posted_need_leaves_no_draft(as_employer, make, db):
    walk(as_employer, skills(make))
    assert db.session.scalars(select(NeedDraft)).all() == []


def test_jumping_ahead_leads_to_the_first_incomplete_step(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)))
    assert as_employer.get(f"{NEW}/4").location.endswith("/nouveau/2")


def test_an_invalid_answer_is_kept_as_it_was_typed(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)))
    answer = as_employer.post_form(f"{NEW}/2", people(posts="une dizaine"))
    assert answer.status_code == 422
    assert as_employer.page(f"{NEW}/2").forms[-1].values["posts"] == ["une dizaine"]


def test_a_page_after_an_error_says_so_in_its_title(as_employer, make):
    answer = as_employer.post_form(f"{NEW}/1", trade(skills(make)[:2]))
    assert answer.page.title.startswith("Erreur :")
    assert "Gardez au moins 3 compétences" in answer.page.text


def test_going_back_shows_what_was_said(as_employer, make):
    kept = skills(make)
    as_employer.post_form(f"{NEW}/1", trade(kept, **{f"level-{kept[0].id}": "3"}))
    as_employer.post_form(f"{NEW}/2", people())
    assert as_employer.page(f"{NEW}/1").forms[-1].values[f"level-{kept[0].id}"] == ["3"]


def test_looking_at_the_wizard_writes_nothing(as_employer, db):
    as_employer.page(f"{NEW}/1")
    assert db.session.scalars(select(NeedDraft)).all() == []


def test_a_draft_is_resumed_or_begun_again(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)[:1]))
    page = as_employer.page(NEW)
    assert "Reprendre le brouillon du" in page.text
    as_employer.post_form(f"{NEW}/recommencer", {}, at=NEW)
    assert as_employer.page(f"{NEW}/1").forms[-1].values["title"] == [""]


def test_a_draft_begun_again_can_be_taken_back(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)[:1]))
    as_employer.post_form(f"{NEW}/recommencer", {}, at=NEW)
    as_employer.post_form(f"{NEW}/retablir", {}, at=f"{NEW}/1")
    assert as_employer.page(f"{NEW}/1").forms[-1].values["title"] == ["Conductrice de ligne"]


def test_there_is_only_ever_one_draft(as_employer, make, db):
    for _ in range(3):
        as_employer.post_form(f"{NEW}/1", trade(skills(make)[:1]))
    assert len(db.session.scalars(select(NeedDraft)).all()) == 1


def test_typing_is_saved_without_being_checked(as_employer, db):
    token = token_of(as_employer)
    answer = as_employer.post(f"{NEW}/2/brouillon", data={"csrf_token": token, "posts": "quel"})
    assert answer.json["saved_at"]
    assert db.session.scalars(select(NeedDraft)).one().answers["people"] == {"posts": ["quel"]}


def test_a_pending_access_keeps_the_draft(make, sign_in, db):
    from campus.models import MembershipState

    person = make.account(role="employer")
    make.membership(person, make.organisation(), state=MembershipState.PENDING)
    client = sign_in(person)
    client.post_form(f"{NEW}/1", trade(skills(make)))
    client.post_form(f"{NEW}/2", people())
    client.post_form(f"{NEW}/3", {})
    assert "en vérification" in client.page(f"{NEW}/4").text
    answer = client.post(f"{NEW}/4", data={"csrf_token": token_of(client)})
    assert answer.status_code == 409
    assert len(db.session.scalars(select(NeedDraft)).all()) == 1


def test_the_latest_date_comes_after_the_earliest(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)))
    as_employer.post_form(f"{NEW}/2", people())
    answer = as_employer.post_form(f"{NEW}/3", {"earliest": "2099-05-01", "latest": "2099-04-01"})
    assert answer.status_code == 422
    assert "doit venir après" in answer.page.text


def test_a_distance_closes_the_condition_of_courses_too_far_from_the_post(as_employer, make, db):
    lille = make.commune(code="59350", name="Lille", search_name="lille", latitude=50.63, longitude=3.06)
    make.commune()
    asked = skills(make)
    make.course_session(make.course(asked), commune_code=lille.code)

    walk(as_employer, asked, constraints={"place": "Chartres", "max_km": "60"})

    need = db.session.scalars(select(Need)).one()
    assert need.max_km == 60
    text = as_employer.page(f"/entreprise/besoins/{need.id}").text
    assert "formations à 60 km au plus" in text
    assert "au-delà de vos 60 km" in text


def test_a_distance_is_measured_from_a_commune(as_employer, make):
    as_employer.post_form(f"{NEW}/1", trade(skills(make)))
    as_employer.post_form(f"{NEW}/2", people())
    for typed, said in (({"max_km": "60"}, "Indiquez aussi la commune"), ({"max_km": "0"}, "entre 1 et 500 km")):
        answer = as_employer.post_form(f"{NEW}/3", typed)
        assert answer.status_code == 422
        assert said in answer.page.text

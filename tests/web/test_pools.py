"""The pages of pools: what is missing, joining, and firms that stay anonymous until both agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import CourseState, Mail, NeedPost, Pool, PostState
from campus.services import pools
from campus.services.matches import match_need
from campus.services.pools import PoolPlan
from campus.web.filters import day


@pytest.fixture
def firms(make):
    return [make.employer(make.organisation(name=name)) for name in ("Ateliers Courvoise", "Vauconne SA")]


@pytest.fixture
def pool(make, firms):
    needs = [make.need(make.organisation_of(each), each, posts=4) for each in firms]
    announced = PoolPlan(minimum=8, seats_max=12, deadline=clock.today() + timedelta(days=20))
    made = pools.compose(make.staff(), make.course(), announced, needs=needs)
    db.session.commit()
    return made


def address(pool):
    return f"/entreprise/groupements/{pool.id}"


def own(pool, firm):
    return next(each for each in pool.members if each.author_id == firm.id)


def test_the_page_says_what_is_missing_and_a_firm_joins_from_it(pool, firms, sign_in):
    browser = sign_in(firms[0])
    browser.post_form(f"{address(pool)}/places/{own(pool, firms[0]).id}/rejoindre", {"posts": "4"}, at=address(pool))
    page = browser.get(address(pool)).text
    assert "Il manque 4 inscrits pour ouvrir avant le" in page


def test_a_wrong_number_of_posts_stays_on_the_page(pool, firms, sign_in):
    url = f"{address(pool)}/places/{own(pool, firms[0]).id}/rejoindre"
    answer = sign_in(firms[0]).post_form(url, {"posts": "six"}, at=address(pool))
    assert answer.status_code == 422
    assert 'value="six"' in answer.text


@pytest.mark.parametrize(("first", "second"), [(False, False), (True, False), (False, True), (True, True)])
def test_no_page_or_mail_names_another_firm_before_both_agreed(pool, firms, sign_in, first, second):
    for firm, agreed in zip(firms, (first, second), strict=True):
        pools.join(firm, own(pool, firm), 4)
        pools.agree_to_be_named(firm, own(pool, firm), agreed=agreed)
    db.session.commit()
    browser, need = sign_in(firms[0]), own(pool, firms[0]).need_id
    pages = [
        address(pool),
        "/entreprise/groupements/",
        f"/entreprise/besoins/{need}",
        f"/entreprise/besoins/{need}/engagement/",
    ]
    read = [browser.get(each).text for each in pages]
    read += db.session.scalars(select(Mail.text + Mail.subject).where(Mail.recipient == firms[0].email)).all()
    named = any("Vauconne" in each for each in read)
    assert named == (first and second)


def test_staff_announce_a_pool_and_invite_from_its_form(make, as_staff, firms):
    need, course = make.need(make.organisation_of(firms[0]), firms[0]), make.course()
    said = {"minimum": "4", "seats_max": "8", "deadline": (clock.today() + timedelta(days=9)).isoformat()}
    sent = {**said, "put_off_days": "30", "cost": "9000,50", "course": str(course.id), "need": str(need.id)}
    answer = as_staff.post("/campus/groupements/nouveau", data={**sent, "csrf_token": as_staff.new_csrf_token()})
    made = db.session.scalars(select(Pool)).one()
    assert answer.location.endswith(str(made.id))
    assert [each.need_id for each in made.members] == [need.id]


def test_two_firms_needs_that_one_course_covers_are_proposed(make, as_staff, firms):
    skills = [make.skill() for _each in range(3)]
    make.course(skills, title="Souder en TIG")
    for firm in firms:
        match_need(make.need(make.organisation_of(firm), firm, skills=skills))
    db.session.commit()
    page = as_staff.get("/campus/groupements/").text
    assert "Souder en TIG" in page
    assert "4 postes de 2 entreprises" in page
    db.session.scalars(select(NeedPost)).first().state = PostState.HIRED
    db.session.commit()
    assert "3 postes de 2 entreprises" in as_staff.get("/campus/groupements/").text


def test_two_sites_of_one_firm_are_no_pool(make, as_staff):
    skills = [make.skill() for _each in range(3)]
    make.course(skills, title="Souder en TIG")
    for site in make.sites_of_one_firm(2):
        match_need(make.need(site, skills=skills))
    db.session.commit()
    assert "4 postes de" not in as_staff.get("/campus/groupements/").text


def test_staff_open_the_session_of_a_pool_that_reached_its_minimum_and_find_it(pool, firms, make, sign_in):
    for firm in firms:
        pools.join(firm, own(pool, firm), 4)
    db.session.commit()
    pool_id, page = pool.id, f"/campus/groupements/{pool.id}"
    browser = sign_in(make.staff())
    answer = browser.post_form(f"{page}/ouvrir", {}, at=page)
    session = f"/campus/sessions/{db.session.get_one(Pool, pool_id).course_session_id}"
    assert answer.location.endswith(session)
    assert session in browser.page(page).html


def test_a_session_too_near_the_deadline_is_refused_with_the_first_day_that_would_do(make, as_staff):
    last = clock.today() + timedelta(days=9)
    said = {"minimum": "4", "seats_max": "8", "deadline": last.isoformat(), "put_off_days": "30"}
    said |= {"starts_on": (last + timedelta(days=7)).isoformat(), "course": str(make.course().id)}
    answer = as_staff.post("/campus/groupements/nouveau", data={**said, "csrf_token": as_staff.new_csrf_token()})
    assert answer.status_code == 422
    assert f"Choisissez le {day(last + timedelta(days=8))} ou plus tard." in answer.text
    assert db.session.scalars(select(Pool)).all() == []


def test_staff_see_and_settle_the_seats_that_could_not_be_reserved(pool, firms, make, sign_in):
    for firm in firms:
        pools.join(firm, own(pool, firm), 4)
    pool.course.state = CourseState.DRAFT
    db.session.commit()
    page, places = f"/campus/groupements/{pool.id}", [own(pool, firm).id for firm in firms]
    browser = sign_in(make.staff())
    assert browser.post_form(f"{page}/ouvrir", {}, at=page).location.endswith("#sans-place")
    assert "Vauconne SA, " in browser.get("/campus/a-traiter/").text
    assert browser.post_form(f"{page}/places/{places[0]}/reserver", {}, at=page).status_code == 409
    for each in places:
        assert "Places non réservées, à régler" in browser.get(page).text
        browser.post_form(f"{page}/places/{each}/regler", {}, at=page)
    assert "Places non réservées, à régler" not in browser.get(page).text
    assert "Vauconne SA, " not in browser.get("/campus/a-traiter/").text

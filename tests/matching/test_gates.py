from datetime import date, timedelta

import pytest

from campus.matching.gates import distance_km
from campus.matching.values import ANYWHERE, Rules
from tests.matching.samples import (
    CHARTRES,
    DREUX,
    LATEST,
    course,
    essential,
    gate,
    judge,
    need,
    only_match,
    session,
)

ASKED = need(essential("a"), essential("b"), essential("c"))


def match_with(*sessions, asked=ASKED, rules=None, **more):
    return only_match(asked, course(1, ("a", 0, 2), sessions=sessions, **more), rules=rules)


def test_a_session_that_ends_before_the_latest_date_passes():
    dates = gate(match_with(session(days_before=10)), "dates")
    assert (dates.verdict, dates.code, dates.values["days"]) == ("yes", "dates.in_time", 10)


def test_a_session_that_ends_too_late_says_by_how_many_days():
    dates = gate(match_with(session(days_before=-12)), "dates")
    assert (dates.code, dates.change) == ("dates.too_late", {"days": 12})
    assert dates.values["ends_on"] == (LATEST + timedelta(days=12)).isoformat()


def test_the_hiring_margin_counts():
    dates = gate(match_with(session(days_before=10), rules=Rules(hiring_margin_days=15)), "dates")
    assert dates.change == {"days": 5}


def test_a_course_without_session_is_not_known_rather_than_refused():
    assert gate(match_with(), "dates").code == "dates.no_session"


def test_a_session_without_dates_is_not_known():
    assert gate(match_with(session(start=None, end=None)), "dates").code == "dates.not_dated"


@pytest.mark.parametrize("closed", [{"open": False}, {"registration_deadline": date(2026, 1, 4)}])
def test_closed_registrations_close_the_gate(closed):
    assert gate(match_with(session(**closed)), "dates").code == "dates.registration_closed"


def test_a_session_already_begun_is_not_proposed():
    begun = session("begun", start=date(2026, 1, 2))
    assert match_with(begun, session("next")).session_id == "next"


def test_the_session_with_fewest_closed_gates_is_chosen():
    sessions = session("late", -5), session("full", 60, seats_left=0), session("good", 3)
    assert match_with(*sessions).session_id == "good"


def test_the_earliest_end_is_chosen_among_equals():
    assert match_with(session("later", 3), session("sooner", 30)).session_id == "sooner"


def test_fewer_seats_than_posts_is_open_and_says_how_many_miss():
    seats = gate(match_with(session(seats_left=1)), "seats")
    assert (seats.code, seats.values["missing"]) == ("seats.some", 1)


def test_no_seat_left_asks_for_the_missing_ones():
    assert gate(match_with(session(seats_left=0)), "seats").change == {"seats": 2}


def test_seats_not_known_are_not_refused():
    assert gate(match_with(session(seats_left=None)), "seats").verdict == "unknown"


def test_a_session_too_far_says_how_many_km_too_far():
    near = need(*ASKED.skills, max_km=20)
    distance = gate(match_with(session(point=DREUX), asked=near), "distance")
    assert distance.code == "distance.too_far"
    assert distance.change == {"km": pytest.approx(distance.values["km"] - 20, abs=0.05)}


def test_a_session_followed_at_a_distance_is_never_too_far():
    near = need(*ASKED.skills, max_km=20, point=None)
    afar = gate(match_with(session(point=ANYWHERE), asked=near), "distance")
    assert (afar.verdict, afar.code) == ("yes", "distance.remote")


def test_distance_is_the_great_circle():
    assert distance_km(CHARTRES, DREUX) == pytest.approx(33.4, abs=0.3)


def test_no_distance_limit_accepts_any_place():
    assert gate(match_with(session(point=None)), "distance").code == "distance.no_limit"


def test_a_certification_that_ends_before_the_start_closes_the_gate():
    start = session().start
    expired = gate(match_with(session(), certification_ends_on=start - timedelta(days=1)), "certification")
    assert (expired.code, expired.change) == ("certification.expires", {"days": 1})


def test_an_entry_level_asked_of_nobody_known_is_not_known():
    entry = gate(only_match(ASKED, course(1, ("a", 2, 3))), "entry")
    assert (entry.code, entry.values["skills"][0]["required"]) == ("entry.unknown", 2)


def test_an_entry_level_too_low_says_how_many_levels_miss():
    entry = gate(only_match(ASKED, course(1, ("a", 3, 4)), profile={"a": 1}), "entry")
    assert (entry.code, entry.change) == ("entry.too_low", {"levels": 2})


def test_an_entry_level_the_person_has_not_told_is_not_known():
    offered = course(1, ("a", 3, 4), ("b", 1, 2), ("c", 1, 2))
    entry = gate(only_match(ASKED, offered, profile={"a": 3, "c": 1}), "entry")
    assert (entry.code, [each["skill_id"] for each in entry.values["skills"]]) == ("entry.unknown", ["b"])


def test_a_level_the_course_itself_brings_is_not_asked_at_its_door():
    offered = course(1, ("a", 2, 3), ("a", 0, 2))
    assert gate(only_match(ASKED, offered), "entry").code == "entry.none_asked"


def test_what_is_missing_is_an_answer_of_its_own():
    answer = judge(need(essential("a"), essential("b")), course(1, ("a", 0, 2)))
    (reason,) = answer.not_enough
    assert (reason.code, reason.values) == ("need.few_skills", {"have": 2, "want": 3, "missing": 1})

"""Two people at once, in transactions of their own that are really committed."""

import threading

import pytest
from sqlalchemy import select

from campus import db as campus_db
from campus.errors import Refused
from campus.models import (
    Document,
    Enrolment,
    EnrolmentState,
    LinkPurpose,
    Membership,
    MembershipRole,
    OneTimeLink,
    Role,
)
from campus.queries.links import open_link
from campus.queries.organisations import managers_of
from campus.services import attempts, links, memberships
from campus.services.issuing import issue_call_up
from tests import make


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def real_db(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "races.sqlite"):
        yield


def at_once(*acts):
    """Run each act in a thread and a transaction of its own, all from the same moment; give what they said."""
    start, said = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            with campus_db.transaction():
                act()
            said.append("done")
        except Refused as refusal:
            said.append(type(refusal).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(said)


def test_two_managers_who_leave_at_once_do_not_both_leave(real_db):
    site = make.organisation()
    places = [make.membership(make.account(Role.EMPLOYER), site).id for _turn in range(2)]

    def leave(place_id):
        place = campus_db.session.get(Membership, place_id)
        memberships.revoke(place.account, place)

    assert at_once(*[lambda each=each: leave(each) for each in places]) == ["LastManager", "done"]
    assert len(managers_of(site)) == 1


def test_a_link_used_twice_at_once_works_once(real_db):
    token = "a-secret"
    link = make.invitation(token_digest=links.digest(token)).id

    def use():
        links.spend(campus_db.session.get(OneTimeLink, link))

    assert at_once(use, use) == ["LinkIsSpent", "done"]
    assert open_link(token, LinkPurpose.INVITATION) is None


def test_forty_guesses_at_once_are_ten(real_db):
    key = attempts.key_of("account", "a@exemple.fr")

    def guess():
        attempts.check("sign_in", key)
        attempts.note("sign_in", key)

    assert at_once(*[guess] * 40).count("done") == attempts.MOST


def test_the_first_person_let_in_twice_at_once_is_let_in_once(real_db):
    site, staff = make.organisation(), make.staff()
    place = make.membership(
        make.account(Role.EMPLOYER), site, role=MembershipRole.MEMBER, state=make.MembershipState.PENDING
    ).id

    def let_in():
        memberships.grant(staff, campus_db.session.get(Membership, place))

    assert at_once(let_in, let_in) == ["AlreadyDecided", "done"]


def test_documents_issued_at_once_get_numbers_without_gap_and_no_twin(real_db):
    staff, session = make.staff(), make.course_session()
    people = [make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED).id for _turn in range(3)]

    def call_up(key):
        issue_call_up(campus_db.session.merge(staff), campus_db.session.get_one(Enrolment, key))

    at_once(*[lambda key=key: call_up(key) for key in (*people, *people)])
    assert [int(each[-6:]) for each in sorted(campus_db.session.scalars(select(Document.number)))] == [1, 2, 3]

"""Numbers that nobody else gets, whoever asks at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete

from campus import db
from campus.models import Revision
from campus.services.numbers import next_number
from tests.conftest import BOTH

SERIES = "numbers of a test"


@pytest.fixture(params=BOTH)
def committing(request, databases):
    """A database in which what a thread commits is seen by the others."""
    db.use(databases.engine(request.param))
    yield
    with db.transaction():
        db.session.execute(delete(Revision).where(Revision.name == SERIES))


def take_one(_turn):
    with db.transaction():
        return next_number(SERIES)


@pytest.mark.usefixtures("committing")
def test_twenty_who_ask_at_once_get_twenty_numbers_without_a_hole():
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert sorted(pool.map(take_one, range(20))) == list(range(1, 21))

"""What the tests of courses share."""

import pytest


@pytest.fixture
def fresh(db):
    """Read a row again as the database has it: what a request changed is not seen on rows made before it."""

    def read(row):
        key = row.id
        db.session.expire_all()
        return db.session.get(type(row), key)

    return read

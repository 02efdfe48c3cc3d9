"""What gunicorn serves under load: the application as it is, or its twin without the lock.

The twin (`CAMPUS_LOAD_TWIN=1`) is how one would write it at first: read the seats, think, then write; on SQLite in a
transaction that only becomes a writer when it writes. It is there to show that the load can see the fault.
"""

import os
import time
import uuid

from sqlalchemy import Connection, event, select, update

from campus import create_app, db
from campus.models import CourseSession
from campus.services import seats
from campus.web import transaction

THINKING_S = 0.05


def read_then_write(course_session_id: uuid.UUID) -> int | None:
    """Decide from what was read, as if nobody else were there."""
    this = CourseSession.id == course_session_id
    taken, most, last = db.session.execute(
        select(CourseSession.seats_taken, CourseSession.seats_max, CourseSession.last_rank).where(this)
    ).one()
    time.sleep(THINKING_S)
    change = {"seats_taken": CourseSession.seats_taken + 1} if taken < most else {"last_rank": last + 1}
    quiet = {"synchronize_session": False}
    db.session.execute(update(CourseSession).where(this).values(change), execution_options=quiet)
    return None if taken < most else last + 1


def forget_checks(connection: Connection, _record: object) -> None:
    """Let SQLite write what a CHECK forbids."""
    connection.execute("PRAGMA ignore_check_constraints=ON")


app = create_app()
if os.environ.get("CAMPUS_LOAD_TWIN"):
    seats.take_place = read_then_write
    app.before_request_funcs[None].remove(transaction.announce)
    if db.is_sqlite():
        event.listen(db.engine(), "connect", forget_checks)

"""What gunicorn serves under load: the application as it is, or its twin without the lock.

The twin (`CAMPUS_LOAD_TWIN=1`) is how one would write it at first: look at the seats, think, then write what was
decided, in a transaction that comes too late to know better. It is there to show that the load can see the fault.
"""

import os
import time
import uuid

from flask import g, request
from sqlalchemy import Connection, event, select, update

from campus import create_app, db
from campus.models import CourseSession
from campus.services import seats

THINKING_S = 0.05


def look() -> None:
    """Read the seats before the request's own transaction begins, as if nobody else came between."""
    wanted = (request.view_args or {}).get("course_session_id")
    if request.method != "POST" or wanted is None:
        return
    seen = select(CourseSession.seats_taken, CourseSession.seats_max)
    with db.engine().connect() as connection:
        g.seen = connection.execute(seen.where(CourseSession.id == wanted)).one()
    time.sleep(THINKING_S)


def write(course_session_id: uuid.UUID) -> bool:
    """Take a seat or not, as was decided from what was seen."""
    taken, most = g.seen
    if taken >= most:
        return False
    change = update(CourseSession).where(CourseSession.id == course_session_id)
    more = change.values(seats_taken=CourseSession.seats_taken + 1)
    db.session.execute(more, execution_options={"synchronize_session": False})
    return True


def forget_checks(connection: Connection, _record: object) -> None:
    """Let SQLite write what a CHECK forbids."""
    connection.execute("PRAGMA ignore_check_constraints=ON")


app = create_app()
if os.environ.get("CAMPUS_LOAD_TWIN"):
    app.before_request_funcs[None].insert(0, look)
    seats.take_seat = write
    if db.is_sqlite():
        event.listen(db.engine(), "connect", forget_checks)

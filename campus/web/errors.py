"""What a person sees when something does not work."""

from __future__ import annotations

import sqlite3

import structlog
from flask import Flask, g, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from campus import db
from campus.errors import Refused
from campus.services.attempts import TooManyAttempts
from campus.web.held import typed
from campus.web.refusals import sentence
from campus.web.signed_in import treat_as_visitor

log = structlog.get_logger(__name__)
RETRY_AFTER_S = "5"
Answer = tuple[str, int] | tuple[str, int, dict[str, str]]


def install(app: Flask) -> None:
    """Answer errors with pages that say what to do."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(CSRFError, lambda _error: page("csrf", 400))
    app.register_error_handler(Refused, refused)
    app.register_error_handler(TooManyAttempts, too_many)
    app.register_error_handler(StaleDataError, lambda _error: page("stale", 409))
    app.register_error_handler(IntegrityError, broken_constraint)
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(InterfaceError, database_away)
    app.register_error_handler(Exception, crash)


def page(name: str, status: int, **values: object) -> tuple[str, int]:
    """Render an error page after forgetting what the request had begun."""
    db.session.rollback()
    return render_template(f"errors/{name}.html", status=status, reference=g.get("request_id", ""), **values), status


def http_error(error: HTTPException) -> Answer | HTTPException:
    """Answer the usual errors in our own words."""
    status = error.code or 500
    if status < 400:
        return error
    names = {403: "forbidden", 404: "not_found", 405: "not_found", 413: "too_large", 429: "too_many"}
    text, _ = page(names.get(status, "other"), status)
    headers = {"Retry-After": str(error.retry_after)} if getattr(error, "retry_after", None) else {}
    return text, status, headers


def refused(error: Refused) -> Answer:
    """Show the rule that says no."""
    return page("refused", 409, message=sentence(error))


def too_many(error: TooManyAttempts) -> Answer:
    """Ask to wait after too many tries."""
    seconds = int(str(error.values["seconds"]))
    text, status = page("too_many", 429, minutes=-(-seconds // 60))
    return text, status, {"Retry-After": str(seconds)}


def broken_constraint(error: IntegrityError) -> Answer:
    """Answer a constraint that two people raced for; what else breaks one is a bug and is logged as such."""
    log.warning("constraint", error=str(error.orig))
    return page("stale", 409)


def database_away(error: DBAPIError) -> Answer:
    """Ask to try again when the database is busy, full or away."""
    log.error("database", error=str(error.orig), sqlite=isinstance(error.orig, sqlite3.Error))
    db.close()
    treat_as_visitor()  # the page must not ask the database who is reading it
    text, status = page("unavailable", 503, sent=typed())
    return text, status, {"Retry-After": RETRY_AFTER_S}


def crash(error: Exception) -> Answer:
    """Keep the details in the log and give the person a reference to quote."""
    log.exception("crash", exc_info=error)
    return page("crash", 500)

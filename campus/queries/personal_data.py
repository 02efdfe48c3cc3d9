"""All that is kept about one person, table by table: each column that points at them and is declared personal.

The tables are found from the declarations themselves (`__personal__`), so that none is forgotten when one is added.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, exists, or_, select

from campus import db
from campus.models import Account, AuditEvent, Base, Enrolment, Mail

SECRET = frozenset({"password_hash", "token_digest", "message_id", "once_key", "lease_until", "last_error"})
Rows = list[dict[str, Any]]


def personal_data(person: Account) -> dict[str, Rows]:
    """Give every row about a person, by table, as plain values; secrets left out; one query a table that has any.

    Files are left out too: a person opens their documents on their own page.
    """
    conditions = _conditions(person)
    there = select(*(exists().where(condition).label(model.__tablename__) for model, condition in conditions.items()))
    told = db.session.execute(there).one()._mapping
    return {
        model.__tablename__: _rows(model, condition)
        for model, condition in conditions.items()
        if told[model.__tablename__]
    }


def _conditions(person: Account) -> dict[type[Base], ColumnElement[bool]]:
    """Say, for each table that may speak of a person, which of its rows do."""
    found: dict[type[Base], ColumnElement[bool]] = {Account: Account.id == person.id}
    enrolments = select(Enrolment.id).where(Enrolment.account_id == person.id)
    for model in sorted(Base.__subclasses__(), key=lambda each: each.__tablename__):
        columns = [column for column in model.__table__.columns if column.name in model.__personal__]
        mine = [column == person.id for column in columns if _points_at(column, "accounts")]
        mine += [column.in_(enrolments) for column in columns if _points_at(column, "enrolments")]
        if mine:
            found[model] = or_(*mine)
    found[Mail] = Mail.recipient == person.email
    return found


def _points_at(column: Column[Any], table: str) -> bool:
    return any(key.column.table.name == table for key in column.foreign_keys)


def _rows(model: type[Base], condition: Any) -> Rows:
    hidden = SECRET | ({"details"} if model is AuditEvent else set())
    columns = [
        column
        for column in model.__table__.columns
        if column.name not in hidden and not isinstance(column.type, LargeBinary)
    ]
    return [dict(row) for row in db.session.execute(select(*columns).where(condition)).mappings()]

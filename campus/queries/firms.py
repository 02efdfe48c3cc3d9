"""Which firm a site belongs to: wherever firms are counted so that none is recognised, all sites of one count once."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from campus import db
from campus.models import Organisation

SIREN_DIGITS = 9
SIREN: ColumnElement[str] = func.substr(Organisation.siret, 1, SIREN_DIGITS)


def firms_of_sites() -> dict[str, str]:
    """Give the SIREN of every site, by the key of the site as figures write it."""
    return {str(key): siren for key, siren in db.session.execute(select(Organisation.id, SIREN))}


def count_firms() -> ColumnElement[int]:
    """Count the firms of the sites that a query joins."""
    return func.count(SIREN.distinct())

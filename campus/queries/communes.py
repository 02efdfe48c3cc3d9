"""Questions about communes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import func, or_, select

from campus import db
from campus.models import Commune

MOST = 12
TYPED = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<where>[0-9AB]{2,5})\))?$", re.IGNORECASE)


def plain_name(name: str) -> str:
    """Write a commune's name as it is looked for: no accent, no case, no sign, Saint for St."""
    letters = unicodedata.normalize("NFKD", name.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    words = re.split(r"[^a-z0-9]+", letters)
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words if word)


def communes_called(text: str) -> Sequence[Commune]:
    """List the communes that a text means: a name, a name with its department, an INSEE code or a postcode."""
    typed = text.strip()
    if re.fullmatch(r"[0-9][0-9AB][0-9]{3}", typed.upper()):
        same = or_(Commune.code == typed.upper(), Commune.postcodes.contains(typed))
        return db.session.scalars(select(Commune).where(same).order_by(Commune.name).limit(MOST)).all()
    found = TYPED.match(typed)
    name, where = (found["name"], found["where"]) if found else (typed, None)
    query = select(Commune).where(Commune.search_name == plain_name(name))
    if where:
        code = where.upper()
        query = query.where(or_(Commune.department == code, Commune.code == code, Commune.postcodes.contains(code)))
    return db.session.scalars(query.order_by(Commune.code).limit(MOST)).all()


def communes_beginning(text: str) -> Sequence[Commune]:
    """List the communes whose name or postcode begins so, those of the department first."""
    typed = plain_name(text)
    if not typed:
        return []
    column = Commune.postcodes if typed.isdigit() else Commune.search_name
    query = select(Commune).where(column.startswith(typed, autoescape=True))
    return db.session.scalars(query.order_by(Commune.department != "28", Commune.search_name).limit(MOST)).all()


def communes_are_known() -> bool:
    """Tell whether the list of communes has been imported."""
    return bool(db.session.scalar(select(func.count()).select_from(select(Commune.code).limit(1).subquery())))

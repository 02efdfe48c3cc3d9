"""Firms, those who act for them, trainers and trainees."""

from __future__ import annotations

from collections.abc import Iterator

from campus.demo.content import PASSWORD
from campus.demo.generated.draw import DAYS_BACK, Draw, Row, Table
from campus.models import Account, Membership, Organisation, random_id
from campus.passwords import hash_password

WORDS = {"employer": "entreprise", "trainee": "stagiaire", "trainer": "formateur"}
COURSES_A_TRAINER = 25


def people_tables(draw: Draw, *, organisations: int, trainees: int, courses: int) -> Iterator[Table]:
    """Give the rows of firms with one person each, of trainers, then of trainees; all have the password of the demo."""
    hashed = hash_password(PASSWORD)
    sites = [_organisation(draw, n) for n in range(organisations)]
    yield "Entreprises", Organisation, sites
    employers = [_account(draw, n, role="employer", hashed=hashed) for n in range(organisations)]
    yield "Personnes des entreprises", Account, employers
    yield "Rattachements", Membership, _memberships(draw, employers, sites)
    trainers = range(1 + courses // COURSES_A_TRAINER)
    yield "Formateurs", Account, [_account(draw, n, role="trainer", hashed=hashed) for n in trainers]
    yield "Stagiaires", Account, [_account(draw, n, role="trainee", hashed=hashed) for n in range(trainees)]


def _organisation(draw: Draw, n: int) -> Row:
    return {
        "id": random_id(),
        "siret": f"8{n:08d}00018",
        "name": f"Établissement {n + 1}",
        "naf": "2042Z",
        "commune_code": draw.luck.choice(draw.communes),
        "state": "verified",
        **draw.stamps(DAYS_BACK),
    }


def _account(draw: Draw, n: int, *, role: str, hashed: str) -> Row:
    word = WORDS[role]
    return {
        "id": random_id(),
        "email": f"{word}.{n}@grand.campus",
        "display_name": f"{word.capitalize()} {n}",
        "role": role,
        "password_hash": hashed,
        "confirmed_at": draw.now,
        **draw.stamps(),
    }


def _memberships(draw: Draw, employers: list[Row], organisations: list[Row]) -> list[Row]:
    return [
        {
            "id": random_id(),
            "account_id": person["id"],
            "organisation_id": site["id"],
            "role": "manager",
            "state": "granted",
            **draw.stamps(),
        }
        for person, site in zip(employers, organisations, strict=True)
    ]

"""Organisations: one site of a firm each, known by its SIRET."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.base import NOTHING_PERSONAL, Base, RandomKey, Timestamps
from campus.models.territory import Commune


class OrganisationState(enum.StrEnum):
    """How far the campus knows the site."""

    TO_VERIFY = "to_verify"
    VERIFIED = "verified"
    REFUSED = "refused"


class Organisation(RandomKey, Timestamps, Base):
    """One site of a firm; several sites share the nine digits of a SIREN."""

    __tablename__ = "organisations"
    __table_args__ = (CheckConstraint("length(siret) = 14", name="siret"),)
    __personal__ = NOTHING_PERSONAL

    siret: Mapped[str] = mapped_column(String(14), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    naf: Mapped[str] = mapped_column(String(5), default="")
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[OrganisationState] = mapped_column(default=OrganisationState.TO_VERIFY, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    verified_at: Mapped[datetime | None]

    commune: Mapped[Commune | None] = relationship()

    @property
    def siren(self) -> str:
        """Give the nine digits that all sites of the firm share."""
        return self.siret[:9]

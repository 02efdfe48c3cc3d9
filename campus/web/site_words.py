"""Organisations and places in them, in words: what state they are in, who acts next and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from campus.models import (
    Account,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationState,
    Role,
)
from campus.web.filters import short_day

ANSWER_WITHIN = timedelta(days=7)
Words = tuple[str, str]


@dataclass(frozen=True)
class NextStep:
    """What somebody waits for: who must act, before when, and what they can do meanwhile."""

    title: str
    who: str
    before: str
    meanwhile: str


def organisation_state(organisation: Organisation) -> Words:
    """Name the state of an organisation, and the kind of its tag."""
    return {
        OrganisationState.TO_VERIFY: (_("à vérifier"), "warn"),
        OrganisationState.VERIFIED: (_("vérifiée"), "ok"),
        OrganisationState.REFUSED: (_("refusée"), "bad"),
    }[organisation.state]


def place_state(membership: Membership) -> Words:
    """Name a person's place in an organisation, and the kind of its tag."""
    if membership.state is MembershipState.GRANTED:
        manages = membership.role is MembershipRole.MANAGER
        return (_("gère l'établissement"), "blue") if manages else (_("membre"), "")
    return {
        MembershipState.PENDING: (_("accès demandé"), "warn"),
        MembershipState.REFUSED: (_("accès refusé"), "bad"),
        MembershipState.REVOKED: (_("accès retiré"), "bad"),
    }[membership.state]


def next_step(membership: Membership, managers: list[str]) -> NextStep | None:
    """Say who must act before the person may publish; nothing when they may."""
    if membership.state is not MembershipState.PENDING:
        return None
    before = short_day(membership.updated_at + ANSWER_WITHIN)
    meanwhile = _("Vous préparez vos besoins ; ils ne sont pas publiés.")
    if membership.organisation.state is OrganisationState.VERIFIED:
        who = ", ".join(managers) or _("L'équipe du campus")
        return NextStep(_("Votre accès doit être accordé"), who, before, meanwhile)
    return NextStep(_("L'établissement doit être vérifié"), _("L'équipe du campus"), before, meanwhile)


def answer_by(organisation: Organisation) -> str:
    """Tell by when the staff answer those who made an organisation known."""
    return short_day(organisation.created_at + ANSWER_WITHIN)


def role_name(role: Role) -> str:
    """Name what a person comes to do."""
    return {
        Role.EMPLOYER: _("Entreprise"),
        Role.TRAINEE: _("Stagiaire"),
        Role.STAFF: _("Équipe du campus"),
        Role.TRAINER: _("Formatrice ou formateur"),
        Role.OBSERVER: _("Partenaire public"),
    }[role]


def account_state(account: Account) -> Words:
    """Tell whether an account is open."""
    return (_("fermé"), "bad") if account.disabled_at else (_("ouvert"), "ok")


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.filters.update(
        organisation_state=organisation_state,
        place_state=place_state,
        role_name=role_name,
        account_state=account_state,
        answer_by=answer_by,
    )

"""What the head and the foot of each page link to, by role. Only what exists is listed."""

from __future__ import annotations

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_login import current_user

from campus.models import Role

Entry = tuple[str, str, bool]


# The place to which the pages of an area belong that has no place of its own.
WITHIN = {
    "staff.demand": ("trend", "creation", "quality", "pools", "commitments", "marks", "signed_copies"),
    "staff.needs": ("coverage",),
    "staff.queue": ("requests", "feedback"),
    "staff.courses": ("teaching",),
    "staff.course_sessions": (
        "slots",
        "sheets",
        "session_lives",
        "documents",
        "enrolments",
        "rounds",
        "rooms",
        "trainers",
    ),
    "staff.plan": ("plan_sessions", "closures"),
    "staff.reports": ("frozen_reports", "training", "dossiers", "dossier_entries"),
    "staff.skills": ("referentials",),
    "staff.people": ("files",),
    "staff.mails": ("letters", "jobs"),
    "employers.needs": ("need_wizard", "matches", "commitments", "coverage", "signed_copies"),
    "employers.organisations": ("memberships", "report", "record"),
    "observers.demand": ("creation",),
}
PLACE = {f"{place.split('.')[0]}.{area}": place for place, areas in WITHIN.items() for area in areas}


def entries() -> list[tuple[str, str]]:
    """List the places of the person's role: endpoint and label."""
    everybody = [("public.catalogue.index", _("Formations"))]
    if not current_user.is_authenticated:
        return everybody
    by_role = {
        Role.EMPLOYER: [
            ("employers.needs.index", _("Mes besoins")),
            *everybody,
            ("employers.pools.index", _("Groupements")),
            ("employers.reservations.index", _("Places réservées")),
            ("employers.documents.index", _("Documents")),
            ("employers.organisations.index", _("Mon entreprise")),
        ],
        Role.TRAINEE: [
            ("trainees.path.index", _("Mon parcours")),
            ("trainees.profile.index", _("Mes compétences")),
            *everybody,
        ],
        Role.STAFF: [
            ("staff.queue.index", _("À traiter")),
            ("staff.demand.index", _("Demande")),
            ("staff.needs.index", _("Besoins")),
            ("staff.courses.index", _("Formations")),
            ("staff.course_sessions.index", _("Sessions")),
            ("staff.plan.index", _("Plan")),
            ("staff.reports.index", _("Bilans")),
            ("staff.skills.index", _("Compétences")),
            ("staff.organisations.index", _("Entreprises")),
            ("staff.people.index", _("Personnes")),
            ("staff.mails.index", _("Messages")),
        ],
        Role.TRAINER: [("trainers.today.index", _("Ma journée")), *everybody],
        Role.OBSERVER: [
            ("observers.reports.index", _("Bilan")),
            ("observers.demand.index", _("Indicateurs")),
            *everybody,
        ],
    }
    return by_role.get(current_user.role, everybody)


def navigation() -> list[Entry]:
    """Give the entries that exist, and mark the one that the page belongs to."""
    here = PLACE.get(request.blueprint or "", request.blueprint)
    known = current_app.view_functions
    return [(name, label, name.rsplit(".", 1)[0] == here) for name, label in entries() if name in known]


def footer_links() -> list[tuple[str, list[tuple[str, str]]]]:
    """List the pages that the foot of every page links to, in two groups."""
    service = [
        ("public.pages.news", _("Nouveautés")),
        ("public.pages.ranking", _("Comment les réponses sont classées")),
        ("public.rounds.index", _("Tours d'admission")),
        ("public.pages.figures", _("Chiffres publics")),
        ("public.verification.show", _("Vérifier un document")),
    ]
    rights = [
        ("public.pages.accessibility", _("Accessibilité : non conforme (audit non réalisé)")),
        ("public.pages.privacy", _("Vos données personnelles")),
        ("public.pages.ecodesign", _("Écoconception")),
        ("public.pages.legal", _("Mentions légales")),
    ]
    groups = [(_("Le service"), known(service)), (_("Vos droits"), known(rights))]
    return [(heading, links) for heading, links in groups if links]


def known(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep the links whose page exists."""
    return [(name, label) for name, label in links if name in current_app.view_functions]


def account_links() -> list[Entry]:
    """Give the person's own place in the head, or the doors in."""
    if current_user.is_authenticated:
        links = [("accounts.me.index", current_user.display_name)]
    else:
        links = [("accounts.sign_in.show", _("Se connecter")), ("accounts.sign_up.index", _("Créer un compte"))]
    return [(name, label, request.endpoint == name) for name, label in known(links)]


def install(app: Flask) -> None:
    """Hand navigation to the layout."""
    app.jinja_env.globals.update(navigation=navigation, footer_links=footer_links, account_links=account_links)

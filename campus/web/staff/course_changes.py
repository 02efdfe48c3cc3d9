"""Changes of courses and sessions in words: what differs between two versions, and who did what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.exchange.nsf import named
from campus.models import AuditEvent, CertificationKind, Modality
from campus.queries.courses import occupations_with, skills_with
from campus.services.courses import differences
from campus.web.course_words import MODALITIES, REGISTERS
from campus.web.filters import iso, moment, short_day
from campus.web.session_words import session_event

FIELDS = {
    "title": _l("Intitulé"),
    "objectives": _l("Objectifs"),
    "content": _l("Programme"),
    "prerequisites": _l("Prérequis"),
    "hours": _l("Durée en heures"),
    "modality": _l("Modalité"),
    "certification_kind": _l("Certification"),
    "certification_code": _l("Numéro de la certification"),
    "certification_level": _l("Niveau de la certification"),
    "certification_ends_on": _l("Fin de validité de la certification"),
    "nsf_code": _l("Spécialité de formation (NSF)"),
    "occupations": _l("Métiers visés"),
    "outcomes": _l("Compétences"),
    "starts_on": _l("Premier jour"),
    "ends_on": _l("Dernier jour"),
    "place": _l("Lieu"),
    "directions": _l("Comment venir"),
    "commune_code": _l("Commune"),
    "seats_min": _l("Places au minimum"),
    "seats_max": _l("Places au maximum"),
    "registration_deadline": _l("Fin des inscriptions"),
    "decides_on": _l("Décision d'ouverture"),
}
ACTIONS = {
    "course_drafted": _l("Formation créée"),
    "course_revised": _l("Formation modifiée"),
    "course_published": _l("Formation publiée"),
    "course_suspended": _l("Formation suspendue"),
    "course_archived": _l("Formation archivée"),
    "course_draft": _l("Formation remise en brouillon"),
    "session_added": _l("Session ajoutée"),
    "session_moved": _l("Session modifiée"),
    "session_open": _l("Inscriptions ouvertes"),
    "session_confirmed": _l("Session confirmée"),
    "session_closed": _l("Session clôturée"),
    "session_cancelled": _l("Session annulée"),
}


def conflict(stored: Any, typed: Any) -> list[dict[str, str]]:
    """Say field by field what is stored and what was typed, where they differ."""
    return [
        {"label": str(FIELDS[name]), "stored": in_words(name, stored_value), "typed": in_words(name, typed_value)}
        for name, (stored_value, typed_value) in differences(stored, typed).items()
    ]


def in_words(name: str, value: Any) -> str:
    """Write the value of a field."""
    if name == "outcomes":
        return _outcomes(value)
    if name == "occupations":
        return ", ".join(each.label for each in occupations_with(value)) or _("aucun")
    if isinstance(value, Modality):
        return str(MODALITIES[value])
    if isinstance(value, CertificationKind):
        return str(REGISTERS[value])
    if isinstance(value, date):
        return short_day(value)
    shown = named(value) if name == "nsf_code" else value
    return _("vide") if shown in {None, ""} else str(shown)


def _outcomes(lines: Iterable[tuple[int, int, int]]) -> str:
    lines = list(lines)
    skills = skills_with(skill_id for skill_id, _entry, _exit in lines)
    said = [
        _("%(skill)s (de %(entry)s à %(exit)s)", skill=skills[skill_id].label, entry=entry, exit=exit_)
        for skill_id, entry, exit_ in lines
        if skill_id in skills
    ]
    return " ; ".join(said) or _("aucune")


def timeline(events: Iterable[AuditEvent]) -> list[dict[str, str]]:
    """Write the history, the latest first."""
    return [
        {
            "when": moment(event.at),
            "iso": iso(event.at),
            "title": str(ACTIONS[event.action]) if event.action in ACTIONS else session_event(event),
            "text": _text(event),
            "state": "done",
        }
        for event in events
    ]


def _text(event: AuditEvent) -> str:
    who = event.actor.display_name if event.actor else _("le service")
    fields = [
        str(FIELDS[name]) for name in event.details if name in FIELDS and event.action.endswith(("revised", "moved"))
    ]
    if not fields:
        return _("Par %(who)s.", who=who)
    return _("Par %(who)s : %(fields)s.", who=who, fields=", ".join(fields))

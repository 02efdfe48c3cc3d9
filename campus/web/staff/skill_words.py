"""What the staff's pages of skills say: sources, kinds, filters, history, refusals."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import AuditEvent, Skill, SkillKind, SkillSource
from campus.queries.skills import SkillFilter, SkillList
from campus.services import skill_merges, skills
from campus.web.filters import iso, short_day
from campus.web.paging import address
from campus.web.refusals import says

KINDS = {
    SkillKind.KNOW_HOW: _l("Savoir-faire"),
    SkillKind.KNOWLEDGE: _l("Savoir"),
    SkillKind.BEHAVIOUR: _l("Savoir-être"),
}
SOURCES = {
    SkillSource.CAMPUS: _l("Campus"),
    SkillSource.ROME: _l("ROME"),
    SkillSource.RNCP: _l("RNCP"),
}
FILTERS = {
    SkillFilter.CAMPUS: _l("Du campus"),
    SkillFilter.ROME: _l("Du ROME"),
    SkillFilter.MERGED: _l("Fusionnées"),
    SkillFilter.RETIRED: _l("Retirées par l'éditeur"),
}
LABELS = {"sources": SOURCES, "kinds": KINDS}


@says(skills.SkillExists)
def _exists() -> str:
    return _("La compétence « %(label)s » existe déjà. Utilisez-la, ou choisissez un autre intitulé.")


@says(skills.SkillIsOfficial)
def _official() -> str:
    return _("L'intitulé de cette compétence est celui de l'éditeur : il ne se modifie pas ici.")


@says(skills.SkillIsMerged)
def _merged() -> str:
    return _("Cette compétence est fusionnée dans une autre : travaillez sur celle qui la remplace.")


@says(skill_merges.SameSkill)
def _same() -> str:
    return _("Choisissez une autre compétence : celle-ci ne peut pas être fusionnée avec elle-même.")


@says(skill_merges.SkillIsRetired)
def _retired() -> str:
    return _("L'éditeur a retiré cette compétence : fusionnez plutôt dans une compétence en vigueur.")


@says(skill_merges.CannotSeparate)
def _cannot_separate() -> str:
    return _("Il n'y a pas de fusion à défaire ici, ou une fusion plus récente est à défaire d'abord.")


def skill_filters(found: SkillList, chosen: SkillFilter | None) -> list[tuple[str, str, bool, int]]:
    """Give the sorts of skills as chips: label, address, whether it is on, how many."""
    every = (_("En vigueur"), address(liste=None), chosen is None, found.in_use)
    return [every] + [
        (str(FILTERS[each]), address(liste=each.value), each is chosen, found.counts[each]) for each in SkillFilter
    ]


def state_of(skill: Skill) -> tuple[str, str]:
    """Name the state of a skill, and the kind of its tag."""
    if skill.merged_into_id is not None:
        return _("Fusionnée"), "warn"
    if skill.retired_in_id is not None:
        return _("Retirée par l'éditeur"), "bad"
    return _("En vigueur"), "ok"


def history_lines(events: list[AuditEvent]) -> list[dict[str, Any]]:
    """Turn the log of a skill into the lines of a timeline."""
    return [
        {
            "when": short_day(event.at),
            "iso": iso(event.at),
            "title": title_of(event),
            "text": _("Par %(name)s", name=event.actor.display_name) if event.actor else "",
            "state": "done",
        }
        for event in events
    ]


def title_of(event: AuditEvent) -> str:
    """Say what happened to a skill."""
    if event.action == "skill.renamed":
        return _("Modifiée : « %(before)s » devient « %(after)s »", **event.details)
    titles = {"skill.added": _("Ajoutée"), "skill.merged": _("Fusionnée"), "skill.separated": _("Fusion défaite")}
    return titles.get(event.action, event.action)

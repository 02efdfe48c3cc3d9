"""Background work in words: what each kind of job does, when the clock asks for it."""

from __future__ import annotations

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import LazyString, format_time, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.schedules import EVERY_DAY, At, Every

JOBS: dict[str, LazyString] = {
    "accounts.erase_unused": _l("Effacer les comptes inutilisés depuis deux ans"),
    "accounts.tell_unused": _l("Prévenir les personnes qui ne viennent plus"),
    "attendance.ask_for_sheets": _l("Réclamer les feuilles d'émargement manquantes"),
    "attendance.settle": _l("Tirer les conséquences des absences notées et prévenir"),
    "bounces.tell": _l("Signaler les adresses en erreur"),
    "certifications.tell": _l("Annoncer les certifications qui se terminent"),
    "changes.forget_old": _l("Oublier les traces des changements anciens"),
    "coverage.daily": _l("Annoncer les nouvelles formations, chaque jour"),
    "coverage.weekly": _l("Annoncer les nouvelles formations, chaque semaine"),
    "documents.forget_old": _l("Effacer les documents de plus de cinq ans"),
    "documents.issue_proofs": _l("Éditer et envoyer le certificat et l'attestation d'une personne"),
    "enrolments.admit": _l("Accepter une candidature"),
    "enrolments.call_up": _l("Convoquer une personne"),
    "habilitations.tell": _l("Annoncer les habilitations qui se terminent"),
    "hires.ask": _l("Demander aux entreprises si elles ont embauché"),
    "jobs.forget_old": _l("Oublier les tâches anciennes"),
    "mails.forget_old": _l("Oublier les messages de plus d'un an"),
    "memberships.remind": _l("Rappeler les demandes d'accès qui attendent"),
    "needs.ask_renewals": _l("Demander si les besoins sont toujours d'actualité"),
    "needs.expire": _l("Clore les besoins arrivés à leur terme"),
    "needs.forget_drafts": _l("Oublier les brouillons abandonnés"),
    "offers.expire": _l("Passer les places sans réponse à la personne suivante"),
    "offers.remind": _l("Rappeler les places proposées"),
    "personal.forget_old": _l("Effacer les données dont la durée est passée"),
    "pools.decide": _l("Décider des groupements arrivés à leur échéance"),
    "pools.remind": _l("Annoncer l'échéance proche des groupements"),
    "reservations.return_unused": _l("Rendre les places réservées restées sans nom"),
    "reservations.warn": _l("Annoncer les places réservées qui vont être rendues"),
    "results.ask_at_six_months": _l("Demander aux stagiaires, six mois après, ce qu'il en est"),
    "rounds.close": _l("Clore les vœux des tours d'admission arrivés à leur dernier jour"),
    "sessions.call_up": _l("Envoyer les convocations"),
    "sessions.decide": _l("Confirmer les sessions assez remplies, demander pour les autres"),
    "sessions.finish": _l("Terminer les sessions dont le dernier jour est passé"),
    "sessions.remind": _l("Rappeler le premier jour aux personnes convoquées"),
    "sessions.start": _l("Commencer les sessions du jour"),
    "sessions.forget_old": _l("Oublier les connexions anciennes"),
    "sessions.tell_changes": _l("Prévenir des changements d'une session"),
    "stays.ask": _l("Demander, six mois après, si la personne est restée"),
}


def job_words(kind: str) -> str:
    """Say what a kind of job does."""
    return str(JOBS.get(kind, kind))


def when_words(when: Every | At) -> str:
    """Say when the clock asks for something."""
    if isinstance(when, Every):
        return _("toutes les %(minutes)s minutes", minutes=when.minutes)
    hour = format_time(when.hour, "HH:mm", rebase=False)
    if when.days == EVERY_DAY:
        return _("à %(hour)s, les jours d'ouverture", hour=hour) if when.when_open else _("à %(hour)s", hour=hour)
    names = get_day_names("wide", locale=get_locale())
    return _(
        "%(days)s à %(hour)s",
        days=format_list([names[each] for each in sorted(when.days)], locale=get_locale()),
        hour=hour,
    )

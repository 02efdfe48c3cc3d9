"""Needs in words: states, who acts next and by when, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus import clock
from campus.models import Audience, AuditEvent, Contract, FeedbackReason, Importance, Need, NeedState, Shifts
from campus.services.need_lives import WithdrawalReason
from campus.services.needs import NeedDetails
from campus.web.feedback_words import FEEDBACK
from campus.web.filters import day, moment

ANSWER_DAYS = 5

STATES = {
    NeedState.IN_MODERATION: (_l("en relecture"), "blue"),
    NeedState.TO_CLARIFY: (_l("à préciser"), "warn"),
    NeedState.PUBLISHED: (_l("publié"), "ok"),
    NeedState.EXPIRED: (_l("expiré"), ""),
    NeedState.WITHDRAWN: (_l("retiré"), ""),
    NeedState.REFUSED: (_l("non retenu"), "bad"),
    NeedState.COVERED: (_l("couvert"), "ok"),
}
AUDIENCES = {
    Audience.HIRING: _l("Des personnes à recruter"),
    Audience.STAFF: _l("Des salariées et salariés à former"),
}
CONTRACTS = {
    Contract.PERMANENT: _l("CDI"),
    Contract.FIXED_TERM: _l("CDD"),
    Contract.TEMPORARY: _l("intérim"),
    Contract.APPRENTICESHIP: _l("alternance"),
    Contract.NOT_KNOWN: _l("pas encore connu"),
}
SHIFTS = {
    Shifts.DAY: _l("journée"),
    Shifts.TWO_SHIFTS: _l("2 × 8"),
    Shifts.THREE_SHIFTS: _l("3 × 8"),
    Shifts.NIGHT: _l("nuit"),
    Shifts.WEEKEND: _l("fin de semaine"),
    Shifts.NOT_KNOWN: _l("pas encore connu"),
}
IMPORTANCES = {Importance.ESSENTIAL: _l("indispensable"), Importance.DESIRED: _l("souhaitée")}
WITHDRAWALS = {
    WithdrawalReason.FILLED: _l("Les postes sont pourvus"),
    WithdrawalReason.CANCELLED: _l("Le projet est abandonné ou reporté"),
    WithdrawalReason.DUPLICATE: _l("Ce besoin en répète un autre"),
    WithdrawalReason.OTHER: _l("Une autre raison"),
}
EVENTS = {
    "post": _l("Besoin déclaré"),
    "publish": _l("Publié par le campus"),
    "ask_precision": _l("Précision demandée par le campus"),
    "refuse": _l("Non retenu par le campus"),
    "revise": _l("Besoin modifié"),
    "answer": _l("Précisé et renvoyé au campus"),
    "withdraw": _l("Besoin retiré"),
    "restore": _l("Retrait annulé"),
    "renew": _l("Prolongé de 90 jours"),
    "expire": _l("Expiré après 90 jours"),
    "renewal_asked": _l("Le campus demande si le besoin tient toujours"),
    "kept_both": _l("Un besoin semblable existe : le campus garde les deux"),
    "filed_again": _l("Reclassé sous un métier en vigueur"),
    "cover": _l("Chaque poste est couvert"),
    "uncover": _l("Un poste est de nouveau à couvrir"),
    "match_contested": _l("Formation écartée"),
    "match_contest_taken_back": _l("Formation classée de nouveau avec les autres"),
    "course_requested": _l("Formation demandée au campus"),
    "course_request_answered": _l("Réponse du campus à la demande de formation"),
}
CHANGED = {
    "title": _l("intitulé"),
    "advert": _l("annonce"),
    "occupation_id": _l("métier"),
    "posts": _l("nombre de postes"),
    "audience": _l("public"),
    "earliest": _l("date au plus tôt"),
    "latest": _l("date au plus tard"),
    "commune_code": _l("lieu"),
    "max_km": _l("distance jusqu'à la formation"),
    "contract": _l("contrat"),
    "shifts": _l("horaires"),
    "diploma_required": _l("diplôme"),
    "comment": _l("commentaire"),
    "skills": _l("compétences"),
}


@dataclass(frozen=True)
class Next:
    """What happens next: who acts, before when, and what if nobody does."""

    title: str
    text: str = ""
    who: str = ""
    before: str = ""
    otherwise: str = ""
    mine: bool = False


def reach(need: Need | NeedDetails) -> str:
    """Say how far a course may be."""
    if need.max_km is None:
        return _("sans limite")
    return _("formations à %(km)s km au plus", km=need.max_km)


def answer_due(need: Need) -> date:
    """Tell by when the campus answers a need."""
    return clock.working_day_after(clock.day_of(need.submitted_at), ANSWER_DAYS)


def next_of(need: Need, *, for_staff: bool = False) -> Next:
    """Say what happens next to a need, to its firm or to the staff."""
    if need.state in {NeedState.IN_MODERATION, NeedState.TO_CLARIFY}:
        return _reading(need, for_staff) if need.state is NeedState.IN_MODERATION else _clarifying(need, for_staff)
    if need.state is NeedState.PUBLISHED:
        return _published(need)
    return _ended(need, for_staff)


def _reading(need: Need, for_staff: bool) -> Next:
    due = day(answer_due(need))
    if for_staff:
        return Next(
            _("Publiez ce besoin, ou demandez une précision"),
            who=_("Vous, le campus"),
            before=due,
            otherwise=_("le besoin monte en tête de la file"),
            mine=True,
        )
    return Next(
        _("Le campus relit votre besoin"),
        _("Vous voyez déjà les formations qui y répondent. La publication le fait compter dans la demande du campus."),
        who=_("Le campus"),
        before=due,
        otherwise=_("votre besoin passe en tête de la file du campus"),
    )


def _clarifying(need: Need, for_staff: bool) -> Next:
    who = need.organisation.name if for_staff else _("Vous, %(site)s", site=need.organisation.name)
    return Next(
        _("L'entreprise doit préciser ce besoin") if for_staff else _("Précisez votre besoin"),
        need.reason,
        who=who,
        before=day(need.expires_at),
        otherwise=_("le besoin expire sans avoir été publié"),
        mine=not for_staff,
    )


def _published(need: Need) -> Next:
    return Next(
        _("Le besoin est ouvert jusqu'au %(day)s", day=day(need.expires_at)),
        _("Il compte dans la demande du campus. Chaque nouvelle formation qui y répond s'affichera ici."),
        who=_("Le campus propose, l'entreprise choisit"),
        before=day(need.expires_at),
        otherwise=_("le besoin expire ; un message sera envoyé 7 jours puis 1 jour avant"),
    )


def _ended(need: Need, for_staff: bool) -> Next:
    nobody = _("Personne : ce besoin est clos")
    if need.state is NeedState.EXPIRED:
        who = need.organisation.name if for_staff else _("Vous, %(site)s", site=need.organisation.name)
        text = _("Ce besoin a vécu 90 jours. Il n'est plus visible ni compté.")
        return Next(_("Toujours d'actualité ?"), text, who=who, otherwise=_("le besoin reste clos"), mine=not for_staff)
    if need.state is NeedState.REFUSED:
        return Next(_("Le campus n'a pas retenu ce besoin"), need.reason, who=nobody)
    if need.state is NeedState.COVERED:
        return Next(_("Tous les postes sont couverts"), who=nobody)
    return Next(_("Ce besoin est retiré"), need.reason, who=nobody)


@dataclass(frozen=True)
class Past:
    """One line of a need's history."""

    when: str
    iso: str
    title: str
    text: str
    state: str = "done"


def history(events: list[AuditEvent]) -> list[Past]:
    """Tell what happened to a need, for the timeline."""
    last = len(events) - 1
    return [
        Past(
            when=moment(event.at),
            iso=event.at.isoformat(),
            title=str(EVENTS.get(event.action, event.action)),
            text=_told(event),
            state="here" if place == last else "done",
        )
        for place, event in enumerate(events)
    ]


def _told(event: AuditEvent) -> str:
    said = event.details
    parts = [_("par %(name)s", name=event.actor.display_name) if event.actor else _("par le service")]
    if why := said.get("why"):
        parts.append(str(WITHDRAWALS[WithdrawalReason(why)]))
    if reason := said.get("reason"):
        parts.append(str(FEEDBACK[FeedbackReason(reason)]) if event.action == "match_contested" else f"« {reason} »")
    if words := said.get("comment") or said.get("message") or said.get("answer"):
        parts.append(f"« {words} »")
    if changed := said.get("changed"):
        names = ", ".join(str(CHANGED[name]) for name in changed if name in CHANGED)
        parts.append(_("a changé : %(names)s", names=names))
    return ". ".join(parts)


def posts(need: Need) -> str:
    """Say how many posts, and with which contract."""
    if need.audience is Audience.STAFF:
        return _("%(n)s, déjà dans l'entreprise", n=need.posts)
    if need.contract is Contract.NOT_KNOWN:
        return str(need.posts)
    return _("%(n)s en %(contract)s", n=need.posts, contract=CONTRACTS[need.contract])


def window(need: Need) -> str:
    """Say when people must be ready."""
    if need.earliest and need.latest:
        return _("du %(a)s au %(b)s", a=day(need.earliest), b=day(need.latest))
    if need.latest:
        return _("au plus tard %(b)s", b=day(need.latest))
    if need.earliest:
        return _("à partir du %(a)s", a=day(need.earliest))
    return _("pas encore connue")

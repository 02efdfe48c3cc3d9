"""Admission rounds in words: states, criteria, who acts next, why a wish was not met, refusals."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus import clock
from campus.models import AdmissionRound, Criterion, EnrolmentState, RoundEntry, RoundState, RoundWish
from campus.queries.rounds import sessions_of
from campus.services import round_wishes, rounds
from campus.services.enrolments import SessionIsInRound
from campus.web.filters import day, moment
from campus.web.need_words import Next
from campus.web.refusals import says

S = RoundState
STATES = {
    S.PREPARATION: (_l("En préparation"), ""),
    S.OPEN: (_l("Vœux ouverts"), "ok"),
    S.CLOSED: (_l("Vœux clos"), "blue"),
    S.DECIDED: (_l("Décidé, à annoncer"), "warn"),
    S.ANNOUNCED: (_l("Annoncé"), "ok"),
    S.FINISHED: (_l("Terminé"), ""),
    S.CANCELLED: (_l("Annulé"), "bad"),
}
CRITERIA = {
    Criterion.EXPECTED_ON_POST: _l("les personnes attendues sur un poste à pourvoir"),
    Criterion.WAITED_BEFORE: _l("les personnes qui ont déjà attendu une place dans cette formation sans l'obtenir"),
    Criterion.NO_SEAT_YET: _l("les personnes qui n'ont encore jamais eu de place au campus"),
}
EVENTS = {
    "round.created": _l("Tour préparé"),
    "round.revised": _l("Tour modifié"),
    "round.opened": _l("Vœux ouverts, empreinte du tirage publiée"),
    "round.closed": _l("Vœux clos"),
    "round.decided": _l("Tour décidé"),
    "round.counted": _l("Personnes classées et places attribuées"),
    "round.announced": _l("Résultat annoncé, tirage révélé"),
    "round.vacated": _l("Une place libérée est passée à la personne suivante"),
    "round.finished": _l("Tour terminé"),
    "round.cancelled": _l("Tour annulé"),
}


@dataclass(frozen=True)
class WishWords:
    """A wish and what became of it."""

    wish: RoundWish
    outcome: str
    kind: str
    why: str


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.filters.update(
        round_state=lambda found: str(STATES[found.state][0]),
        round_kind=lambda found: STATES[found.state][1],
        round_next=next_step,
        round_event=lambda action: str(EVENTS.get(action, action)),
        criterion=lambda name: str(CRITERIA[Criterion(name)]),
    )


def next_step(found: AdmissionRound) -> Next:
    """Say who acts next in a round, for everybody."""
    if found.state is S.OPEN and clock.today() <= found.closes_on:
        return Next(_("Rangez vos vœux"), who=_("Les personnes candidates"), before=day(found.closes_on), mine=True)
    if found.state in {S.OPEN, S.CLOSED, S.DECIDED}:
        return Next(_("Les vœux sont clos, le résultat se prépare"), who=_("Le campus"), before=day(found.decides_on))
    if found.state is S.ANNOUNCED:
        return Next(_("Le résultat est annoncé"), who=_("Les personnes à qui une place est proposée"))
    if found.state is S.PREPARATION:
        return Next(_("Les vœux ouvrent bientôt"), who=_("Le campus"), before=day(found.opens_on))
    return Next(_("Ce tour est terminé") if found.state is S.FINISHED else _("Ce tour est annulé"), text=found.reason)


def own_step(entry: RoundEntry) -> Next:
    """Say who acts next for a person who takes part."""
    found, enrolment = entry.round, entry.enrolment
    if found.state is not S.ANNOUNCED:
        return next_step(found)
    if enrolment is None:
        return Next(
            _("Aucun vœu satisfait pour l'instant"),
            who=_("Personne : une place libérée vous est proposée à votre tour"),
            otherwise=_("vous gardez vos rangs"),
        )
    if enrolment.state is EnrolmentState.OFFERED:
        return Next(
            _("Votre vœu n° %(place)s est satisfait", place=entry.met),
            _("Confirmer garde cette place et vous fait sortir du tour : un vœu préféré ne vous sera plus proposé."),
            who=_("Vous : prenez la place ou renoncez-y"),
            before=moment(enrolment.offer_until),
            otherwise=_("la place va à la personne suivante"),
            mine=True,
        )
    return Next(_("Ce tour est fini pour vous"), who=_("Personne"))


def outcomes(entry: RoundEntry) -> list[WishWords]:
    """Say what became of each wish: met, not needed, or the last rank that got in and one's own."""
    last = {each.course_session_id: each.last_rank for each in sessions_of(entry.round)}
    return [_outcome(each, entry.met, last[each.course_session_id]) for each in entry.wishes]


def _outcome(wish: RoundWish, met: int | None, last: int) -> WishWords:
    if wish.rank is None:
        return WishWords(wish, _("Hors tour"), "", _("Vous aviez déjà une candidature à cette session."))
    if met == wish.position:
        return WishWords(wish, _("Satisfait"), "ok", _("Votre rang : %(rank)s.", rank=wish.rank))
    if met is not None and wish.position > met:
        return WishWords(wish, _("Sans objet"), "", _("Un vœu que vous préfériez est satisfait."))
    why = _("Dernier rang admis : %(last)s. Votre rang : %(rank)s.", last=last, rank=wish.rank)
    return WishWords(wish, _("Pas de place pour l'instant"), "warn", why)


@says(SessionIsInRound)
def _session_is_in_round() -> str:
    return _(
        "Les places de cette session sont attribuées par le tour d'admission « %(name)s » : rangez vos vœux "
        "sur la page de ce tour, avant le %(day)s."
    )


@says(round_wishes.RoundIsNotOpen)
def _round_is_not_open() -> str:
    return _("Ce tour ne prend pas de vœux aujourd'hui : regardez ses dates.")


@says(round_wishes.BadWishes)
def _bad_wishes() -> str:
    return _("Rangez d'une à %(most)s sessions différentes.")


@says(rounds.SessionNotForRound)
def _session_not_for_round() -> str:
    return _(
        "Une des sessions choisies n'est plus ouverte, a une liste d'attente ou appartient déjà à un autre tour. "
        "Relisez la liste."
    )


@says(rounds.RoundIsNotReady)
def _round_is_not_ready() -> str:
    return _("Un tour s'ouvre avec au moins deux sessions, et avant sa date de clôture.")


@says(rounds.StillOpen)
def _still_open() -> str:
    return _("Les vœux sont reçus jusqu'au %(day)s compris : le tour se clôt le lendemain.")


@says(rounds.TooEarly)
def _too_early() -> str:
    return _("Le résultat s'annonce à partir du %(day)s, la date publiée.")


@says(rounds.NoTimeToAnswer)
def _no_time_to_answer() -> str:
    return _(
        "Ces sessions commencent trop tôt pour laisser répondre : %(courses)s. Changez leurs dates ou annulez le tour."
    )

"""Where an application stands, in the person's words: who acts next, before when, and what if nobody does."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import LazyString as Lazy
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus import clock
from campus.models import EnrolmentState
from campus.queries.enrolments import Standing
from campus.queries.offers import LastList
from campus.web.filters import day, moment
from campus.web.need_words import Next

S = EnrolmentState
Say = Callable[[Standing], Next]


def next_step(standing: Standing) -> Next:
    """Say what comes next for the person."""
    return SAID[standing.enrolment.state](standing)


def _interested(standing: Standing) -> Next:
    return Next(
        _("Vous êtes n° %(position)s parmi les personnes intéressées", position=standing.position),
        who=_("Le campus fixe les dates, puis vous propose une place à votre tour"),
        otherwise=_("vous gardez votre rang"),
    )


def _waitlisted(standing: Standing) -> Next:
    return Next(
        _("Vous êtes n° %(position)s sur la liste d'attente", position=standing.position),
        who=_("Personne : une place libérée vous est proposée d'elle-même, à votre tour"),
        before=day(standing.enrolment.course_session.starts_on),
        otherwise=_("vous gardez votre rang"),
    )


def _applied(standing: Standing) -> Next:
    late = standing.answer_due < clock.today()
    return Next(
        _("Une place est retenue pour vous, le campus doit répondre"),
        who=_("Le campus"),
        before=day(standing.answer_due),
        otherwise=_("le délai est passé : votre candidature est en tête de la liste du campus")
        if late
        else _("votre place reste retenue"),
    )


def _admitted(_standing: Standing) -> Next:
    return Next(
        _("Votre candidature est acceptée"),
        who=_("Vous : confirmez que vous prenez la place"),
        otherwise=_("le campus vous appelle"),
        mine=True,
    )


def _offered(standing: Standing) -> Next:
    until = standing.enrolment.offer_until
    if until is not None and until < clock.now():
        return Next(_("Le délai pour prendre cette place est passé"), who=_("Personne : elle va à la suivante"))
    return Next(
        _("Une place vous est proposée"),
        who=_("Vous : prenez la place, ou retirez votre candidature"),
        before=moment(until),
        otherwise=_("la place devient libre pour quelqu'un d'autre"),
        mine=True,
    )


def _by(day_of: str, title: Lazy, who: Lazy, *, otherwise: Lazy | None = None, mine: bool = False) -> Say:
    """Make what is said of a state that lasts until a day of the session."""
    return lambda standing: Next(
        str(title),
        who=str(who),
        before=day(getattr(standing.enrolment.course_session, day_of)),
        otherwise=str(otherwise or ""),
        mine=mine,
    )


def _over(title: Lazy) -> Say:
    return lambda _standing: Next(str(title))


def _learnt(title: Lazy) -> Say:
    return lambda _standing: Next(
        str(title), who=_("Vous : dites comment c'était, et reprenez vos acquis dans vos compétences")
    )


SAID: dict[EnrolmentState, Say] = {
    S.INTERESTED: _interested,
    S.WAITLISTED: _waitlisted,
    S.APPLIED: _applied,
    S.POSITIONING: _by(
        "starts_on",
        _l("Le campus vous invite à un positionnement"),
        _l("Vous : convenez d'un moment avec le campus"),
        otherwise=_l("votre place reste retenue, le campus vous relance"),
        mine=True,
    ),
    S.ADMITTED: _admitted,
    S.OFFERED: _offered,
    S.CONFIRMED: _by("starts_on", _l("Vous avez votre place"), _l("Le campus vous envoie la convocation")),
    S.CALLED_UP: _by(
        "starts_on",
        _l("Vous êtes convoquée ou convoqué"),
        _l("Vous : présentez-vous le premier jour"),
        otherwise=_l("prévenez le campus dès que possible si vous ne pouvez pas venir"),
        mine=True,
    ),
    S.ATTENDED: _by("ends_on", _l("Vous êtes en formation"), _l("Vous et l'équipe de formation")),
    S.COMPLETED: _learnt(_l("Vous avez terminé la formation, avec tous les acquis")),
    S.COMPLETED_PART: _learnt(_l("Vous avez terminé la formation, avec une partie des acquis")),
    S.DROPPED_OUT: _over(_l("Vous avez arrêté la formation")),
    S.ABSENT: _over(_l("Vous n'êtes pas venue ou venu à cette session")),
    S.DECLINED: _over(_l("Vous avez renoncé à la place proposée")),
    S.EXPIRED: _over(_l("Le délai pour prendre la place est passé")),
    S.WITHDRAWN: _over(_l("Vous avez retiré cette candidature")),
    S.REFUSED: _over(_l("Votre candidature n'est pas retenue")),
    S.REDIRECTED: _over(_l("Le campus a déplacé votre candidature vers une autre session")),
    S.CALLED_OFF: _over(_l("Le campus a annulé cette session")),
}


def last_list_words(found: LastList | None) -> str:
    """Say how many of last year's list got in; nothing when there is no history."""
    if found is None:
        return ""
    return ngettext(
        "Listes d'attente de cette formation en %(year)s : %(num)s personne, dont %(got)s avec une place à la fin.",
        "Listes d'attente de cette formation en %(year)s : %(num)s personnes, dont %(got)s avec une place à la fin.",
        found.waited,
        year=found.year,
        got=found.got_in,
    )


def waiting_rule() -> str:
    """Say the rule of the waiting list."""
    return _(
        "D'abord les personnes attendues sur un poste qu'une entreprise s'est engagée à pourvoir, puis l'ordre "
        "d'arrivée. Une place libérée est aussitôt proposée à la première personne de la liste ; personne ne la prend "
        "avant elle. Faire passer quelqu'un devant demande une décision signée et motivée, que vous lisez ici."
    )

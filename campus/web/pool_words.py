"""Pools in words: what is missing, the rule announced, who acts next."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.models import Pool, PoolMember, PoolMemberState, PoolState
from campus.queries.pools import Weight
from campus.services import pools as services
from campus.services.pool_sessions import TOO_FEW, NotEnoughPosts, SeatsAreSettled
from campus.web.filters import day
from campus.web.need_words import Next
from campus.web.refusals import says

STATES = {
    PoolState.OPEN: (_l("ouvert"), "blue"),
    PoolState.REACHED: (_l("seuil atteint"), "ok"),
    PoolState.PLANNED: (_l("session ouverte"), "ok"),
    PoolState.CLOSED: (_l("clos sans suite"), ""),
}
PLACES = {
    PoolMemberState.INVITED: (_l("invitée"), "warn"),
    PoolMemberState.JOINED: (_l("inscrite"), "ok"),
    PoolMemberState.LEFT: (_l("hors du groupement"), ""),
}

WHY_NOT_RESERVED = {
    "SessionIsClosed": _l("la formation n'est pas publiée, ou sa session n'est pas ouverte"),
    "DeadlineIsPast": _l("les inscriptions à la session sont closes"),
    "NamingDateIsWrong": _l("la session commence trop tôt pour nommer des personnes"),
    "AccessNotGranted": _l("la personne qui s'est inscrite n'agit plus pour l'entreprise"),
    "SessionIsInRound": _l("les places de la session sont données par un tour d'admission"),
    "NotEnoughSeats": _l("la session n'a plus assez de places libres"),
}


@says(services.PoolHasMovedOn)
def _moved_on() -> str:
    return _("Ce groupement est décidé, ou sa date limite est passée. Rechargez sa page pour voir où il en est.")


@says(services.NeedCannotJoin)
def _cannot_join() -> str:
    return _("Inscrivez au moins un poste, et au plus les %(posts)s de ce besoin publié qui n'ont pas encore de place.")


@says(services.PoolIsFull)
def _full() -> str:
    return _("Places encore libres pour vous dans ce groupement : %(left)s. Inscrivez-en moins.")


@says(services.PutOffAlready)
def _put_off_already() -> str:
    return _("Ce groupement a déjà été reporté une fois : il s'ouvre ou se ferme.")


@says(services.PoolPlanIsWrong)
def _plan_is_wrong() -> str:
    return _(
        "La date limite vient après aujourd'hui, une semaine au moins avant le premier jour ; le minimum tient dans "
        "les places."
    )


@says(SeatsAreSettled)
def _settled() -> str:
    return _("Les places de cette entreprise ne sont plus à régler : rechargez la page du groupement.")


@says(NotEnoughPosts)
def _not_enough() -> str:
    return _("Postes qui manquent pour ouvrir : %(missing)s.")


def missing(pool: Pool, weight: Weight) -> str:
    """Say what is missing, and before when."""
    if pool.state is PoolState.PLANNED:
        return _("La session s'ouvre avec %(posts)s postes.", posts=weight.posts)
    if pool.state is PoolState.CLOSED:
        return _("Le groupement est clos sans session.")
    if not weight.missing:
        return _("Le minimum est atteint : la session s'ouvrira après le %(day)s.", day=day(pool.deadline))
    return ngettext(
        "Il manque %(num)s inscrit pour ouvrir avant le %(day)s.",
        "Il manque %(num)s inscrits pour ouvrir avant le %(day)s.",
        weight.missing,
        day=day(pool.deadline),
    )


def rule(pool: Pool) -> str:
    """Say the rule that was announced."""
    opens = _("Si %(minimum)s postes sont inscrits le %(day)s", minimum=pool.minimum, day=day(pool.deadline))
    if pool.put_off_at is not None:
        return _("%(opens)s, la session s'ouvre ; sinon le groupement, déjà reporté une fois, se ferme.", opens=opens)
    return _(
        "%(opens)s, la session s'ouvre ; sinon le groupement est reporté une seule fois, de %(days)s jours ; "
        "sinon il se ferme. Tout le monde est prévenu le même jour.",
        opens=opens,
        days=pool.put_off_days,
    )


def why_closed(pool: Pool) -> str:
    """Say why a pool was closed."""
    return _("Le minimum n'a pas été atteint, même après le report.") if pool.reason == TOO_FEW else pool.reason


def why_not_reserved(place: PoolMember) -> str:
    """Say why a firm's seats could not be reserved."""
    return str(WHY_NOT_RESERVED.get(place.not_reserved) or _("une règle de la session s'y oppose"))


def next_of(pool: Pool, weight: Weight, mine: list[PoolMember]) -> Next:
    """Say to a firm what happens next."""
    title = missing(pool, weight)
    waits = next((each for each in mine if each.not_reserved and each.handled_at is None), None)
    if waits is not None:
        why = _("Vos places n'ont pas pu être réservées : %(why)s.", why=why_not_reserved(waits))
        return Next(title, why, who=_("Le campus : il vous appelle"))
    if pool.state is PoolState.PLANNED:
        return Next(title, who=_("Vous : nommez les personnes pour vos places réservées"), mine=True)
    if pool.state is PoolState.CLOSED:
        return Next(title, why_closed(pool), who=_("Personne : ce groupement est clos"))
    invited = any(each.state is PoolMemberState.INVITED for each in mine)
    who = _("Vous : rejoignez ou déclinez") if invited else _("Les autres entreprises, puis le campus")
    otherwise = _("votre besoin reste hors du groupement") if invited else _("la règle ci-dessous s'applique")
    return Next(title, who=who, before=day(pool.deadline), otherwise=otherwise, mine=invited)

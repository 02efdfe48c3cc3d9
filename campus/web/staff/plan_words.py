"""What a plan says of itself, in words: where it stands, which rule it breaks, what it leaves out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import PlannedSession, PlanState, SessionPlan
from campus.queries.plan_inputs import WEEK
from campus.queries.plans import Wanted
from campus.services.plan_publishing import Outcome
from campus.services.plans import Effect, NothingToTakeBack, PlanBreaksRules, PlanIsNotADraft
from campus.web.filters import short_day
from campus.web.refusals import says

SOME = 3
STATES = {
    PlanState.QUEUED: _l("En attente de recherche"),
    PlanState.SEARCHING: _l("Recherche en cours"),
    PlanState.DRAFT: _l("Proposition, non publiée"),
    PlanState.PUBLISHED: _l("Publié"),
    PlanState.STOPPED: _l("Recherche arrêtée"),
    PlanState.FAILED: _l("La recherche a échoué"),
}
RULES = {
    "closed_week": _l("une session commence une semaine fermée"),
    "announced_full": _l("une session déjà annoncée n'a plus assez de places"),
    "covered_twice": _l("un poste est compté deux fois"),
    "unknown": _l("une formation, une salle ou une personne n'est plus disponible"),
    "horizon": _l("une session dépasse la fin du plan"),
    "room_taken": _l("une salle est prise deux fois la même semaine"),
    "trainer_taken": _l("une formatrice ou un formateur est pris deux fois la même semaine"),
    "room_away": _l("une salle n'est pas disponible"),
    "trainer_away": _l("une formatrice ou un formateur n'est pas disponible"),
    "room_too_small": _l("une salle est trop petite"),
    "equipment": _l("un équipement manque dans la salle"),
    "trainer_skill": _l("une habilitation manque ou se termine trop tôt"),
    "too_few": _l("une session n'atteint pas son minimum"),
    "too_many": _l("une session dépasse son maximum"),
    "wrong_course": _l("un poste est placé dans une formation qui ne le couvre pas"),
    "too_early": _l("une session commence avant la date souhaitée d'un poste"),
    "too_late": _l("une session finit après la date limite d'un poste"),
    "fixed_moved": _l("une session qui doit rester à sa place a bougé"),
    "published_missing": _l("une session annoncée manque dans le plan"),
    "published_twice": _l("une session annoncée est deux fois dans le plan"),
    "published_other_course": _l("une session annoncée a changé de formation"),
}
STAGES = {
    "committed": _l("Postes engagés couverts"),
    "declared": _l("Postes déclarés couverts"),
    "waited": _l("Semaines d'attente, tous postes"),
    "moved": _l("Coût des déplacements"),
    "cost": _l("Coût des sessions"),
}


def names_of(sessions: Iterable[PlannedSession]) -> dict[str, str]:
    """Name the courses, rooms and trainers of some sessions, by the keys that a plan knows them by."""
    names: dict[str, str] = {}
    for each in sessions:
        names[str(each.course_id)] = each.course.title
        names[str(each.room_id)] = each.room.name
        names[str(each.trainer_id)] = each.trainer.display_name
    return names


def broken_lines(plan: SessionPlan, broken: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[str]:
    """Say which rules a plan breaks, where and in which week, each once."""
    lines = []
    for each in broken:
        rule = str(RULES.get(each["rule"], each["rule"]))
        about = ", ".join(names[key] for key in each["about"] if key in names)
        said = _("%(rule)s : %(about)s", rule=rule, about=about) if about else rule
        if each["week"] is not None:
            said = _("%(said)s, semaine du %(day)s", said=said, day=short_day(plan.first_day + each["week"] * WEEK))
        lines.append(said[:1].upper() + said[1:])
    return list(dict.fromkeys(lines))


def gain_words(effect: Effect) -> str:
    """Say what a move gains or loses."""
    parts = [
        _("postes engagés : %(more)s", more=f"{effect.committed:+d}"),
        _("postes déclarés : %(more)s", more=f"{effect.declared:+d}"),
    ]
    return ", ".join(parts).capitalize()


def effect_words(effect: Effect) -> str:
    """Say what a move by hand changed."""
    said = _("La session est déplacée. %(parts)s.", parts=gain_words(effect))
    if effect.broken:
        rules = dict.fromkeys(str(RULES.get(each.rule, each.rule)) for each in effect.broken)
        said += " " + _("Attention : %(rules)s.", rules=", ".join(rules))
    return said


def published_words(done: Outcome) -> str:
    """Say what publishing a plan has made."""
    made = ngettext("%(num)s session est ouverte", "%(num)s sessions sont ouvertes", done.opened)
    said = _("%(made)s, avec leurs demi-journées.", made=made)
    if done.moved:
        moved = ngettext("%(num)s session annoncée change", "%(num)s sessions annoncées changent", done.moved)
        said += " " + _("%(moved)s de semaine ou de lieu : les personnes inscrites le reçoivent.", moved=moved)
    if done.lost:
        said += " " + ngettext(
            "%(num)s demi-journée tombe un jour férié ou fermé : ajoutez-la depuis la page de sa session.",
            "%(num)s demi-journées tombent un jour férié ou fermé : ajoutez-les depuis la page de leur session.",
            done.lost,
        )
    told = _("Les entreprises, les formateurs et les personnes intéressées sont prévenus.")
    return f"{said} {told}"


def standing_words(planned: PlannedSession) -> str:
    """Say whether a session is new, or where it was announced; and whether the next search may move it."""
    if planned.course_session is None or planned.plan.state is PlanState.PUBLISHED:
        said = _("nouvelle")
    elif planned.moves_by:
        said = _("annoncée le %(day)s, déplacée", day=short_day(planned.course_session.starts_on))
    else:
        said = _("déjà annoncée")
    return _("%(said)s, verrouillée", said=said) if planned.locked else said


def reason_words(plan: SessionPlan, change: Mapping[str, Any] | None, wanted: Wanted | None = None) -> tuple[str, str]:
    """Say why a course has no session, and the smallest change that would give it one."""
    if change is None:
        return _("Plusieurs raisons à la fois."), ""
    words = {
        "fewer": _("Trop peu de personnes pour le minimum."),
        "later": _("Les dates limites tombent trop tôt."),
        "trainer": _("Aucune formatrice ni aucun formateur habilité n'est libre."),
        "room": _("Aucune salle qui convient n'est libre."),
        "room_and_trainer": _("Ni salle ni formatrice ou formateur ne sont libres."),
    }
    return words[change["kind"]], _smallest(plan, change, wanted or Wanted(""))


def _smallest(plan: SessionPlan, change: Mapping[str, Any], wanted: Wanted) -> str:
    kind, count = change["kind"], change["amount"]
    if kind == "later":
        return ngettext(
            "repousser la date limite de %(num)s semaine", "repousser la date limite de %(num)s semaines", count
        )
    if kind == "fewer":
        what = _("un minimum de %(count)s", count=count)
    elif kind == "trainer":
        what = _trainer_words(wanted)
    elif kind == "room":
        what = _room_words(wanted, count)
    else:
        what = _("%(room)s et %(trainer)s", room=_room_words(wanted, count), trainer=_trainer_words(wanted))
    first = plan.first_day + change["start"] * WEEK
    when = format_date(first, "MMMM y")
    return _("%(what)s, en %(month)s (à partir du %(day)s)", what=what, month=when, day=short_day(first))


def _room_words(wanted: Wanted, count: int) -> str:
    room = ngettext("une salle de plus pour %(num)s personne", "une salle de plus pour %(num)s personnes", count)
    return (
        _("%(room)s, équipée de : %(things)s", room=room, things=_some(wanted.equipment)) if wanted.equipment else room
    )


def _trainer_words(wanted: Wanted) -> str:
    if not wanted.skills:
        return _("une formatrice ou un formateur de plus")
    return _("une personne de plus, habilitée pour : %(skills)s", skills=_some(wanted.skills))


def _some(things: Sequence[str]) -> str:
    """Name the first things, and count the others."""
    rest = len(things) - SOME
    named = list(things[:SOME])
    return ", ".join([*named, ngettext("%(num)s autre", "%(num)s autres", rest)] if rest > 0 else named)


def outside_lines(outside: Mapping[str, Mapping[str, Sequence[int]]]) -> dict[str, str]:
    """Say how many posts no plan could cover, by reason; a plan searched before this was counted says nothing."""
    sums = {kind: [sum(each) for each in zip(*needs.values(), strict=True)] for kind, needs in outside.items() if needs}
    words = {"no_course": _without_course, "too_early": _late}
    return {kind: words[kind](committed + declared, committed) for kind, (committed, declared) in sums.items()}


def _without_course(posts: int, committed: int) -> str:
    return ngettext(
        "%(num)s poste, engagés : %(committed)s, qu'aucune formation du catalogue ne couvre en entier.",
        "%(num)s postes, engagés : %(committed)s, qu'aucune formation du catalogue ne couvre en entier.",
        posts,
        committed=committed,
    )


def _late(posts: int, committed: int) -> str:
    return ngettext(
        "%(num)s poste, engagés : %(committed)s, dont les dates passent avant la première semaine du plan.",
        "%(num)s postes, engagés : %(committed)s, dont les dates passent avant la première semaine du plan.",
        posts,
        committed=committed,
    )


def people_words(count: int) -> str:
    """Count people."""
    return ngettext("%(num)s personne", "%(num)s personnes", count)


@says(PlanIsNotADraft)
def _not_a_draft() -> str:
    return _("Ce plan n'est plus une proposition : il est publié, arrêté ou encore en recherche.")


@says(PlanBreaksRules)
def _breaks_rules() -> str:
    return _("Ce plan n'est pas valide : corrigez d'abord les règles enfreintes, indiquées en haut du plan.")


@says(NothingToTakeBack)
def _nothing_to_take_back() -> str:
    return _("Aucun déplacement n'est à annuler.")

"""The judge's reasons in words: each stable code has its sentence here, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.matching.answers import Reason
from campus.models import FeedbackReason
from campus.web.filters import number, short_day

Values = Mapping[str, Any]

FEEDBACK = {
    FeedbackReason.OTHER_TRADE: _l("C'est un autre métier"),
    FeedbackReason.TOO_LONG: _l("C'est trop long"),
    FeedbackReason.TOO_LATE: _l("C'est trop tard"),
    FeedbackReason.TOO_FAR: _l("C'est trop loin"),
    FeedbackReason.LEVEL_TOO_LOW: _l("Le niveau est trop bas"),
    FeedbackReason.LEVEL_TOO_HIGH: _l("Le niveau est trop haut"),
    FeedbackReason.OTHER: _l("Autre raison"),
}


def sentence_of(reason: Reason) -> str:
    """Say a reason in one sentence."""
    family = reason.code.split(".", 1)[0]
    return FAMILIES[family](reason.code, reason.values)


def on(value: Any) -> str:
    """Write a date that travelled as text."""
    return short_day(date.fromisoformat(value) if isinstance(value, str) else value)


def days(count: int) -> str:
    """Count days."""
    return ngettext("%(num)s jour", "%(num)s jours", abs(count))


def dates(code: str, v: Values) -> str:
    """Say whether a session ends in time."""
    if code == "dates.in_time":
        return _("Finit %(days)s avant votre date limite.", days=days(v["days"]))
    if code == "dates.too_late":
        return _(
            "Finit %(days)s trop tard : la session se termine le %(end)s.", days=days(v["days"]), end=on(v["ends_on"])
        )
    if code == "dates.registration_closed":
        return _("Les inscriptions à la session sont closes.")
    return {
        "dates.no_session": _("Aucune session n'est encore ouverte."),
        "dates.not_dated": _("Les dates de la session ne sont pas encore fixées."),
        "dates.no_latest": _("Votre date limite n'est pas connue."),
    }[code]


def entry(code: str, v: Values) -> str:
    """Say whether people may enter with what they know."""
    if code in {"entry.too_low", "entry.unknown"}:
        skills = ", ".join(
            _("%(skill)s (niveau %(level)s)", skill=s["label"], level=s["required"]) for s in v["skills"]
        )
        if code == "entry.too_low":
            return _("Niveau d'entrée insuffisant : %(skills)s.", skills=skills)
        return _("Un niveau d'entrée est demandé : %(skills)s.", skills=skills)
    return {
        "entry.none_asked": _("Aucun niveau d'entrée demandé."),
        "entry.met": _("Le niveau d'entrée est atteint."),
    }[code]


def seats(code: str, v: Values) -> str:
    """Say whether there are seats."""
    if code == "seats.enough":
        return ngettext("%(num)s place libre", "%(num)s places libres", v["seats"]) + "."
    if code == "seats.some":
        left = ngettext("%(num)s place libre", "%(num)s places libres", v["seats"])
        return _("%(left)s pour %(posts)s postes.", left=left, posts=v["posts"])
    if code == "seats.none":
        return _("Plus aucune place libre sur cette session.")
    return _("Le nombre de places n'est pas encore connu.")


def distance(code: str, v: Values) -> str:
    """Say how far it is."""
    if code in {"distance.near", "distance.too_far"}:
        km = number(round(v["km"]))
        if code == "distance.near":
            return _("À %(km)s km.", km=km)
        return _("À %(km)s km, au-delà de vos %(most)s km.", km=km, most=number(v["max_km"]))
    return {
        "distance.unknown": _("Le lieu de la formation n'est pas encore connu."),
        "distance.no_limit": _("Aucune limite de distance demandée."),
    }[code]


def certification(code: str, v: Values) -> str:
    """Say whether the certification lasts long enough."""
    if code == "certification.expires":
        return _("La certification n'est plus valable après le %(end)s.", end=on(v["valid_until"]))
    if code == "certification.valid":
        return _("La certification est valable jusqu'au %(end)s.", end=on(v["valid_until"]))
    return {
        "certification.unknown": _("La date de la session dira si la certification est encore valable."),
        "certification.no_end": _("Pas de date de fin à la certification."),
    }[code]


def skill(code: str, v: Values) -> str:
    """Say what becomes of one skill."""
    name, level, asked = v["label"], v["reached"], v["required"]
    if code == "skill.met":
        return _("%(skill)s : couvert au niveau %(level)s.", skill=name, level=level)
    if code == "skill.partial":
        return _("%(skill)s : niveau %(level)s sur %(asked)s demandé.", skill=name, level=level, asked=asked)
    if code == "skill.level_unknown":
        return _("%(skill)s : niveau %(level)s apporté, niveau demandé à préciser.", skill=name, level=level)
    if code == "skill.entry_unknown":
        return _("%(skill)s : dépend du niveau d'entrée de la personne.", skill=name)
    if code == "skill.missing":
        return _("%(skill)s : absent du programme.", skill=name)
    close = {
        "skill.close_macro": _("%(skill)s : approché par « %(via)s », de la même famille."),
        "skill.close_sheet": _("%(skill)s : approché par « %(via)s », de la même fiche métier."),
        "skill.close_wording": _("%(skill)s : approché par « %(via)s », au libellé voisin."),
    }
    return close[code] % {"skill": name, "via": v["via_label"]}


def occupation(code: str, _v: Values) -> str:
    """Say how near the trade is."""
    if code == "occupation.same":
        return _("Mène à ce métier.")
    return _("Mène à un métier de la même famille.")


def wording(_code: str, _v: Values) -> str:
    """Say that titles are alike."""
    return _("L'intitulé ressemble à celui de votre besoin.")


FACTS = {
    "gate.dates": _l("une date qui ne convenait pas"),
    "gate.entry": _l("un niveau d'entrée trop haut"),
    "gate.seats": _l("plus de place libre"),
    "gate.distance": _l("un lieu trop loin"),
    "gate.certification": _l("une certification périmée"),
    "coverage.full": _l("toutes les indispensables couvertes"),
    "coverage.part": _l("une indispensable au moins pas couverte"),
    "closeness.only_close": _l("une compétence seulement approchée"),
    "occupation.same": _l("le même métier"),
    "occupation.same_parent": _l("un métier de la même famille"),
    "occupation.none": _l("un autre métier"),
    "position.first": _l("classée première"),
}


def feedback(code: str, v: Values) -> str:
    """Say that the firm set the course aside, why, and whether that still holds."""
    why = SET_ASIDE[v["reason"]]
    if code == "feedback.rejected":
        return _("Vous l'avez écartée : %(why)s. Elle est classée après les autres.", why=why)
    return _(
        "Vous l'aviez écartée : %(why)s. %(change)s Elle est de nouveau classée avec les autres.",
        why=why,
        change=CHANGES[v["reason"]](v["before"], v["after"]),
    )


SET_ASIDE = {
    "other_trade": _l("autre métier"),
    "too_long": _l("trop longue"),
    "too_late": _l("trop tard"),
    "too_far": _l("trop loin"),
    "level_too_low": _l("niveau trop bas"),
    "level_too_high": _l("niveau trop haut"),
    "other": _l("autre raison"),
}
# What has changed since, for each reason that can stop holding: the fact of that day and the fact of today.
CHANGES: dict[str, Callable[[Any, Any], str]] = {
    "too_far": lambda then, now: _(
        "Une session est prévue à %(now)s km, au lieu de %(then)s.", now=number(round(now)), then=number(round(then))
    ),
    "too_long": lambda then, now: _("Elle dure %(now)s h, au lieu de %(then)s.", now=number(now), then=number(then)),
    "too_late": lambda then, now: (
        _("Une session finit le %(now)s, au lieu du %(then)s.", now=on(now), then=on(then))
        if now < then
        else _("Votre date limite est plus tardive.")
    ),
    "other_trade": lambda _then, _now: _("Elle mène à un métier plus proche du vôtre."),
    "level_too_low": lambda _then, _now: _("Elle mène plus loin qu'avant."),
    "level_too_high": lambda _then, _now: _("Elle dépasse moins ce que vous demandez."),
}


def need(code: str, v: Values) -> str:
    """Say what the need should tell."""
    if code == "need.few_skills":
        return ngettext(
            "Précisez au moins %(num)s compétence de plus.",
            "Précisez au moins %(num)s compétences de plus.",
            v["missing"],
        )
    if code == "need.levels_unknown":
        return ngettext("%(num)s niveau à préciser.", "%(num)s niveaux à préciser.", v["count"])
    return {
        "need.no_essential": _("Dites quelles compétences sont indispensables."),
        "need.no_occupation": _("Choisissez le métier le plus proche."),
        "need.no_latest": _("Donnez une date limite de prise de poste."),
        "need.no_place": _("Donnez le lieu du poste."),
    }[code]


def gain(code: str, v: Values) -> str:
    """Say what a course adds to a person."""
    if code == "gain.adds":
        return _(
            "%(skill)s : du niveau %(before)s au niveau %(after)s.",
            skill=v["label"],
            before=v["before"],
            after=v["after"],
        )
    if code == "gain.blocked":
        return _("%(skill)s : demande déjà le niveau %(level)s.", skill=v["label"], level=v["entry_asked"])
    return _("%(skill)s : vous l'avez déjà à ce niveau.", skill=v["label"])


def like(code: str, v: Values) -> str:
    """Say what two needs have in common, or not."""
    if code == "like.skills":
        names = ", ".join(v["labels"])
        return _(
            "%(shared)s compétences communes sur %(total)s : %(names)s.",
            shared=v["shared"],
            total=v["total"],
            names=names,
        )
    if code == "like.window":
        return ngettext("%(num)s jour commun de prise de poste.", "%(num)s jours communs de prise de poste.", v["days"])
    if code == "like.window_apart":
        return _("Les prises de poste sont séparées de %(days)s.", days=days(v["days"]))
    if code in {"like.near", "like.far"}:
        return _("Les lieux sont à %(km)s km l'un de l'autre.", km=number(round(v["km"])))
    return {
        "like.no_skill": _("Aucune compétence commune."),
        "like.skills_unknown": _("Aucun des deux ne nomme de compétence."),
        "like.occupation_same": _("Le même métier."),
        "like.occupation_family": _("Deux métiers de la même famille."),
        "like.occupation_other": _("Deux métiers différents."),
        "like.occupation_unknown": _("Le métier de l'un n'est pas connu."),
        "like.window_unknown": _("Les dates de l'un ne sont pas toutes connues."),
        "like.place_unknown": _("Le lieu de l'un n'est pas connu."),
    }[code]


FAMILIES = {
    "like": like,
    "dates": dates,
    "entry": entry,
    "seats": seats,
    "distance": distance,
    "certification": certification,
    "skill": skill,
    "occupation": occupation,
    "wording": wording,
    "feedback": feedback,
    "need": need,
    "gain": gain,
}


def smallest_change(code: str, v: Values) -> str:
    """Say the smallest change that would open a closed gate."""
    change = v.get("change") or {}
    if code == "dates.too_late":
        return _("accepter une prise de poste jusqu'au %(end)s.", end=on(v["ends_on"]))
    if "seats" in change:
        return ngettext("%(num)s place de plus.", "%(num)s places de plus.", change["seats"])
    if "levels" in change:
        return ngettext("%(num)s niveau de plus à l'entrée.", "%(num)s niveaux de plus à l'entrée.", change["levels"])
    if "km" in change:
        return _("%(km)s km de plus.", km=number(round(change["km"])))
    if "days" in change:
        return _("une session %(days)s plus tôt.", days=days(change["days"]))
    return ""

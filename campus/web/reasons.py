"""The judge's reasons in words: each stable code has its sentence here, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from campus.matching.answers import Reason, Verdict
from campus.web.feedback_words import feedback, on
from campus.web.filters import number

Values = Mapping[str, Any]


def sentence_of(reason: Reason) -> str:
    """Say a reason in one sentence."""
    family = reason.code.split(".", 1)[0]
    return FAMILIES[family](reason.code, reason.values)


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
        "distance.unknown": _("Le lieu du poste ou celui de la formation n'est pas encore connu."),
        "distance.remote": _("La session se suit à distance."),
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
    close = {
        "skill.close_macro": _("%(skill)s : approché par « %(via)s », de la même famille."),
        "skill.close_sheet": _("%(skill)s : approché par « %(via)s », de la même fiche métier."),
        "skill.close_wording": _("%(skill)s : approché par « %(via)s », au libellé voisin."),
    }
    plain = {
        "skill.met": _("%(skill)s : couvert au niveau %(level)s."),
        "skill.partial": _("%(skill)s : niveau %(level)s sur %(asked)s demandé."),
        "skill.level_unknown": _("%(skill)s : niveau %(level)s apporté, niveau demandé à préciser."),
        "skill.entry_unknown": _("%(skill)s : dépend du niveau d'entrée de la personne."),
        "skill.person_unknown": _("%(skill)s : absent du programme, niveau de la personne à préciser."),
        "skill.missing": _("%(skill)s : absent du programme."),
    }
    values = {"skill": v["label"], "level": v["reached"], "asked": v["required"], "via": v.get("via_label", "")}
    return {**plain, **close}[code] % values


def occupation(code: str, _v: Values) -> str:
    """Say how near the trade is."""
    if code == "occupation.same":
        return _("Mène à ce métier.")
    return _("Mène à un métier de la même famille.")


def wording(_code: str, _v: Values) -> str:
    """Say that titles are alike."""
    return _("L'intitulé ressemble à celui de votre besoin.")


def essentials(met: int, total: int) -> str:
    """Say how many essential skills a course covers: the first reason of all."""
    if met == total:
        return ngettext(
            "Votre compétence indispensable est couverte au niveau demandé.",
            "Vos %(num)s compétences indispensables sont couvertes au niveau demandé.",
            total,
        )
    return ngettext(
        "%(num)s compétence indispensable sur %(total)s est couverte.",
        "%(num)s compétences indispensables sur %(total)s sont couvertes.",
        met,
        total=total,
    )


def essentials_met(met: int, total: int) -> str:
    """Say the same in the few words of a label."""
    return ngettext("%(num)s indispensable sur %(total)s", "%(num)s indispensables sur %(total)s", met, total=total)


def pathway(in_time: str, *, longer_would_do: bool) -> list[tuple[bool, str]]:
    """Say whether the sessions of a pathway follow one another, and whether a longer one would do more."""
    said = []
    if in_time == Verdict.YES:
        said.append((True, _("Les sessions se suivent et finissent avant votre date limite.")))
    elif in_time == Verdict.NO:
        said.append((False, _("Les sessions connues ne se suivent pas avant votre date limite.")))
    if longer_would_do:
        said.append((False, _("Un parcours de plus de trois formations couvrirait davantage.")))
    return said


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
    if code == "gain.perhaps" and v["entry_asked"]:
        return _(
            "%(skill)s : jusqu'au niveau %(after)s, si vous avez déjà le niveau %(level)s.",
            skill=v["label"],
            after=v["after"],
            level=v["entry_asked"],
        )
    if code == "gain.perhaps":
        return _(
            "%(skill)s : jusqu'au niveau %(after)s, selon ce que vous savez déjà.", skill=v["label"], after=v["after"]
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
    if code == "like.near" and v["km"] < 1:
        return _("Les lieux sont à moins d'un kilomètre l'un de l'autre.")
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

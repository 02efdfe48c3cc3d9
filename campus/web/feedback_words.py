"""What firms say against courses, in words: their reasons, whether these still hold, what was true that day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

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


def on(value: Any) -> str:
    """Write a date that travelled as text."""
    return short_day(date.fromisoformat(value) if isinstance(value, str) else value)


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
    said = str(FEEDBACK[FeedbackReason(v["reason"])])
    why = said[:1].lower() + said[1:]
    if code == "feedback.rejected":
        return _("Vous l'avez écartée : %(why)s. Elle est classée après les autres.", why=why)
    return _(
        "Vous l'aviez écartée : %(why)s. %(change)s Elle est de nouveau classée avec les autres.",
        why=why,
        change=CHANGES[v["reason"]](v["before"], v["after"]),
    )


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

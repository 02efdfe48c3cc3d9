"""The demand in words: what rows are about, the steps and their definitions, how many places are missing."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.planning.quarters import LATER, UNDATED, Quarter
from campus.planning.ranges import PRIORS, SURE, Range
from campus.queries.demand import By, DemandTable, Step

BY = {
    By.SKILL: _l("compétence"),
    By.OCCUPATION: _l("métier"),
    By.FAMILY: _l("famille de métiers"),
    By.AREA: _l("bassin d'emploi"),
}
FIRST = {
    By.SKILL: _l("Compétence"),
    By.OCCUPATION: _l("Métier"),
    By.FAMILY: _l("Famille de métiers"),
    By.AREA: _l("Bassin d'emploi"),
}
STEPS = {
    Step.DECLARED: _l("déclarés"),
    Step.CONFIRMED: _l("confirmés"),
    Step.COMMITTED: _l("engagés"),
    Step.OBSERVED: _l("embauches"),
}
COLUMNS = {
    Step.DECLARED: _l("Déclarés"),
    Step.CONFIRMED: _l("Confirmés"),
    Step.COMMITTED: _l("Engagés"),
    Step.OBSERVED: _l("Embauches"),
}
DEFINITIONS = {
    Step.DECLARED: _l("Tous les postes des besoins publiés, tels que les entreprises les ont déclarés."),
    Step.CONFIRMED: _l("Parmi eux, ceux dont l'entreprise a répondu qu'ils tiennent toujours, ou a fait plus."),
    Step.COMMITTED: _l(
        "Parmi eux, ceux qu'une lettre d'intention, un accord signé ou une place réservée engage, ou qui sont pourvus."
    ),
    Step.OBSERVED: _l(
        "Parmi eux, ceux où une embauche est constatée au journal de couverture. Un besoin entièrement pourvu n'est "
        "plus une demande : ses embauches sont dans les bilans."
    ),
}
CLASSES = (_l("Déclaré, sans plus"), _l("Confirmé, sans plus"), _l("Lettre ou accord, sans place encore"))


def percent(share: float) -> str:
    """Write a share in percent."""
    return f"{round(100 * share)}\u00a0%"


SURE_SAID = percent(SURE)


def surely(range_: Range) -> str:
    """Say how many places are missing, and how sure that is."""
    return _("%(words)s (à %(sure)s)", words=missing_words(range_), sure=SURE_SAID)


def quarter_name(quarter: Quarter) -> str:
    """Name a column."""
    if quarter == UNDATED:
        return _("Sans date")
    if quarter == LATER:
        return _("Plus tard")
    return _("T%(number)s %(year)s", number=quarter.number, year=quarter.year)


def level_name(level: int | None) -> str:
    """Name the level of a row; nothing where there is none."""
    if level is None:
        return ""
    return _("niveau %(level)s", level=level) if level else _("niveau non précisé")


def missing_words(range_: Range) -> str:
    """Say how many places are missing, or left over, between two bounds."""
    low, high = range_.low, range_.high
    if low < 0 < high:
        return _("de %(over)s places en trop à %(missing)s qui manquent", over=-low, missing=high)
    few, most = sorted((abs(low), abs(high)))
    if not most:
        return _("ni manque ni place en trop")
    if low >= 0:
        if few == most:
            return ngettext("manque %(num)s place", "manque %(num)s places", most)
        return _("manque %(low)s à %(high)s places", low=few, high=most)
    if few == most:
        return ngettext("%(num)s place en trop", "%(num)s places en trop", most)
    return _("%(low)s à %(high)s places en trop", low=few, high=most)


def chances(table: DemandTable) -> list[dict[str, object]]:
    """Tell, for each step, what was supposed at first, what the campus has seen since, and the share that follows."""
    return [
        {
            "label": label,
            "prior": _("%(part)s sur %(whole)s", part=f"{prior.came:g}", whole=f"{prior.came + prior.lost:g}"),
            "came": int(came),
            "ended": int(came + lost),
            "share": percent(share.mean),
        }
        for label, prior, share, (came, lost) in zip(
            CLASSES, PRIORS, table.shares, table.evidence.tolist(), strict=True
        )
    ]

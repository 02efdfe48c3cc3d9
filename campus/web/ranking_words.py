"""The rules of the ranking in plain words, each written from the constant that the code obeys."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from campus.matching.answers import Closeness
from campus.matching.objections import LESS, SOONER_DAYS
from campus.matching.ranking import CRITERIA
from campus.matching.values import HIGHEST_LEVEL, Rules
from campus.queries import advice, waiting
from campus.services.matches import KEPT, RULES
from campus.web.filters import number


@dataclass(frozen=True)
class RankingPage:
    """All that the page of the ranking says, in the reader's language."""

    rules: Rules
    levels: range
    order: tuple[str, ...]
    conditions: tuple[str, ...]
    closeness: tuple[str, ...]
    profile: tuple[str, ...]
    needs: tuple[str, ...]
    shown: int
    fifths: str
    sooner_days: int


def ranking_page() -> RankingPage:
    """Put the rules in force into words."""
    order, closeness = order_words(RULES), closeness_words(RULES)
    return RankingPage(
        rules=RULES,
        levels=range(1, HIGHEST_LEVEL + 1),
        order=tuple(order[name] for name in CRITERIA),
        conditions=tuple(condition_words(RULES).values()),
        closeness=tuple(closeness[kind] for kind in Closeness if kind in closeness),
        profile=tuple(advice_words()[name] for name in advice.ORDER),
        needs=tuple(waiting_words()[name] for name in waiting.ORDER),
        shown=KEPT,
        fifths=percent(1 - LESS),
        sooner_days=SOONER_DAYS,
    )


def percent(share: float) -> str:
    """Write a share (0 to 1) as a whole number of hundredths."""
    return number(round(100 * share))


def order_words(rules: Rules) -> dict[str, str]:
    """Say each criterion of the order, by its name."""
    return {
        "not_rejected": _("d'abord celles que vous n'avez pas écartées"),
        "gates_closed": _("le moins de conditions fermées"),
        "essential_met": _("le plus de compétences indispensables couvertes"),
        "essential_sure": _(
            "la meilleure couverture sûre des indispensables, par tranches : il y en a %(count)s", count=rules.band
        ),
        "essential_hoped": _("la meilleure couverture possible des indispensables, par tranches aussi"),
        "essential_missing": _("le moins de compétences indispensables absentes"),
        "desired_sure": _("la meilleure couverture des compétences souhaitées, par tranches aussi"),
        "occupation": _("le métier visé : le même, puis un métier de la même famille, puis un autre"),
        "wording": _("la ressemblance des intitulés, par tranches aussi"),
        "gates_unknown": _("le moins de conditions dont on ne sait rien"),
        "slack": _("le plus de jours d'avance sur votre date limite"),
        "seats": _("le plus de places libres"),
        "id": _("enfin le numéro de la formation, pour que l'ordre ne change jamais sans raison"),
    }


def advice_words() -> dict[str, str]:
    """Say each criterion of the courses advised to a trainee, by its name."""
    return {
        "aim": _("celles qui mènent au métier que vous visez"),
        "enters": _("celles qui vous sont ouvertes dès maintenant, puis celles dont le niveau d'entrée est à vérifier"),
        "levels": _("le plus de niveaux qui peuvent s'ajouter à ce que vous savez faire"),
        "levels_sure": _("le plus de niveaux ajoutés à coup sûr, d'après ce que vous avez indiqué"),
        "posts": _("le plus de postes à pourvoir près de Chartres, arrondis"),
        "title": _("enfin l'ordre alphabétique"),
    }


def waiting_words() -> dict[str, str]:
    """Say each criterion of the needs that wait for a course, by its name."""
    return {
        "gates_closed": _("le moins de conditions fermées"),
        "essential_share": _("la plus grande part d'indispensables couvertes"),
        "essential_missing": _("le moins de compétences indispensables absentes"),
        "posts": _("le plus de postes"),
        "reference": _("enfin le numéro du besoin"),
    }


def condition_words(rules: Rules) -> dict[str, str]:
    """Say each gate, by its name."""
    in_time = _("la session accepte encore des inscriptions et finit au plus tard à votre date limite")
    if rules.hiring_margin_days:
        in_time = _(
            "la session accepte encore des inscriptions et finit au moins %(days)s jours avant votre date limite",
            days=rules.hiring_margin_days,
        )
    return {
        "dates": in_time,
        "entry": _("le niveau demandé à l'entrée est atteint"),
        "seats": _("il reste au moins une place libre"),
        "distance": _(
            "le lieu est à la distance que vous acceptez, à vol d'oiseau ; sans limite donnée, tout convient"
        ),
        "certification": _("la certification est encore valable le jour où la session commence"),
    }


def closeness_words(rules: Rules) -> dict[Closeness, str]:
    """Say what each kind of closeness between two skills counts for."""
    return {
        Closeness.IDENTITY: _("la même compétence : compte en entier"),
        Closeness.MACRO: _(
            "une compétence de la même famille : compte pour %(share)s %%", share=percent(rules.macro_factor)
        ),
        Closeness.SHEET: _(
            "une compétence de la même fiche métier, aux mots semblables : compte pour %(share)s %%",
            share=percent(rules.sheet_factor),
        ),
        Closeness.WORDING: _(
            "une compétence dont le libellé ressemble au vôtre à %(least)s %% au moins : compte pour %(share)s %% "
            "au plus, selon la ressemblance",
            least=percent(rules.least_wording),
            share=percent(rules.wording_factor),
        ),
    }

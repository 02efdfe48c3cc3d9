"""The annual report: the funnel, cohorts, families, courses, delays, why people stopped, what it cost; with charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from campus.exchange.tables import Cell
from campus.queries.dossiers import cost_of_year
from campus.queries.report_cube import family_labels
from campus.queries.report_published import PublishedReport
from campus.queries.report_training import reasons_for_leaving
from campus.reports.book import Book
from campus.reports.delays import Delay
from campus.reports.funnel import PROOFS as PROOF_OF
from campus.reports.funnel import STEPS
from campus.reports.training import Training
from campus.web import report_words
from campus.web.dossiers import editions, words
from campus.web.dossiers.editions import Counts, Funnel, said
from campus.web.dossiers.parts import Part, Told
from campus.web.published_words import hidden_rule
from campus.web.training_words import training_rows, whole_row

FEWEST_PEOPLE = 5


def told(book: Book, *, year: int, day: date, published: PublishedReport | None) -> Told:
    """Tell a year as it stood on a day: everything, or to sponsors what is published of that day."""
    known = editions.published(published, str(year)) if published else editions.everything(book.funnel, str(year))
    training = {where: each for where, each in book.training.items() if where.quarter.startswith(str(year))}
    ever = editions.published(published, "") if published else None
    return Told(
        name=f"rapport-annuel-{year}",
        title=_("Rapport annuel %(year)s", year=year),
        period=_("Besoins déclarés et sessions commencées en %(year)s", year=year),
        day=day,
        parts=[
            _funnel(known),
            _cohorts(known),
            _families(known, ever),
            _taught(training),
            _delays(book, ever),
            _reasons(str(year), few=published is not None),
            _cost(year, training, day=day),
        ],
        internal=published is None,
    )


def _proof(step: str) -> str:
    return str(report_words.PROOFS[PROOF_OF[step]][0])


def _funnel(known: Funnel) -> Part:
    firms = known.firms or ("",) * len(STEPS)
    rows = [
        (str(report_words.STEPS[step]), said(posts), _proof(step), behind, str(report_words.DEFINITIONS[step]))
        for step, posts, behind in zip(STEPS, known.whole, firms, strict=True)
    ]
    header = (_("Étape"), _("Postes"), _("Preuve"), _("Entreprises (n)"), _("Définition"))
    text = (_("Un même poste passe d'une étape à la suivante : les étapes ne s'additionnent pas."),)
    if known.needs is None:
        rows, header = [(*row[:3], row[4]) for row in rows], (*header[:3], header[4])
        text = (*text, hidden_rule(), _("Une étape de l'année est montrée quand tous ses trimestres le sont."))
    return Part(_("Du besoin déclaré à l'emploi"), text, header, rows, chart=_("Postes par étape"))


def _cohorts(known: Funnel) -> Part:
    names = {key: report_words.cohort_name(key) for key in known.cohorts}
    chart = _("Postes déclarés par cohorte") if known.needs is None else _("Besoins par cohorte")
    return _groups(_("Par cohorte"), known.cohorts, known.needs, names=names, chart=chart)


def _families(known: Funnel, ever: Funnel | None) -> Part:
    """Tell families; to sponsors those of all years, and their total."""
    names = {**family_labels(set(known.families) - {""}), "": str(report_words.NO_FAMILY)}
    if ever is None:
        return _groups(_("Par famille de métiers"), known.families, known.needs, names=names)
    part = _groups(_("Par famille de métiers, toutes les années"), ever.families, None, names=names)
    return replace(part, rows=[*part.rows, (_("Ensemble"), *map(said, ever.whole))])


def _groups(
    title: str,
    rows: Mapping[str, Counts],
    needs: Mapping[str, int] | None,
    *,
    names: Mapping[str, str],
    chart: str = "",
) -> Part:
    titles = [f"{report_words.SHORT[step]} ({_proof(step)})" for step in STEPS]
    if needs is not None:
        whole = [(names[key], needs[key], *posts) for key, posts in rows.items()]
        return Part(title, (), (title, _("Besoins (n)"), *titles), whole, chart=chart)
    shown = {key: posts for key, posts in rows.items() if any(each is not None for each in posts)}
    away = len(rows) - len(shown)
    text = (ngettext("%(num)s ligne n'est pas montrée.", "%(num)s lignes ne sont pas montrées.", away),) if away else ()
    told = [(names[key], *map(said, posts)) for key, posts in shown.items()]
    return Part(title, (hidden_rule(), *text), (title, *titles), told, chart=chart)


def _taught(training: Training) -> Part:
    names = {where.quarter: report_words.cohort_name(where.quarter) for where in training}
    rows: list[tuple[Cell, ...]] = [
        (
            each.label,
            each.figures["began"],
            each.figures["sessions"],
            each.finished,
            each.figures["dropped"],
            each.fill,
            each.completion,
            each.satisfaction,
            each.figures["opinions"],
        )
        for each in [*training_rows(training, "trimestres", names), whole_row(training)]
    ]
    header = (
        _("Trimestre"),
        _("Entrées (constaté)"),
        _("Sessions"),
        _("Terminées (constaté)"),
        _("Abandons (constaté)"),
        str(words.RATES["fill"]),
        str(words.RATES["completion"]),
        str(words.RATES["satisfaction"]),
        _("Avis (n)"),
    )
    text = tuple(str(words.DEFINITIONS[each]) for each in words.RATES)
    return Part(_("Les formations"), text, header, rows if training else [], chart=_("Personnes entrées en formation"))


def _delays(book: Book, ever: Funnel | None) -> Part:
    """Tell each leg; to sponsors those of which the posts that have come to the end are published."""
    away = {each.end for each in book.delays if ever and ever.figures(each.end) is None}
    rows = [
        (str(report_words.LEGS[each.start, each.end]), *_days(each, hidden=each.end in away)) for each in book.delays
    ]
    header = (_("Délai"), _("Postes (n)"), _("Jours, médiane"), _("Premier quart"), _("Dernier quart"))
    text = (_("En jours, constaté, pour les postes de toutes les années arrivés jusque-là."),)
    return Part(_("Les délais"), (*text, hidden_rule()) if ever else text, header, rows)


def _days(delay: Delay, *, hidden: bool) -> tuple[Cell, ...]:
    return (said(None),) * 4 if hidden else (delay.n, delay.middle, delay.low, delay.high)


def _reasons(year: str, *, few: bool) -> Part:
    """Tell why people stopped; to sponsors, reasons of few people are added up without their words."""
    text: tuple[str, ...] = (_("Constaté, dans les mots écrits à l'époque, au jour de l'impression."),)
    rows = reasons_for_leaving(year)
    if few:
        others = sum(people for _reason, people in rows if people < FEWEST_PEOPLE)
        rows = [(reason, people) for reason, people in rows if people >= FEWEST_PEOPLE]
        rows += [(_("Autres motifs"), others)] if others else []
        text = (*text, _("Les motifs de moins de %(people)s personnes sont réunis.", people=FEWEST_PEOPLE))
    return Part(_("Pourquoi des personnes ont arrêté"), text, (_("Motif"), _("Personnes")), rows)


def _cost(year: int, training: Training, *, day: date) -> Part:
    cost, known, sessions = cost_of_year(year, day)
    trained = whole_row(training).finished
    rows: list[tuple[Cell, ...]] = [
        (_("Coût des sessions commencées, € (déclaré)"), cost),
        (_("Sessions commencées (constaté)"), sessions),
        (_("dont le coût est connu (n)"), known),
        (_("Formations terminées (constaté)"), trained),
        (
            _("Coût par formation terminée, €"),
            (cost / trained).quantize(Decimal("0.01"), ROUND_HALF_UP) if trained else None,
        ),
    ]
    text = (
        _(
            "Les coûts saisis par l'équipe et les sessions commencées sont ceux du jour de l'impression ; les "
            "formations terminées, celles du jour des chiffres."
        ),
    )
    return Part(_("Ce que cela a coûté"), text, (_("Chiffre"), _("Valeur")), rows)

"""The annual report: the funnel, cohorts, families, courses, delays, why people stopped, what it cost; with charts."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _

from campus.exchange.tables import Cell
from campus.queries.dossiers import cost_of_year
from campus.queries.report_cube import family_labels
from campus.queries.report_training import reasons_for_leaving
from campus.reports.book import Book
from campus.reports.funnel import PROOFS as PROOF_OF
from campus.reports.funnel import STEPS, Cube, grouped, narrowed, total
from campus.reports.training import Training
from campus.web import report_words
from campus.web.dossiers import words
from campus.web.dossiers.parts import Part, Told
from campus.web.training_words import training_rows, whole_row


def told(book: Book, *, year: int, day: date) -> Told:
    """Tell a year as it stood on a day."""
    cube = narrowed(book.funnel, lambda where: where.quarter.startswith(str(year)))
    training = {where: each for where, each in book.training.items() if where.quarter.startswith(str(year))}
    return Told(
        name=f"rapport-annuel-{year}",
        title=_("Rapport annuel %(year)s", year=year),
        period=_("Besoins déclarés et sessions commencées en %(year)s", year=year),
        day=day,
        parts=[
            _funnel(cube),
            _groups(_("Par cohorte"), cube, "quarter"),
            _groups(_("Par famille de métiers"), cube, "family"),
            _taught(training),
            _delays(book),
            _reasons(str(year)),
            _cost(year, training, day=day),
        ],
    )


def _proof(step: str) -> str:
    return str(report_words.PROOFS[PROOF_OF[step]][0])


def _funnel(cube: Cube) -> Part:
    whole = total(cube)
    rows = [
        (
            str(report_words.STEPS[step]),
            whole[step],
            _proof(step),
            whole.firms_behind(step),
            str(report_words.DEFINITIONS[step]),
        )
        for step in STEPS
    ]
    header = (_("Étape"), _("Postes"), _("Preuve"), _("Entreprises (n)"), _("Définition"))
    text = (_("Un même poste passe d'une étape à la suivante : les étapes ne s'additionnent pas."),)
    return Part(_("Du besoin déclaré à l'emploi"), text, header, rows, chart=_("Postes par étape"))


def _groups(title: str, cube: Cube, name: str) -> Part:
    groups = grouped(cube, lambda where: getattr(where, name))
    if name == "family":
        names = {**family_labels(set(groups) - {""}), "": str(report_words.NO_FAMILY)}
    else:
        names = {key: report_words.cohort_name(key) for key in groups}
    titles = (f"{report_words.SHORT[step]} ({_proof(step)})" for step in STEPS)
    rows = [(names[key], group["needs"], *(group[step] for step in STEPS)) for key, group in groups.items()]
    chart = _("Besoins par cohorte") if name == "quarter" else ""
    return Part(title, (), (title, _("Besoins (n)"), *titles), rows, chart=chart)


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


def _delays(book: Book) -> Part:
    rows = [
        (str(report_words.LEGS[each.start, each.end]), each.n, each.middle, each.low, each.high) for each in book.delays
    ]
    header = (_("Délai"), _("Postes (n)"), _("Jours, médiane"), _("Premier quart"), _("Dernier quart"))
    text = (_("En jours, constaté, pour les postes de toutes les années arrivés jusque-là."),)
    return Part(_("Les délais"), text, header, rows)


def _reasons(year: str) -> Part:
    text = (_("Constaté, dans les mots écrits à l'époque, au jour de l'impression."),)
    return Part(_("Pourquoi des personnes ont arrêté"), text, (_("Motif"), _("Personnes")), reasons_for_leaving(year))


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
    text = (_("Le coût d'une session est celui que l'équipe a saisi pour sa formation, au jour de l'impression."),)
    return Part(_("Ce que cela a coûté"), text, (_("Chiffre"), _("Valeur")), rows)

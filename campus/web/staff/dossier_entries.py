"""What the staff type for dossiers: an indicator's start and target, the amounts of a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length, Optional

from campus.queries.dossiers import amounts_of, indicator_targets
from campus.reports.bilan import LINES
from campus.services import dossiers
from campus.web.dossiers import words
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits
from campus.web.typed import Amount, Day

blueprint = Blueprint("dossier_entries", __name__, url_prefix="/dossiers")
Answer = str | tuple[str, int] | Response
FIRST_YEAR, LAST_YEAR = 2000, 2100


class TargetForm(Form):
    """Where an indicator started and where it should be."""

    baseline = Amount(_l("Point de départ"), [Optional()])
    baseline_on = Day(_l("Constaté le"), [Optional()])
    target = Amount(_l("Cible"), [Optional()])
    target_on = Day(_l("Pour le"), [Optional()])
    source = StringField(_l("Source"), [Optional(), Length(max=250, message=_l("Écrivez 250 caractères au plus."))])
    responsible = StringField(
        _l("Responsable"), [Optional(), Length(max=120, message=_l("Écrivez 120 caractères au plus."))]
    )

    def typed(self) -> dossiers.Target:
        """Give what was typed."""
        data = self.data
        return dossiers.Target(
            baseline=data["baseline"],
            baseline_on=data["baseline_on"],
            target=data["target"],
            target_on=data["target_on"],
            source=data["source"] or "",
            responsible=data["responsible"] or "",
        )


class AmountsForm(Form):
    """The amounts of a year, a field a line."""


for _line in LINES:
    setattr(AmountsForm, _line, Amount(words.LINES[_line], [Optional()]))


@blueprint.get("/indicateurs")
def indicators() -> str:
    """List the indicators with what was typed of each."""
    return render_template(
        "staff/dossier_entries/indicators.html",
        targets=indicator_targets(),
        words=words,
    )


@blueprint.get("/indicateurs/<figure>")
def indicator(figure: str) -> Answer:
    """Ask where an indicator started and where it should be."""
    return _indicator_page(figure, TargetForm(obj=indicator_targets().get(_known(figure)), formdata=None))


@blueprint.post("/indicateurs/<figure>")
@commits
def keep_indicator(figure: str) -> Answer:
    """Keep where an indicator started and where it should be."""
    form = TargetForm()
    if not form.validate():
        return _indicator_page(_known(figure), form), 422
    dossiers.set_target(current_user.account, _known(figure), form.typed())
    tell(_("L'indicateur est enregistré."))
    return redirect(url_for(".indicators"), 303)


def _known(figure: str) -> str:
    return figure if figure in words.INDICATORS else abort(404)


def _indicator_page(figure: str, form: TargetForm) -> str:
    return render_template("staff/dossier_entries/indicator.html", figure=figure, form=form, words=words)


@blueprint.get("/montants/<int:year>")
def amounts(year: int) -> Answer:
    """Ask the amounts of a year, as accounting gives them."""
    return _amounts_page(year, AmountsForm(data=amounts_of(sensible(year)), formdata=None))


@blueprint.post("/montants/<int:year>")
@commits
def keep_amounts(year: int) -> Answer:
    """Keep the amounts of a year."""
    form = AmountsForm()
    if not form.validate():
        return _amounts_page(sensible(year), form), 422
    typed: dict[str, Any] = form.data
    lines: dict[str, Decimal | None] = {line: typed[line] for line in LINES}
    dossiers.set_amounts(current_user.account, sensible(year), lines)
    tell(_("Les montants sont enregistrés."))
    return redirect(url_for("staff.dossiers.consistency", annee=year), 303)


def sensible(year: int) -> int:
    """Give a year of the calendar, or answer 404."""
    return year if FIRST_YEAR <= year <= LAST_YEAR else abort(404)


def _amounts_page(year: int, form: AmountsForm) -> str:
    return render_template("staff/dossier_entries/amounts.html", year=year, form=form, frames=words.FRAMES)

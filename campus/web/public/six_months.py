"""The two questions asked six months after a course: one page, two answers, no account needed."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from campus.models import Enrolment, OneTimeLink, SkillsUsed, WorkSince
from campus.queries.results import six_months_answer, six_months_of_link
from campus.services import results
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("six_months", __name__, url_prefix="/six-mois")
Answer = str | tuple[str, int] | Response
WORK = {
    WorkSince.EXPECTED_POST: _l("Sur le poste pour lequel j'ai été formée ou formé"),
    WorkSince.SAME_TRADE: _l("Dans ce métier, ailleurs"),
    WorkSince.OTHER: _l("Dans un autre métier"),
    WorkSince.NONE: _l("Je ne travaille pas en ce moment"),
}
USED = {
    SkillsUsed.DAILY: _l("Oui, tous les jours ou presque"),
    SkillsUsed.SOMETIMES: _l("Oui, de temps en temps"),
    SkillsUsed.NEVER: _l("Non"),
}


class SixMonthsForm(Form):
    """Where the person works, and whether what was learnt is of use."""

    work = RadioField(
        _l("Où travaillez-vous aujourd'hui ?"), [InputRequired(_l("Choisissez une réponse."))], validate_choice=True
    )
    used = RadioField(
        _l("Ce que vous avez appris vous sert-il ?"),
        [InputRequired(_l("Choisissez une réponse."))],
        choices=[SelectChoice(each.value, word) for each, word in USED.items()],
    )

    def offer(self, enrolment: Enrolment) -> SixMonthsForm:
        """Offer the expected post only to whom one was expected."""
        kept = [each for each in WORK if each is not WorkSince.EXPECTED_POST or enrolment.need_post_id]
        self.work.choices = [SelectChoice(each.value, WORK[each]) for each in kept]
        return self


@blueprint.get("/<token>")
def show(token: str) -> str:
    """Ask the two questions."""
    _link, enrolment = find(token)
    known = six_months_answer(enrolment)
    said = {"work": known.work.value, "used": known.used.value} if known else {}
    return _page(token, enrolment, SixMonthsForm(data=said, formdata=None), answered=known is not None)


@blueprint.post("/<token>")
@commits
def answer(token: str) -> Answer:
    """Take the answers."""
    link, enrolment = find(token)
    form = SixMonthsForm().offer(enrolment)
    if not form.validate():
        return _page(token, enrolment, form), 422
    results.answer_six_months(link, enrolment, work=WorkSince(form.work.data), used=SkillsUsed(form.used.data))
    tell(_("Merci, vos réponses sont notées."))
    return redirect(url_for(".show", token=token), 303)


def _page(token: str, enrolment: Enrolment, form: SixMonthsForm, *, answered: bool = False) -> str:
    form.offer(enrolment)
    return render_template(
        "public/six_months/show.html", token=token, enrolment=enrolment, form=form, answered=answered
    )


def find(token: str) -> tuple[OneTimeLink, Enrolment]:
    """Find what the link opens, or answer 404."""
    return six_months_of_link(token) or abort(404)

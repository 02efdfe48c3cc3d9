"""What a person wants to hear of, and how often."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from campus.mail_rules import RHYTHMS, MailCategory, Rhythm
from campus.models import Account
from campus.queries.preferences import rhythms_of
from campus.services.preferences import choose_rhythms
from campus.web.forms import Form
from campus.web.mail_words import CATEGORIES, READERS, RHYTHM_WORDS
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("preferences", __name__, url_prefix="/messages")
Answer = str | tuple[str, int] | Response


def form_for(account: Account) -> Form:
    """Make the form of the categories that a person may get mails of."""
    asked = [category for category in MailCategory if account.role in READERS[category]]
    fields = {
        category.value: RadioField(
            CATEGORIES[category],
            choices=[SelectChoice(rhythm.value, RHYTHM_WORDS[rhythm]) for rhythm in RHYTHMS[category]],
        )
        for category in asked
    }
    chosen = rhythms_of(account)
    kind = type("PreferencesForm", (Form,), fields)
    return kind(data={category.value: chosen[category].value for category in asked})


def chosen_in(form: Form) -> dict[MailCategory, Rhythm]:
    """Read the choices of a form."""
    return {MailCategory(name): Rhythm(value) for name, value in form.data.items() if name in list(MailCategory)}


def page(form: Form) -> str:
    """Render the page of the choices."""
    return render_template("accounts/preferences/index.html", form=form, names=list(CATEGORIES))


@blueprint.get("")
def index() -> str:
    """Ask how often the person wants to be written to."""
    return render_template(
        "accounts/preferences/index.html", form=form_for(current_user.account), names=list(CATEGORIES)
    )


@blueprint.post("")
@commits
def choose() -> Answer:
    """Keep the choices."""
    form = form_for(current_user.account)
    if not form.validate():
        return page(form), 422
    choose_rhythms(current_user.account, chosen_in(form))
    tell(_("Vos choix sont enregistrés."))
    return redirect(url_for(".index"), 303)

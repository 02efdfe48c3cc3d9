"""What I share and with whom, the help I need, and having my data erased: without asking anybody."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import Length

from campus.models import Shared
from campus.queries import sharing as asked
from campus.services import erasure as erasing
from campus.services import sharing
from campus.services.passwords import WrongPassword
from campus.web import signed_in
from campus.web.accounts.fields import current_password
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits, commits_also

blueprint = Blueprint("sharing", __name__, url_prefix="/partage")
Answer = str | tuple[str, int] | Response


class SupportForm(Form):
    """The help somebody needs."""

    needs = TextAreaField(_l("Ce dont j'ai besoin pour suivre une formation"), [Length(max=2000)])


class ErasureForm(Form):
    """The password, so that nobody erases for another."""

    current = current_password()


@says(sharing.NotThatFirm)
def _not_that_firm() -> str:
    return _("On partage avec les entreprises qui vous concernent : rechargez la page.")


@says(erasing.InTraining)
def _in_training() -> str:
    return _("Vous êtes en formation : vos données s'effacent après son dernier jour.")


def read_shared(names: Iterable[str]) -> set[tuple[uuid.UUID, Shared]]:
    """Read the boxes that are ticked, "profile:FIRM"; what is none of them is left out."""
    read = set()
    for each in names:
        kind, _colon, firm = each.partition(":")
        if kind in set(Shared) and len(firm) == 36:
            read.add((uuid.UUID(firm), Shared(kind)))
    return read


@blueprint.get("/")
def index() -> str:
    """Show, firm by firm, what the person shares, and who read what is kept apart."""
    person = current_user.account
    return render_template(
        "trainees/sharing/index.html",
        firms=asked.firms_concerned(person),
        given={f"{each.shared.value}:{each.organisation_id}" for each in asked.consents_of(person)},
        history=asked.history_of(person),
        readings=asked.readings_of(person),
        support=asked.support_need_of(person),
    )


@blueprint.post("/")
@commits
def save() -> Response:
    """Share exactly what is ticked."""
    sharing.share(current_user.account, read_shared(request.form.getlist("share")))
    tell(_("C'est enregistré : les entreprises ne voient que ce qui est coché."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/amenagements")
def support() -> str:
    """Ask for the help that the person needs."""
    known = asked.support_need_of(current_user.account)
    return render_template(
        "trainees/sharing/support.html", form=SupportForm(data={"needs": known.needs if known else ""})
    )


@blueprint.post("/amenagements")
@commits
def say_support() -> Answer:
    """Keep what the person says, or take it off."""
    form = SupportForm()
    if not form.validate():
        return render_template("trainees/sharing/support.html", form=form), 422
    sharing.say_support(current_user.account, form.needs.data or "")
    tell(_("C'est enregistré, à part de votre dossier."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/effacement")
def erasure() -> str:
    """Show what would be erased and what would stay, before the button."""
    return _erasure_page(ErasureForm())


@blueprint.post("/effacement")
@commits_also(422)
def erase() -> Answer:
    """Erase, and sign the person out."""
    form = ErasureForm()
    if form.validate():
        try:
            erasing.erase(current_user.account, form.current.data or "")
        except WrongPassword:
            form.current.errors = [_("Ce n'est pas votre mot de passe actuel.")]
        else:
            signed_in.forget()
            tell(_("Vos données sont effacées, votre compte est fermé."))
            return redirect(url_for("public.home.index"), 303)
    return _erasure_page(form), 422


def _erasure_page(form: ErasureForm) -> str:
    person = current_user.account
    return render_template(
        "trainees/sharing/erasure.html",
        form=form,
        running=erasing.active_of(person),
        may_erase=erasing.may_erase(person),
    )

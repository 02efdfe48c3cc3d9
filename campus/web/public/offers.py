"""The page that the mail of an offered seat leads to: a page with a button, because mail scanners follow links."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus import clock
from campus.models import Enrolment, EnrolmentState, OneTimeLink
from campus.queries.offers import offer_of_link
from campus.services import offers
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("offers", __name__, url_prefix="/place")
Answer = str | Response


@blueprint.get("/<token>")
def show(token: str) -> Answer:
    """Ask whether the person takes the seat."""
    _link, enrolment = find(token)
    runs = enrolment.offer_until is not None and enrolment.offer_until >= clock.now()
    asked = enrolment.state == EnrolmentState.OFFERED and runs
    return render_template("public/offers/show.html", token=token, enrolment=enrolment, open=asked)


@blueprint.post("/<token>/prendre")
@commits
def accept(token: str) -> Answer:
    """Take the seat."""
    offers.accept_by_link(*find(token))
    tell(_("La place est à vous. Un message de confirmation vous est envoyé."))
    return redirect(url_for(".show", token=token), 303)


@blueprint.post("/<token>/renoncer")
@commits
def decline(token: str) -> Answer:
    """Leave the seat to the next person."""
    offers.decline_by_link(*find(token))
    tell(_("Vous avez renoncé à la place. Merci de l'avoir dit."))
    return redirect(url_for(".show", token=token), 303)


def find(token: str) -> tuple[OneTimeLink, Enrolment]:
    """Find what the link opens, or answer 404."""
    return offer_of_link(token) or abort(404)

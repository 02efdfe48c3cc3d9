"""The page that the mails about a need's end lead to: a page with a button, because mail scanners follow links."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus import clock
from campus.models import Need, OneTimeLink
from campus.queries.needs import need_of_link
from campus.services import need_lives
from campus.services.need_lives import WithdrawalReason
from campus.services.need_states import may
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("renewals", __name__, url_prefix="/besoins/prolonger")
Answer = str | Response


@says(need_lives.LinkIsUsed)
def _used() -> str:
    return _("Ce lien a déjà servi, ou son délai est passé. Connectez-vous pour retrouver votre besoin.")


@blueprint.get("/<token>")
def show(token: str) -> Answer:
    """Ask whether the need still stands."""
    link, need = find(token)
    usable = link.used_at is None and link.expires_at > clock.now() and (may("renew", need) or may("withdraw", need))
    return render_template("public/renewals/show.html", token=token, need=need, usable=usable, may=may)


@blueprint.post("/<token>/prolonger")
@commits
def renew(token: str) -> Answer:
    """Let the need live another 90 days."""
    need = need_lives.renew_by_link(*find(token))
    tell(_("Besoin %(reference)s prolongé de 90 jours. Merci.", reference=need.reference))
    return redirect(url_for(".show", token=token), 303)


@blueprint.post("/<token>/pourvu")
@commits
def filled(token: str) -> Answer:
    """Withdraw the need: its posts are filled."""
    need = need_lives.withdraw_by_link(*find(token), WithdrawalReason.FILLED)
    tell(_("Besoin %(reference)s retiré : les postes sont pourvus. Merci.", reference=need.reference))
    return redirect(url_for(".show", token=token), 303)


@blueprint.post("/<token>/clore")
@commits
def close(token: str) -> Answer:
    """Withdraw the need: it no longer stands."""
    need = need_lives.withdraw_by_link(*find(token), WithdrawalReason.CANCELLED)
    tell(_("Besoin %(reference)s retiré. Merci de l'avoir dit.", reference=need.reference))
    return redirect(url_for(".show", token=token), 303)


def find(token: str) -> tuple[OneTimeLink, Need]:
    """Find what the link opens, or answer 404."""
    found = need_of_link(token)
    if found is None:
        abort(404)
    return found

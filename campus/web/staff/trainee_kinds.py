"""The kind of trainee of everybody who began a session in a year, a page at a time."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.queries.trainee_kinds import Entries, Entry, entries_among, entries_of
from campus.services.trainee_kinds import set_kinds
from campus.web.notices import tell
from campus.web.paging import address, page_asked, page_links
from campus.web.staff.dossier_entries import sensible
from campus.web.staff.kind_forms import KindsForm, key_of
from campus.web.trainee_kind_words import kept
from campus.web.transaction import commits

blueprint = Blueprint("trainee_kinds", __name__, url_prefix="/dossiers/types")
Answer = str | tuple[str, int] | Response
EVERYBODY = "tous"


@blueprint.get("/<int:year>")
def index(year: int) -> Answer:
    """List those of whom no kind is known, or everybody, each with a choice."""
    found = entries_of(sensible(year), page_asked(), unknown=_only_unknown())
    if not found.rows and page_asked() > 1:
        return redirect(address(), 303)
    lines = [
        {"enrolment": str(each.enrolment_id), "was": each.said or "", "kind": each.said or ""} for each in found.rows
    ]
    entries = {each.enrolment_id: each for each in found.rows}
    return _page(year, found, KindsForm(data={"lines": lines}, formdata=None).offer(entries), entries=entries)


@blueprint.post("/<int:year>")
@commits
def save(year: int) -> Answer:
    """Keep the kinds that were changed on the page, all or none."""
    form = KindsForm()
    entries = entries_among(sensible(year), form.keys())
    valid = form.offer(entries).validate()
    if len(entries) != len(form.lines):
        form.form_errors.append(_("Une ligne n'est plus parmi les entrées de l'année : relisez la liste."))
    if not valid or form.form_errors:
        return _page(year, entries_of(year, page_asked(), unknown=_only_unknown()), form, entries=entries), 422
    changed = set_kinds(current_user.account, form.changed())
    tell(ngettext("%(num)s type enregistré.", "%(num)s types enregistrés.", changed))
    return redirect(address(page=page_asked() if page_asked() > 1 else None), 303)


def _only_unknown() -> bool:
    return request.args.get("voir") != EVERYBODY


def _page(year: int, found: Entries, form: KindsForm, *, entries: Mapping[uuid.UUID, Entry]) -> str:
    counted = found.unknown if _only_unknown() else found.total
    return render_template(
        "staff/trainee_kinds/index.html",
        year=year,
        found=found,
        form=form,
        rows=[(line.form, entries[key]) for line in form.lines if (key := key_of(line)) in entries],
        only_unknown=_only_unknown(),
        everybody=EVERYBODY,
        address=address,
        kept=kept,
        pages=page_links(page_asked(), counted),
    )

"""A test client that checks every answer as a strict reader, and fills in forms as a browser would."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from campus import clock, db
from campus.models import Account
from campus.services.sessions import open_session_for
from campus.web import signed_in
from tests.harness.pages import HtmlForm, Page, check

Data = dict[str, Any]


class CheckedClient(FlaskClient):
    """Every answer is checked; its parsed page is `response.page`."""

    account: Account | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request, check the answer, keep its page."""
        response = super().open(*args, **kwargs)
        response.page = check(response)  # type: ignore[attr-defined]
        return response

    def page(self, url: str, **kwargs: Any) -> Page:
        """Read a page that must be there."""
        response = self.get(url, **kwargs)
        assert response.status_code == 200, f"GET {url} answered {response.status_code} {response.location or ''}"
        return response.page  # type: ignore[attr-defined]

    def new_csrf_token(self) -> str:
        """Make a CSRF token for this browser, without a page to take it from."""
        with self.session_transaction() as cookie:
            cookie["csrf_token"] = "0123456789abcdef"
        serializer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return serializer.dumps("0123456789abcdef")

    def post_form(self, url: str, data: Data | None = None, *, at: str | None = None, **kwargs: Any) -> TestResponse:
        """Open the page `at` (the address itself unless told), fill in its form to `url`, and send it.

        What `data` does not name is sent as the page has it; None leaves a field out.
        """
        where = at or url
        form = form_to(url, self.page(where), where)
        values: Data = {**form.values, **(data or {})}
        sent = {name: value for name, value in values.items() if value is not None}
        return self.post(url, data=sent, **kwargs)

    def sign_in_as(self, account: Account) -> CheckedClient:
        """Open a session for this person, without the sign-in page."""
        with self.session_transaction() as cookie:
            cookie.update(opened_for(account))
        self.account = account
        return self


def opened_for(account: Account) -> dict[str, Any]:
    """Open a session for a person; give what their cookie carries."""
    _opened, token = open_session_for(account)
    db.session.commit()
    return {signed_in.TOKEN: token, signed_in.SEEN: clock.now().timestamp()}


def form_to(url: str, page: Page, where: str) -> HtmlForm:
    """Find the form of a page that posts to an address."""
    wanted = urlsplit(url).path
    for form in page.forms:
        target = urlsplit(form.action or where).path
        if form.method == "post" and target in {wanted, f"/en{wanted}"}:
            return form
    there = ", ".join(sorted({form.action or where for form in page.forms if form.method == "post"}))
    raise AssertionError(f"{where} has no form that posts to {wanted}; it has: {there or 'none'}")

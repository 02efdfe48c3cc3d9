"""The filters of the list of applications, read from and written to the address."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from campus.models import EnrolmentState
from campus.queries.applications import Wanted, count_by_state, course_sessions_applied_to
from campus.queries.paging import page_size
from campus.web import filters
from campus.web.enrolment_words import enrolment_state

ALL = "toutes"
Choice = dict[str, Any]


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to, and the page one reads."""

    wanted: Wanted
    page: int

    @cached_property
    def counts(self) -> dict[EnrolmentState, int]:
        """Count the applications of each state."""
        return count_by_state(self.wanted)

    @property
    def total(self) -> int:
        """Count the applications of the list."""
        state = self.wanted.state
        return sum(self.counts.values()) if state is None else self.counts.get(state, 0)

    def states(self) -> list[Choice]:
        """List the states one may choose, with their counts."""
        everything = {"value": ALL, "label": _("toutes"), "count": sum(self.counts.values())}
        known = [
            {"value": state.value, "label": enrolment_state(state), "count": self.counts.get(state, 0)}
            for state in EnrolmentState
        ]
        chosen = self.wanted.state.value if self.wanted.state else ALL
        return [{**each, "selected": each["value"] == chosen} for each in [*known, everything]]

    @cached_property
    def sessions(self) -> list[Choice]:
        """List the course sessions one may choose."""
        chosen = self.wanted.course_session_id
        listed = [
            {
                "value": str(each.id),
                "label": f"{each.course.title}, {filters.short_day(each.starts_on) or _('dates à fixer')}",
                "selected": each.id == chosen,
                "count": None,
            }
            for each in course_sessions_applied_to()
        ]
        return [{"value": "", "label": _("toutes"), "selected": chosen is None, "count": None}, *listed]

    def active(self) -> list[dict[str, str]]:
        """List the filters in force, each with the address without it."""
        named = [each["label"] for each in self.sessions if each["selected"] and each["value"]]
        return [{"label": label, "url": self.url(session="")} for label in named]

    def url(self, **changed: Any) -> str:
        """Write the address of the list with some of its words changed."""
        state = self.wanted.state.value if self.wanted.state else ALL
        words = {"etat": state, "session": self.wanted.course_session_id or "", **changed}
        return url_for("staff.enrolments.index", **{word: value for word, value in words.items() if value})

    def pages(self) -> list[tuple[int | None, str]]:
        """List the pages, with a gap where there are many."""
        last = max(1, math.ceil(self.total / page_size()))
        near = [n for n in range(1, last + 1) if n in (1, last) or abs(n - self.page) <= 1]
        found: list[tuple[int | None, str]] = []
        for number in near:
            if found and found[-1][0] is not None and number - (found[-1][0] or 0) > 1:
                found.append((None, ""))
            found.append((number, "" if number == self.page else self.url(page=number)))
        return found

    def following(self) -> str:
        """Write the address of the next page, if there is one."""
        return self.url(page=self.page + 1) if self.page * page_size() < self.total else ""


def read_filters(words: Mapping[str, str]) -> Filters:
    """Read the filters from an address; what makes no sense is left out."""
    state = words.get("etat", EnrolmentState.APPLIED.value)
    known = {each.value for each in EnrolmentState}
    wanted_state = None if state == ALL else EnrolmentState(state if state in known else "applied")
    page = words.get("page", "1")
    return Filters(
        Wanted(wanted_state, read_id(words.get("session", ""))),
        int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1,
    )


def read_id(text: str) -> uuid.UUID | None:
    """Read a key, or nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None

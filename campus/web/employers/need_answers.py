"""The answers of the wizard, between the browser, the draft and the need."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import abort, request
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice

from campus.models import (
    Account,
    Audience,
    Contract,
    Importance,
    Membership,
    MembershipState,
    Need,
    Occupation,
    Shifts,
    Skill,
)
from campus.queries.need_choices import occupations_by_id, skills_by_id
from campus.queries.needs import draft_of
from campus.queries.organisations import memberships_of
from campus.services.needs import AskedSkill, NeedDetails
from campus.web.employers.need_forms import ConstraintsForm, PeopleForm, TradeForm, commune_label
from campus.web.forms import Form

Typed = dict[str, list[str]]
PARTS = {1: "trade", 2: "people", 3: "constraints"}
REVIEW = 4
LARGEST = 400_000
LIVE = frozenset({MembershipState.GRANTED, MembershipState.PENDING})


@dataclass
class Answers:
    """What one person has typed so far for one need."""

    account: Account
    need: Need | None
    kept: dict[str, Any]
    saved_at: Any = None
    step: int = 1
    forms: dict[str, Form] = field(default_factory=dict)

    @property
    def need_id(self) -> uuid.UUID | None:
        """Give the need under revision."""
        return self.need.id if self.need else None

    def typed(self, part: str) -> Typed:
        """Give what was typed in a part, as it was typed."""
        return self.kept.get(part) or {}

    def form(self, part: str) -> Form:
        """Give the form of a part, filled with what was typed."""
        if part not in self.forms:
            self.forms[part] = make_form(part, self.typed(part), self.account, need=self.need)
        return self.forms[part]

    def is_complete(self, part: str) -> bool:
        """Tell whether a part has been answered rightly."""
        return bool(self.typed(part)) and self.form(part).validate()

    def first_incomplete(self) -> int:
        """Give the first step that is not answered rightly; the review when all are."""
        return next((step for step, part in PARTS.items() if not self.is_complete(part)), REVIEW)


def answers_of(account: Account, need: Need | None = None) -> Answers:
    """Read a person's draft; a revision without a draft begins with what the need says."""
    draft = draft_of(account, need.id if need else None)
    if draft is not None and any(part in draft.answers for part in PARTS.values()):
        kept = {**(typed_from(need) if need else {}), **draft.answers}
        return Answers(account, need, kept, draft.updated_at, draft.step)
    aside = draft.answers if draft is not None else {}
    return Answers(account, need, {**aside, **(typed_from(need) if need else {})})


def typed_now() -> Typed:
    """Read what the browser sends, whatever it is."""
    if (request.content_length or 0) > LARGEST:
        abort(413)
    return {
        name: [value.replace("\x00", "") for value in request.form.getlist(name)]
        for name in request.form
        if name not in {"csrf_token", "do"}
    }


def make_form(part: str, typed: Typed, account: Account, *, need: Need | None = None) -> Form:
    """Fill the form of a part; requests are guarded against forgery as a whole, so it carries no token itself."""
    sent = MultiDict([(name, value) for name, values in typed.items() for value in values]) if typed else None
    bare = {"csrf": False}
    if part == "trade":
        trade = TradeForm(sent, meta=bare)
        trade.lines = typed
        return trade
    if part == "people":
        return PeopleForm(sent, meta=bare)
    return constraints_form(sent, account, need)


def constraints_form(sent: MultiDict[str, str] | None, account: Account, need: Need | None) -> ConstraintsForm:
    """Fill the form of dates and place, with the person's sites to choose from."""
    sites = [need.organisation] if need else [each.organisation for each in live_places(account)]
    one = sites[0] if sites else None
    given = {
        "organisation": str(one.id) if len(sites) == 1 and one else None,
        "place": commune_label(one.commune) if one and one.commune else "",
    }
    form = ConstraintsForm(sent, data=given, meta={"csrf": False})
    form.organisation.choices = [SelectChoice(str(each.id), each.name) for each in sites]
    if len(sites) == 1 and one:
        form.organisation.data = str(one.id)
        form.organisation.raw_data = [str(one.id)]
    return form


def live_places(account: Account) -> Sequence[Membership]:
    """List the sites that the person acts for or has asked to."""
    return [each for each in memberships_of(account) if each.state in LIVE]


def kept_lines(typed: Typed) -> list[tuple[int, int | None, Importance]]:
    """List the skills kept, in the order of the page, with level and importance."""
    kept = set(typed.get("keep", ()))
    lines = [each for each in dict.fromkeys([*typed.get("row", ()), *typed.get("keep", ())]) if each in kept]
    return [(int(each), level_of(typed, each), importance_of(typed, each)) for each in lines if each.isdigit()]


def level_of(typed: Typed, skill: str) -> int | None:
    """Read the level asked of a skill; none while the firm does not know."""
    said = typed.get(f"level-{skill}", [""])[-1]
    return int(said) if said in {"1", "2", "3", "4"} else None


def importance_of(typed: Typed, skill: str) -> Importance:
    """Read how much a skill matters; essential unless said otherwise."""
    said = typed.get(f"importance-{skill}", [""])[-1]
    return Importance.DESIRED if said == Importance.DESIRED else Importance.ESSENTIAL


def occupation_of(answers: Answers) -> Occupation | None:
    """Find the occupation chosen."""
    said = (answers.typed("trade").get("occupation") or [""])[-1]
    return occupations_by_id([int(said)]).get(int(said)) if said.isdigit() else None


def details_of(answers: Answers) -> NeedDetails:
    """Turn complete answers into what services understand."""
    trade, people, constraints = (answers.form(part) for part in PARTS.values())
    occupation = occupation_of(answers)
    return NeedDetails(
        organisation_id=uuid.UUID(constraints["organisation"].data),
        title=trade["title"].data or (occupation.label if occupation else ""),
        advert=trade["advert"].data or "",
        occupation_id=occupation.id if occupation else None,
        skills=asked_skills(answers.typed("trade")),
        posts=people["posts"].data,
        audience=Audience(people["audience"].data),
        contract=Contract(people["contract"].data),
        shifts=Shifts(people["shifts"].data),
        diploma_required=people["diploma"].data == "yes",
        earliest=constraints["earliest"].data,
        latest=constraints["latest"].data,
        commune_code=constraints.commune.code if constraints.commune else None,  # type: ignore[attr-defined]
        max_km=constraints["max_km"].data,
        comment=constraints["comment"].data or "",
    )


def asked_skills(typed: Typed) -> tuple[AskedSkill, ...]:
    """List the skills kept that exist; one merged into another counts as the other."""
    lines = kept_lines(typed)
    known: dict[int, Skill] = skills_by_id(each[0] for each in lines)
    return tuple(
        AskedSkill(known[skill].merged_into_id or skill, level, importance)
        for skill, level, importance in lines
        if skill in known
    )


def typed_from(need: Need) -> dict[str, Typed]:
    """Write a need as if its firm had just typed it, to revise it."""
    rows = [str(each.skill_id) for each in need.skills]
    trade: Typed = {
        "advert": [need.advert],
        "title": [need.title],
        "occupation": [str(need.occupation_id) if need.occupation_id else "other"],
        "row": rows,
        "keep": rows,
    }
    for each in need.skills:
        trade[f"level-{each.skill_id}"] = [str(each.level or "")]
        trade[f"importance-{each.skill_id}"] = [each.importance.value]
    people = {
        "audience": [need.audience.value],
        "posts": [str(need.posts)],
        "contract": [need.contract.value],
        "shifts": [need.shifts.value],
        "diploma": ["yes" if need.diploma_required else "no"],
    }
    constraints = {
        "organisation": [str(need.organisation_id)],
        "earliest": [need.earliest.isoformat() if need.earliest else ""],
        "latest": [need.latest.isoformat() if need.latest else ""],
        "place": [commune_label(need.commune) if need.commune else ""],
        "max_km": [str(need.max_km or "")],
        "comment": [need.comment],
    }
    return {"trade": trade, "people": people, "constraints": constraints}

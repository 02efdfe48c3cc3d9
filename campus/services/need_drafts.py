"""Drafts of needs: whatever was typed, right or wrong, one draft per intent."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from campus import clock, db
from campus.models import Account, NeedDraft
from campus.models.base import random_id
from campus.queries.needs import draft_of

KEPT = timedelta(days=90)
Answers = dict[str, Any]


def keep_answers(account: Account, part: str, answers: Answers, *, need_id: uuid.UUID | None = None) -> NeedDraft:
    """Keep what was typed in one part of the wizard, in place of what was there."""
    draft = open_draft(account, need_id)
    draft.answers = {**draft.answers, part: answers}
    draft.updated_at = clock.now()
    db.session.flush()
    return draft


def reach_step(draft: NeedDraft, step: int) -> None:
    """Remember where the person will go on."""
    draft.step = step
    db.session.flush()


def open_draft(account: Account, need_id: uuid.UUID | None = None) -> NeedDraft:
    """Give the person's draft, made now if there was none; two windows at once get the same one."""
    db.session.execute(
        db.insert_into(NeedDraft)
        .values(
            id=random_id(),
            account_id=account.id,
            need_id=need_id,
            answers={},
            step=1,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    same_need = NeedDraft.need_id.is_(None) if need_id is None else NeedDraft.need_id == need_id
    return db.session.scalars(select(NeedDraft).where(NeedDraft.account_id == account.id, same_need)).one()


def begin_again(account: Account, *, need_id: uuid.UUID | None = None) -> NeedDraft | None:
    """Empty a draft; what it held stays aside."""
    draft = draft_of(account, need_id)
    if draft is not None and (held := _held(draft)):
        _fill(draft, {"aside": held})
    return draft


def take_back(account: Account, *, need_id: uuid.UUID | None = None) -> NeedDraft | None:
    """Give a draft what it held before it was emptied; what it holds now goes aside in its turn."""
    draft = draft_of(account, need_id)
    if draft is not None and (aside := draft.answers.get("aside")):
        held = _held(draft)
        _fill(draft, {**aside, **({"aside": held} if held else {})})
    return draft


def _held(draft: NeedDraft) -> Answers:
    return {part: answers for part, answers in draft.answers.items() if part != "aside"}


def _fill(draft: NeedDraft, answers: Answers) -> None:
    draft.answers, draft.step, draft.updated_at = answers, 1, clock.now()
    db.session.flush()


def forget_old_drafts(now: datetime) -> int:
    """Throw away the drafts that nobody touched for 90 days; count them."""
    return db.session.execute(delete(NeedDraft).where(NeedDraft.updated_at < now - KEPT)).rowcount

"""The index of courses that a process keeps in memory, and the needs that wait; brought up to date before each use.

A session sees in it what it has written itself and not yet committed. Such rows are read again before anybody else
uses the index, so that nothing of a transaction that was rolled back is ever left.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from campus import changes, clock, db
from campus.changes import EVERYTHING, Seen, Subject
from campus.matching.course_index import CourseIndex
from campus.matching.linked_need import LinkedNeed
from campus.matching.values import CourseView, Id, NeedView
from campus.matching.waiting_answers import WaitingAnswers
from campus.models import ChangeKind
from campus.queries import live_loading as loading
from campus.queries.judging import RULES

OWN = "own live index"


class LiveIndex:
    """The published courses of one database, and once somebody asks for them the needs that wait.

    `own` makes one for a single transaction, which sees what that transaction writes as it comes.
    """

    def __init__(self, *, own: bool = False) -> None:
        self.lock = threading.RLock()
        self._own = own
        self._seen: Seen | None = None
        self._unsure: dict[Subject, int] = {}
        self._waiting: WaitingAnswers | None = None
        self.courses = _empty()

    def catch_up(self, session: Session) -> None:
        """Read what others wrote since the last use."""
        news = changes.news(session, self._seen, own=self._own) if self._seen else None
        if news is None or news.missed or EVERYTHING in news.subjects:
            self._build(session)
        else:
            self._seen = news.seen
            mine = changes.author_of(session)
            self._read(session, news.subjects | {each for each, author in self._unsure.items() if author != mine})
        self.courses.move_to(clock.today())

    def see_own(self, session: Session) -> None:
        """Read what the session has written and not yet committed."""
        self._read(session, changes.noted(session) - {EVERYTHING} if not self._own else set())

    def waiting(self, session: Session) -> WaitingAnswers:
        """Give the needs that wait, with their stored answers."""
        if self._waiting is None or self._waiting.holed:
            views = [view for view in loading.open_needs() if self._is_judged(view)]
            linked = self.link(views)
            self._waiting = WaitingAnswers(self.courses)
            self._waiting.fill_answered(linked, loading.answers(_keys(views)))
            self._doubt(session, {each for each in changes.noted(session) if each[0] is ChangeKind.NEED})
        return self._waiting

    def link(self, views: Sequence[NeedView]) -> list[LinkedNeed]:
        """Link needs to the numbers of the index."""
        skills = self.courses.store.skills
        self._read_sheets({view.occupation_id for view in views if view.occupation_id is not None})
        with self._learning():
            for asked in (each for view in views for each in view.skills):
                skills.learn(asked.skill_id, asked.label, asked.macro_id)
        return [self.courses.link(view) for view in views]

    def sheet(self, trade: Id) -> frozenset[Id]:
        """Give the skills on the sheet of an occupation."""
        self._read_sheets({trade})
        return self.courses.store.skills.sheet(trade) or frozenset()

    def _read_sheets(self, trades: Collection[Id]) -> None:
        skills = self.courses.store.skills
        unread = [int(str(trade)) for trade in trades if skills.sheet(trade) is None]
        for trade, sheet in loading.sheets(unread).items() if unread else ():
            skills.learn_sheet(trade, sheet)

    @contextmanager
    def including(self, view: CourseView) -> Iterator[int]:
        """Hold a course among the others for the length of a block, published or not; give its row."""
        kept = self.courses.store.ids.row(view.id) is not None
        if not kept:
            with self._learning():
                self.courses.put(view)
        try:
            yield int(self.courses.store.ids.row(view.id) or 0)
        finally:
            if not kept:
                self.courses.remove(view.id)

    def _build(self, session: Session) -> None:
        self._seen = changes.up_to_now(session, own=self._own)
        self.courses, self._waiting, self._unsure = _empty(), None, {}
        loading.fill(self.courses)
        self._doubt(session, changes.noted(session))

    def _read(self, session: Session, subjects: Collection[Subject]) -> None:
        for subject in subjects:
            self._unsure.pop(subject, None)
        self._read_courses(changes.ids_of(subjects, ChangeKind.COURSE))
        needs = changes.ids_of(subjects, ChangeKind.NEED)
        if self._waiting is not None and needs:
            self._read_needs(self._waiting, needs)
        self._doubt(session, changes.noted(session).intersection(subjects))

    def _read_courses(self, ids: set[uuid.UUID]) -> None:
        found = loading.published(ids) if ids else []
        with self._learning():
            for view in found:
                self.courses.put(view)
        for course_id in {str(each) for each in ids} - {str(view.id) for view in found}:
            self.courses.remove(course_id)

    def _read_needs(self, waiting: WaitingAnswers, ids: set[uuid.UUID]) -> None:
        views = [view for view in loading.open_needs(ids) if self._is_judged(view)]
        listed = loading.answers(_keys(views))
        for need in self.link(views):
            waiting.put_answered(need, listed.get(need.view.id))
        for need_id in {str(each) for each in ids} - {str(view.id) for view in views}:
            waiting.remove(need_id)

    def _doubt(self, session: Session, subjects: Collection[Subject]) -> None:
        """Remember what was read as only this session sees it, unless the index is its own."""
        if not self._own:
            self._unsure.update(dict.fromkeys(subjects, changes.author_of(session)))

    @contextmanager
    def _learning(self) -> Iterator[None]:
        """Link anew the needs for which a skill counts that the block has learnt."""
        skills = self.courses.store.skills
        known = len(skills.ids)
        yield
        if self._waiting is not None and len(skills.ids) > known:
            for need in self._waiting.near(range(known, len(skills.ids))):
                self._waiting.relinked(self.courses.link(need.view))

    @staticmethod
    def _is_judged(view: NeedView) -> bool:
        return len(view.skills) >= RULES.least_skills


_kept: WeakKeyDictionary[Engine, LiveIndex] = WeakKeyDictionary()
_making = threading.Lock()


def _empty() -> CourseIndex:
    return CourseIndex(rules=RULES, today=clock.today())


def _keys(views: Sequence[NeedView]) -> list[uuid.UUID]:
    return [uuid.UUID(str(view.id)) for view in views]


def _of(session: Session) -> LiveIndex:
    """Give the index of the database in use; one of its own to a session that changed what all courses lean on."""
    if EVERYTHING in changes.noted(session):
        own: LiveIndex = session.info.setdefault(OWN, LiveIndex(own=True))
        return own
    with _making:
        return _kept.setdefault(db.engine(), LiveIndex())


@contextmanager
def live(*, own: bool = True) -> Iterator[LiveIndex]:
    """Use the index, up to date; without `own` as it stands for others, what the session itself wrote left out.

    Others wait meanwhile: what takes long is done after the block.
    """
    session = db.session()
    session.flush()
    index = _of(session)
    with index.lock:
        index.catch_up(session)
        if own:
            index.see_own(session)
        yield index


def get_ready() -> None:
    """Bring the index up to date before something is changed, so that it is known how that stood before."""
    with live() as index:
        index.waiting(db.session())


def warm_up() -> None:
    """Build the index before anybody asks, in a thread of its own."""
    try:
        get_ready()
    finally:
        db.close()


def count_courses() -> int:
    """Count the published courses that this process knows."""
    with live() as index:
        return len(index.courses)


def needs_concerned(courses: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Give the published needs that courses have something to do with."""
    with live() as index:
        waiting = index.waiting(db.session())
        return {uuid.UUID(str(need)) for each in courses for need in waiting.concerned(str(each))}


def forget() -> None:
    """Forget everything kept in memory."""
    with _making:
        _kept.clear()

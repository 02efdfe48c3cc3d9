"""An index changed in place is the index built anew, whatever came before; needs that wait learn what changed."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from campus.matching.waiting_needs import WaitingNeeds
from tests.matching.generated import courses, ids, index_of, needs
from tests.matching.test_properties import fast

LIMIT = 3


class Changes(RuleBasedStateMachine):
    """Courses and needs that come, change and go."""

    @initialize(asked=st.lists(needs, min_size=2, max_size=4))
    def begin(self, asked):
        self.courses, self.asked = {}, asked
        self.index = index_of([])
        self.waiting = WaitingNeeds(self.index, limit=LIMIT)
        for name, need in enumerate(asked):
            self.waiting.put(self.index.link(renamed(need, name)))

    @rule(course=courses)
    def put(self, course):
        self.courses[course.id] = course
        self.index.put(course)
        self.expect_changes(course.id)

    @rule(course_id=ids)
    def remove(self, course_id):
        self.courses.pop(course_id, None)
        self.index.remove(course_id)
        self.expect_changes(course_id)

    @rule(need=needs, name=st.integers(0, 4))
    def put_need(self, need, name):
        self.waiting.put(self.index.link(renamed(need, name)))

    @rule(name=st.integers(0, 4))
    def remove_need(self, name):
        self.waiting.remove(name)

    def expect_changes(self, course_id):
        before = {need_id: self.waiting.best_of(need_id) for need_id in self.waiting.ids}
        changed = self.waiting.course_changed(course_id)
        after = {need_id: self.waiting.best_of(need_id) for need_id in self.waiting.ids}
        assert sorted(changed) == sorted(one for one in before if before[one] != after[one])

    @invariant()
    def as_built_anew(self):
        fresh = index_of(reversed(self.courses.values()))
        assert len(fresh) == len(self.index)
        for need in self.asked:
            mine, anew = self.index.link(need), fresh.link(need)
            assert self.index.best(mine) == fresh.best(anew)
            assert self.index.count(mine) == fresh.count(anew)
            assert self.index.explain(mine).session_ids == fresh.explain(anew).session_ids

    @invariant()
    def lists_are_those_of_matching_all_again(self):
        for need in self.waiting.needs:
            assert self.waiting.best_of(need.view.id) == self.index.best(self.index.link(need.view), limit=LIMIT)


def renamed(need, name):
    return replace(need, id=name)


TestChanges = Changes.TestCase
TestChanges.settings = settings(fast, max_examples=10, stateful_step_count=8)

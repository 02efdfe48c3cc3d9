"""The index against the judge, on catalogues made at random: the same courses in the same order, and why."""

from hypothesis import given
from hypothesis import strategies as st

from campus.matching.answers import Status
from campus.matching.findings import GATES, KINDS, OCCUPATIONS, STATUSES, VERDICTS
from campus.matching.judge import Judge
from campus.matching.ranking import CRITERIA
from tests.matching.generated import RULES, catalogues, index_of, needs, seen_by
from tests.matching.samples import TODAY
from tests.matching.test_properties import fast


def judged(need, courses):
    return Judge(RULES, today=TODAY).judge(need, [seen_by(need, course) for course in courses]).matches


@fast
@given(needs, catalogues, st.integers(1, 6), st.data())
def test_the_best_are_those_of_the_judge_in_its_order(need, catalogue, limit, data):
    known = sorted((one.id for one in catalogue), key=str)
    rejected = frozenset(data.draw(st.sets(st.sampled_from(known), max_size=2)) if known else ())
    index = index_of(catalogue)
    linked = index.link(need)
    ranked = [match.course_id for match in judged(need, catalogue)]
    wanted = sorted(ranked, key=lambda one: one in rejected)
    assert index.best(linked, limit=limit, rejected=rejected) == tuple(wanted[:limit])
    assert index.count(linked) == len(wanted)


@fast
@given(needs, catalogues)
def test_the_findings_are_those_of_the_judge(need, catalogue):
    index = index_of(catalogue)
    found = index.explain(index.link(need), limit=20)
    for row, match in enumerate(judged(need, catalogue)):
        assert found.session_ids[row] == match.session_id
        assert (found.slack[row], found.seats[row]) == (match.slack_days, match.seats_left)
        assert OCCUPATIONS[found.occupation[row]] == match.occupation
        assert found.wording[row] / 100 == match.wording
        verdicts = {name: VERDICTS[found.verdicts[row, n]] for n, name in enumerate(GATES)}
        assert verdicts == {gate.name: gate.verdict for gate in match.gates}
        for n, skill in enumerate(match.coverage.skills):
            assert STATUSES[found.status[row, n]] == skill.status
            assert (found.low[row, n], found.high[row, n]) == (round(skill.low * 1e4), round(skill.high * 1e4))
            assert (found.reached[row, n], found.hoped[row, n]) == (skill.reached, skill.hoped)
            assert (KINDS[found.kind[row, n]], found.asked[row, n]) == (skill.closeness, skill.entry_asked)
            if skill.via_skill_id is not None:
                assert index.store.skills.ids[found.via[row, n]] == skill.via_skill_id
            if skill.status == Status.MISSING:
                assert found.high[row, n] == 0


def test_the_numbers_of_the_index_follow_the_criteria_of_the_judge():
    coverage = ("essential_met", "essential_sure", "essential_hoped", "essential_missing", "desired_sure")
    rest = ("occupation", "wording", "gates_unknown", "slack", "seats", "id")
    assert ("not_rejected", "gates_closed", *coverage, *rest) == CRITERIA

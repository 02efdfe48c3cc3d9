"""The two entries: judge courses for a need, and say what a course adds to a person."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from campus.matching.answers import Answer, CourseGain, Match, OccupationCloseness, Reason, SkillGain
from campus.matching.closeness import Kinship, occupation_closeness
from campus.matching.coverage import cover, fixed_point, remaining, skill_gains
from campus.matching.explanation import skill_reason
from campus.matching.gates import entry_gate, judge_gates, slack_days
from campus.matching.objections import Objection, facts_of, still_holds, told
from campus.matching.pathways import find_pathway
from campus.matching.ranking import ranking_key
from campus.matching.text import similarity
from campus.matching.values import CourseView, Id, NeedView, Profile, Rules, id_key

LEAST_TITLE_LIKENESS = 0.3
NO_OBJECTION: Mapping[Id, Objection] = MappingProxyType({})


def judge_need(
    need: NeedView,
    courses: Iterable[CourseView],
    *,
    rules: Rules,
    profile: Profile | None = None,
    objections: Mapping[Id, Objection] = NO_OBJECTION,
    today: date,
) -> Answer:
    """Judge every course that has something to do with the need, best first, and find a pathway.

    A course has to do with a need when it teaches one of its skills (or one close to it) or leads to its
    occupation or one of the same parent. `objections` tells, by course id, why the firm found a course not
    relevant: while that holds, the course comes last and enters no pathway.
    """
    not_enough = missing_data(need, rules)
    hints = possible_precisions(need)
    if not_enough:
        return Answer(not_enough=not_enough, hints=hints)
    kinship = Kinship(need, rules)
    known = sorted(courses, key=lambda course: id_key(course.id))
    concerned = [course for course in known if _concerns(kinship, course)]
    matches = [
        _judged(kinship, course, profile=profile, objection=objections.get(course.id), today=today)
        for course in concerned
    ]
    matches.sort(key=lambda match: ranking_key(match, rules))
    rejected = {match.course_id for match in matches if match.rejected}
    kept = {course.id: course for course in concerned if course.id not in rejected}
    together = fixed_point(kept.values(), profile.levels if profile else {})
    return Answer(
        matches=tuple(matches),
        pathway=find_pathway(kinship, kept, matches, profile=profile, today=today),
        hints=hints,
        uncovered=remaining(need.skills, together),
    )


def missing_data(need: NeedView, rules: Rules) -> tuple[Reason, ...]:
    """Say what the need lacks before it can be judged at all."""
    have = len(need.skills)
    if have >= rules.least_skills:
        return ()
    values = {"have": have, "want": rules.least_skills, "missing": rules.least_skills - have}
    return (Reason("need.few_skills", "-", values),)


def possible_precisions(need: NeedView) -> tuple[Reason, ...]:
    """Say what the need could tell for a better answer."""
    unclear = [{"skill_id": one.skill_id, "label": one.label} for one in need.skills if one.level is None]
    hints = [
        (need.skills and not any(one.essential for one in need.skills), Reason("need.no_essential", "-")),
        (unclear, Reason("need.levels_unknown", "?", {"count": len(unclear), "skills": unclear})),
        (need.occupation_id is None, Reason("need.no_occupation", "?")),
        (need.latest is None, Reason("need.no_latest", "?")),
        (need.point is None and need.max_km is not None, Reason("need.no_place", "?")),
    ]
    return tuple(reason for applies, reason in hints if applies)


def _concerns(kinship: Kinship, course: CourseView) -> bool:
    if kinship.touches(course.outcomes):
        return True
    return occupation_closeness(kinship.need, course) != OccupationCloseness.NONE


def _judged(
    kinship: Kinship, course: CourseView, *, profile: Profile | None, objection: Objection | None, today: date
) -> Match:
    """Judge a course; one that the firm objected to is rejected while that holds, and says so either way."""
    match = _match(kinship, course, profile=profile, today=today)
    if objection is None:
        return match
    now = facts_of(kinship.need, course, match, today=today)
    holds = still_holds(objection.reason, objection.facts, now)
    code, sign = ("feedback.rejected", "-") if holds else ("feedback.outdated", "+")
    reason = Reason(code, sign, told(objection.reason, objection.facts, now))
    return replace(match, rejected=holds, reasons=(reason, *match.reasons))


def _match(kinship: Kinship, course: CourseView, *, profile: Profile | None, today: date) -> Match:
    need, rules = kinship.need, kinship.rules
    session, gates = judge_gates(need, course, rules=rules, profile=profile, today=today)
    coverage = cover(kinship, [course], profile)
    occupation = occupation_closeness(need, course)
    likeness = round(similarity(need.title, course.title), 2)
    return Match(
        need_id=need.id,
        course_id=course.id,
        session_id=session.id if session else None,
        gates=gates,
        coverage=coverage,
        occupation=occupation,
        wording=likeness,
        slack_days=slack_days(need, session, rules),
        seats_left=session.seats_left if session else None,
        rejected=False,
        rules_version=rules.version,
        reasons=(
            *(gate.reason for gate in gates),
            *(skill_reason(skill) for skill in coverage.skills),
            *_likeness_reasons(need, occupation, likeness),
        ),
    )


def _likeness_reasons(need: NeedView, occupation: OccupationCloseness, likeness: float) -> list[Reason]:
    reasons = []
    if occupation == OccupationCloseness.SAME:
        reasons.append(Reason("occupation.same", "+", {"occupation_id": need.occupation_id}))
    if occupation == OccupationCloseness.SAME_PARENT:
        parent = {"parent_occupation": need.parent_occupation}
        reasons.append(Reason("occupation.same_parent", "+", parent))
    if likeness >= LEAST_TITLE_LIKENESS:
        reasons.append(Reason("wording.title", "+", {"likeness": likeness}))
    return reasons


def judge_course_for_profile(course: CourseView, profile: Profile) -> CourseGain:
    """Say what a course adds, skill by skill, to a person of this profile."""
    after = fixed_point([course], profile.levels)
    gains = skill_gains(course, profile.levels, after)
    entry = entry_gate(course, profile)
    return CourseGain(course.id, gains, entry, (entry.reason, *(_gain_reason(gain) for gain in gains)))


def _gain_reason(gain: SkillGain) -> Reason:
    values = {"skill_id": gain.skill_id, "label": gain.label, "before": gain.before}
    if gain.levels:
        return Reason("gain.adds", "+", {**values, "after": gain.after})
    if gain.blocked:
        asked = {"entry_asked": gain.entry_asked, "exit_level": gain.exit_level}
        return Reason("gain.blocked", "-", {**values, **asked})
    return Reason("gain.already", "-", {**values, "exit_level": gain.exit_level})

"""The two entries: judge courses for a need, and say what a course adds to a person."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from campus.matching.answers import Answer, CourseGain, Match, OccupationCloseness, Reason, SkillGain
from campus.matching.closeness import Kinship
from campus.matching.coverage import fixed_point, remaining, skill_gains
from campus.matching.gates import certification_gate, dates_gate, distance_gate, entry_gate, seats_gate, slack_days
from campus.matching.objections import Objection, facts_of, still_holds, told
from campus.matching.pathways import find_pathway
from campus.matching.prepared import Prepared, levels_together, prepare
from campus.matching.values import CourseView, Id, NeedView, Profile, Rules
from campus.matching.weighing import Scales, Weighed

LEAST_TITLE_LIKENESS = 0.3
NO_OBJECTION: Mapping[Id, Objection] = MappingProxyType({})


class Judge:
    """Judges needs one after the other, and remembers what is true of a course for all of them."""

    def __init__(self, rules: Rules, *, today: date, profile: Profile | None = None) -> None:
        self.rules, self.today, self.profile = rules, today, profile
        self._prepared: dict[Id, Prepared] = {}

    def judge(
        self,
        need: NeedView,
        courses: Iterable[CourseView],
        *,
        objections: Mapping[Id, Objection] = NO_OBJECTION,
        kept: int | None = None,
    ) -> Answer:
        """Judge every course that has something to do with the need, best first, and find a pathway.

        `objections` tells, by course id, why the firm found a course not relevant: while that holds, the course
        comes last and enters no pathway. With `kept`, only so many matches are put together, and those that the
        firm set aside; all else is the same, `found` included.
        """
        not_enough = missing_data(need, self.rules)
        hints = possible_precisions(need)
        if not_enough:
            return Answer(not_enough=not_enough, hints=hints)
        scales = Scales(Kinship(need, self.rules), self.profile)
        weighed, own = self._weighed(scales, courses, objections)
        usable = [one for one in weighed if not one.rejected]
        asked = [one.skill_id for one in need.skills]
        together = levels_together([one.course for one in usable], asked, scales.claims.start)
        return Answer(
            matches=tuple(
                self._match(scales, one, own.get(one.course.view.id, ()))
                for n, one in enumerate(weighed)
                if kept is None or n < kept or one.rejected
            ),
            found=len(weighed),
            pathway=find_pathway(scales, usable, together, today=self.today),
            hints=hints,
            uncovered=remaining(need.skills, together),
        )

    def prepared(self, course: CourseView) -> Prepared:
        """Prepare a course, once."""
        found = self._prepared.get(course.id)
        if found is None or found.view is not course:
            found = prepare(course, rules=self.rules, profile=self.profile, today=self.today)
            self._prepared[course.id] = found
        return found

    def _weighed(
        self, scales: Scales, courses: Iterable[CourseView], objections: Mapping[Id, Objection]
    ) -> tuple[list[Weighed], dict[Id, tuple[Reason, ...]]]:
        """Weigh courses, best first, with the reason that tells an objection, which sets aside while it holds."""
        found: list[Weighed] = []
        own: dict[Id, tuple[Reason, ...]] = {}
        for course in courses:
            one = scales.weigh(self.prepared(course))
            if one is not None and course.id in objections:
                holds, reason = self._answered(scales, one, objections[course.id])
                own[course.id] = (reason,)
                one = one.set_aside() if holds else one
            if one is not None:
                found.append(one)
        return sorted(found, key=lambda one: one.standing), own

    def _answered(self, scales: Scales, weighed: Weighed, objection: Objection) -> tuple[bool, Reason]:
        now = facts_of(scales.need, weighed.course.view, self._match(scales, weighed), today=self.today)
        holds = still_holds(objection.reason, objection.facts, now)
        code, sign = ("feedback.rejected", "-") if holds else ("feedback.outdated", "+")
        return holds, Reason(code, sign, told(objection.reason, objection.facts, now))

    def _match(self, scales: Scales, weighed: Weighed, own: tuple[Reason, ...] = ()) -> Match:
        need, course, session = scales.need, weighed.course, weighed.chance.session
        return Match(
            need_id=need.id,
            course_id=course.view.id,
            session_id=session.id if session else None,
            gates=(
                dates_gate(need, session, rules=self.rules, today=self.today),
                course.entry,
                seats_gate(need, session),
                distance_gate(need, session),
                certification_gate(course.view, session),
            ),
            coverage=scales.claims.coverage(course.taught),
            occupation=weighed.occupation,
            wording=weighed.wording,
            slack_days=slack_days(need, session, self.rules),
            seats_left=session.seats_left if session else None,
            rejected=weighed.rejected,
            rules_version=self.rules.version,
            others=(*own, *_likeness_reasons(need, weighed.occupation, weighed.wording)),
        )


def judge_need(
    need: NeedView,
    courses: Iterable[CourseView],
    *,
    rules: Rules,
    profile: Profile | None = None,
    objections: Mapping[Id, Objection] = NO_OBJECTION,
    today: date,
) -> Answer:
    """Judge courses for one need, and keep every match; see `Judge.judge`."""
    return Judge(rules, today=today, profile=profile).judge(need, courses, objections=objections)


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


def _likeness_reasons(need: NeedView, occupation: OccupationCloseness, likeness: float) -> tuple[Reason, ...]:
    reasons = []
    if occupation == OccupationCloseness.SAME:
        reasons.append(Reason("occupation.same", "+", {"occupation_id": need.occupation_id}))
    if occupation == OccupationCloseness.SAME_PARENT:
        parent = {"parent_occupation": need.parent_occupation}
        reasons.append(Reason("occupation.same_parent", "+", parent))
    if likeness >= LEAST_TITLE_LIKENESS:
        reasons.append(Reason("wording.title", "+", {"likeness": likeness}))
    return tuple(reasons)


def judge_course_for_profile(course: CourseView, profile: Profile) -> CourseGain:
    """Say what a course adds, skill by skill, to a person of this profile; what the person has not said stays open."""
    after = fixed_point([course], profile.levels)
    unsaid = {one.skill_id for one in course.outcomes} - profile.levels.keys()
    gains = skill_gains(course, profile.levels, after, unsaid=unsaid)
    entry = entry_gate(course, profile)
    return CourseGain(course.id, gains, entry, (entry.reason, *(_gain_reason(gain) for gain in gains)))


def _gain_reason(gain: SkillGain) -> Reason:
    if not gain.known:
        told = {"after": gain.exit_level, "entry_asked": gain.entry_asked}
        return Reason("gain.perhaps", "?", {"skill_id": gain.skill_id, "label": gain.label, **told})
    values = {"skill_id": gain.skill_id, "label": gain.label, "before": gain.before}
    if gain.levels:
        return Reason("gain.adds", "+", {**values, "after": gain.after})
    if gain.blocked:
        asked = {"entry_asked": gain.entry_asked, "exit_level": gain.exit_level}
        return Reason("gain.blocked", "-", {**values, **asked})
    return Reason("gain.already", "-", {**values, "exit_level": gain.exit_level})

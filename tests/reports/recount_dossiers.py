"""The map of courses, the annual report and the indicators counted again from raw rows, sheet by sheet."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.reports.recount import funnel, post_steps, rows, said_and_done, standing, training
from tests.reports.recount_delays import PARIS, STEPS, legs

STEPS_SHOWN = ("declared", "committed", *STEPS[1:])
NO_TRADE = "Métier non précisé"
ASKED = "SELECT id, occupation_id, posts FROM needs WHERE state = 'published' AND occupation_id IS NOT NULL"
PLANNED = """
    SELECT occupation_id, seats_max FROM course_sessions
    JOIN courses ON courses.id = course_sessions.course_id
    JOIN course_occupations ON course_occupations.course_id = courses.id
    WHERE courses.state = 'published' AND course_sessions.state IN ('preparation', 'open', 'confirmed', 'running')
"""
OFFERED = """
    SELECT occupation_id, courses.id, title, cost, course_teachings.seats_max, (
        SELECT SUM(course_sessions.seats_max) FROM course_sessions
        WHERE course_id = courses.id AND course_sessions.state IN ('preparation', 'open', 'confirmed', 'running')
    ) AS planned FROM course_occupations
    JOIN courses ON courses.id = course_occupations.course_id
    LEFT JOIN course_teachings ON course_teachings.course_id = courses.id WHERE courses.state = 'published'
"""
BEGUN = """
    SELECT course_sessions.*, cost FROM course_sessions
    LEFT JOIN course_teachings ON course_teachings.course_id = course_sessions.course_id
    WHERE starts_on IS NOT NULL AND state NOT IN ('preparation', 'postponed', 'cancelled')
"""
STOPPED = """
    SELECT reason, starts_on FROM enrolments JOIN course_sessions ON course_sessions.id = course_session_id
    WHERE enrolments.state = 'dropped_out'
"""


def map_of_courses(until):
    """Tell each trade that published needs ask for, the largest gap first."""
    asked, seats, offered = _asked(until), Counter(), defaultdict(list)
    for each in rows(PLANNED, until):
        seats[each["occupation_id"]] += each["seats_max"]
    for each in rows(OFFERED, until):
        offered[each["occupation_id"]].append(each)
    labels = {each["id"]: each["label"] for each in rows("SELECT id, label FROM occupations", until)}
    order = sorted(asked, key=lambda trade: (seats[trade] - asked[trade]["posts"], -asked[trade]["posts"], trade))
    return [[labels[trade], *_line(asked[trade], seats[trade], offered[trade], until)] for trade in order]


def _asked(until):
    lines, events = said_and_done(until)
    found = defaultdict(Counter)
    for need in rows(ASKED, until):
        stands = standing(lines[need["id"]])
        seated = sum(post_steps(post, until)["seats"] for post in events[need["id"]])
        engaged = min(need["posts"], max(stands.get("letter", 0), stands.get("contract", 0), seated))
        found[need["occupation_id"]] += Counter(needs=1, posts=need["posts"], engaged=engaged)
    return found


def _line(asked, seats, courses, until):
    gap = asked["posts"] - seats
    figures = [asked["needs"], asked["posts"], asked["engaged"], seats, gap]
    if not courses:
        return [*figures, "aucune : formation à créer", None, None, max(0, min(gap, 12))]
    named, *others = sorted(courses, key=lambda each: (-(each["planned"] or 0), each["title"]))
    more = f" (et {len(others)} autre{'s' * (len(others) > 1)})" if others else ""
    things = rows("SELECT course_id, name FROM course_equipment", until)
    stands = ", ".join(sorted(each["name"] for each in things if each["course_id"] == named["id"]))
    cost = None if named["cost"] is None else money(named["cost"])
    effect = max(0, min(gap, named["seats_max"] or 12))
    return [*figures, named["title"] + more, stands or "rien de particulier", cost, effect]


def money(value):
    """Read an amount as either database gives it."""
    return Decimal(str(value)).quantize(Decimal("0.01"))


def rounded(part, of, unit="1"):
    """Divide, halves up; None of nothing."""
    return (Decimal(part) / of).quantize(Decimal(unit), ROUND_HALF_UP) if of else None


def by_step(found):
    """Add up figures of the funnel: for each step its posts, and the firms that have a part in it."""
    found = list(found)
    posts = [sum(figures[step] for _where, figures in found) for step in STEPS_SHOWN]
    firms = [len({where[2] for where, figures in found if figures[step]}) for step in STEPS_SHOWN]
    return list(zip(posts, firms, strict=True))


def of_year(known, year):
    """Keep what was declared, or has begun, in a year; everything without one."""
    return [(where, figures) for where, figures in known.items() if where[0].startswith(year)]


def groups(found, place):
    """Add figures up by what stands at one place of their key."""
    sums = defaultdict(Counter)
    for where, figures in found:
        sums[where[place]] += figures
    return dict(sorted(sums.items()))


def cohort(code):
    """Name a quarter."""
    year, number = code.split("-T")
    return f"T{number} {year}"


def families(until):
    """Name the families of trades; one without a sheet of its own keeps its code."""
    known = {each["code"]: each["label"] for each in rows("SELECT code, label FROM occupations", until)}
    return defaultdict(str, {**known, "": NO_TRADE})


def titles(until):
    """Name courses."""
    return {str(each["id"]).replace("-", ""): each["title"] for each in rows("SELECT id, title FROM courses", until)}


def rates(figures):
    """Give fill, completion and satisfaction."""
    fill, completion = (
        rounded(100 * figures["began"], figures["seats"]),
        rounded(100 * figures["ended"], figures["over"]),
    )
    return [fill, completion, rounded(figures["points"], figures["opinions"], "0.1")]


def annual(year, until):
    """Tell the sheets of the annual report, in their order."""
    posts, taught = of_year(funnel(until), year), of_year(training(until), year)
    names = families(until)
    return [
        [list(each) for each in by_step(posts)],
        [[cohort(key), *_row(each)] for key, each in groups(posts, 0).items()],
        [[names[key] or key, *_row(each)] for key, each in groups(posts, 1).items()],
        _quarters(taught),
        [list(each) for each in legs(until).values()],
        reasons(year, until),
        cost(year, whole(taught), until),
    ]


def _quarters(taught):
    found = [[cohort(key), *_taught(each)] for key, each in groups(taught, 0).items()]
    return [*found, ["Ensemble", *_taught(whole(taught))]] if taught else []


def whole(found):
    """Add all figures up."""
    return sum((figures for _where, figures in found), Counter())


def _row(figures):
    return [figures["needs"], *(figures[step] for step in STEPS_SHOWN)]


def _taught(figures):
    finished = figures["completed"] + figures["part"]
    counts = [figures["began"], figures["sessions"], finished, figures["dropped"]]
    return [*counts, *rates(figures), figures["opinions"]]


def reasons(year, until):
    """Count why people stopped, in sessions that began in a year, the most frequent reason first."""
    found = Counter(each["reason"] for each in rows(STOPPED, until) if str(each["starts_on"]).startswith(year))
    return [list(each) for each in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]


def cost(year, taught, until):
    """Tell what the sessions begun in a year cost, as far as it is known, and what that makes for each person."""
    today = until.astimezone(PARIS).date()
    begun = [each for each in rows(BEGUN, until) if str(each["starts_on"]).startswith(year)]
    begun = [each for each in begun if date.fromisoformat(str(each["starts_on"])) <= today]
    costs = [money(each["cost"]) for each in begun if each["cost"] is not None]
    finished = taught["completed"] + taught["part"]
    return [[sum(costs)], [len(begun)], [len(costs)], [finished], [rounded(sum(costs), finished, "0.01")]]


def indicators(year, until):
    """Tell each indicator: what was typed of its start, its value, what was typed of its target."""
    values = [posts for posts, _firms in by_step(of_year(funnel(until), year))] + rates(
        whole(of_year(training(until), year))
    )
    typed = {each["figure"]: each for each in rows("SELECT * FROM indicator_targets", until)}
    names = (*STEPS_SHOWN, "fill", "completion", "satisfaction")
    return [_indicator(typed.get(name), value) for name, value in zip(names, values, strict=True)]


def _indicator(typed, value):
    if typed is None:
        return [None, None, value, None, None, None, None]
    told = {name: typed[name] if typed[name] is None else money(typed[name]) for name in ("baseline", "target")}
    days = [typed[name] and date.fromisoformat(str(typed[name])) for name in ("baseline_on", "target_on")]
    return [told["baseline"], days[0], value, told["target"], days[1], typed["source"], typed["responsible"]]

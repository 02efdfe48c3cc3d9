"""The figures counted again from raw rows, by another way: plain SQL and loops that share nothing with the reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from sqlalchemy import text

from campus import db

WAY = ["proposed", "reserved", "enrolled", "started", "completed", "presented", "hired", "stayed"]
NEEDS = """
    SELECT needs.id, needs.organisation_id,
        COALESCE(NULLIF(occupations.parent_code, ''), occupations.code, '') AS family
    FROM needs LEFT JOIN occupations ON occupations.id = needs.occupation_id
"""
LEDGER = """
    SELECT coverage_events.*, need_posts.need_id FROM coverage_events JOIN need_posts ON need_posts.id = need_post_id
"""
TRADES_OF_COURSES = """
    SELECT course_id, occupation_id, code, parent_code, label
    FROM course_occupations JOIN occupations ON occupations.id = occupation_id
"""
NEVER = "9999-12-31"


def instant(value):
    """Read a time as either database gives it."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo("UTC"))


def rows(sql, until):
    """Read rows as dictionaries; those written later are left out here, not by the statement."""
    found = [dict(each) for each in db.session.execute(text(sql)).mappings()]
    kept = [each | {"at": instant(each["at"])} for each in found] if found and "at" in found[0] else found
    return [each for each in kept if "at" not in each or each["at"] <= until]


def funnel(until):
    """Count every need: {(cohort, family, firm): Counter of figures}."""
    lines, events = said_and_done(until)
    found = defaultdict(Counter)
    for need in rows(NEEDS, until):
        said = lines[need["id"]]
        first = [each["at"] for each in said if each["step"] == "declared" and not each["withdraws_id"]]
        if first:
            day = first[0].astimezone(ZoneInfo("Europe/Paris"))
            cohort = f"{day.year}-T{(day.month - 1) // 3 + 1}"
            site = str(need["organisation_id"]).replace("-", "")
            found[cohort, need["family"], site] += _need(said, events[need["id"]], until)
    return {key: +figures for key, figures in found.items()}


def said_and_done(until):
    """Give, by need, the lines that firms wrote, and what the ledger says post by post, the oldest first."""
    lines, events = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for each in rows("SELECT * FROM commitments WHERE need_id IS NOT NULL", until):
        lines[each["need_id"]].append(each)
    for each in rows(LEDGER, until):
        events[each["need_id"]][each["need_post_id"]].append(each)
    for each in lines.values():
        each.sort(key=lambda line: (line["at"], str(line["id"])))
    told = {
        need: [sorted(post, key=lambda line: line["number"]) for post in posts.values()]
        for need, posts in events.items()
    }
    return lines, defaultdict(list, told)


def standing(said):
    """Give the posts of the last line of each step that nobody has withdrawn."""
    gone = {each["withdraws_id"] for each in said}
    return {each["step"]: each["posts"] for each in said if not each["withdraws_id"] and each["id"] not in gone}


def training(until):
    """Count every session that has begun, as it stands: {(quarter, course, family): Counter of figures}."""
    people = defaultdict(list)
    opinions = "SELECT enrolments.*, score FROM enrolments LEFT JOIN satisfactions ON enrolment_id = enrolments.id"
    for each in rows(opinions, until):
        people[each["course_session_id"]].append(each)
    found, families = defaultdict(Counter), {}
    for each in rows(TRADES_OF_COURSES, until):
        mine = (each["code"], each["parent_code"] or each["code"])
        families[each["course_id"]] = min(mine, families.get(each["course_id"], mine))
    for session in rows("SELECT * FROM course_sessions", until):
        first, last = (date.fromisoformat(str(session[each] or NEVER)) for each in ("starts_on", "ends_on"))
        if first <= until.date() and session["state"] not in {"cancelled", "postponed", "preparation"}:
            here = people[session["id"]]
            states = Counter(each["state"] for each in here)
            began = sum(states[each] for each in ("attended", "completed", "completed_part", "dropped_out"))
            scores = [each["score"] for each in here if each["score"]]
            cohort = f"{first.year}-T{(first.month - 1) // 3 + 1}"
            course = session["course_id"]
            found[cohort, str(course).replace("-", ""), families.get(course, ("", ""))[1]] += Counter(
                sessions=1,
                seats=session["seats_max"],
                began=began,
                over=began * (last <= until.date()),
                completed=states["completed"],
                part=states["completed_part"],
                dropped=states["dropped_out"],
                absent=states["absent"],
                opinions=len(scores),
                points=sum(scores),
                ended=(states["completed"] + states["completed_part"]) * (last <= until.date()),
            )
    return dict(found)


def _need(said, posts, until):
    stands = standing(said)
    ever = max(each["posts"] for each in said if each["step"] == "declared" and not each["withdraws_id"])
    asked = stands.get("declared", 0)
    ledger = Counter()
    for lines in posts:
        ledger += post_steps(lines, until)
    committed = max(min(asked, stands.get("letter", 0)), min(asked, stands.get("contract", 0)), ledger["seats"])
    confirmed = max(min(asked, stands.get("confirmed", 0)), committed)
    declared = max(ever, committed)
    assert confirmed >= committed
    return ledger + Counter(needs=1, declared=declared, committed=committed, withdrawn=declared - max(asked, committed))


def post_steps(lines, until):
    """Tell how far one post has come: candidate by candidate, each line undone by what is said against it."""
    words = {each["about_id"]: each["kind"] for each in lines if each["about_id"]}
    told = [each for each in lines if not each["about_id"] and words.get(each["id"]) != "contested"]
    candidates = defaultdict(list)
    for each in told:
        if each["kind"] != "reopened" and (each["kind"] != "lost" or each["enrolment_id"]):
            candidates[each["enrolment_id"]].append(each)
    furthest = max((_candidate(way) for way in candidates.values()), default=0)
    if _is_closed(told, candidates, furthest):
        return Counter()
    at = WAY.index
    counted = Counter(
        seats=furthest > at("reserved"),
        enrolled=furthest > at("enrolled"),
        completed=furthest > at("completed"),
        hired=furthest > at("hired"),
        stayed=furthest > at("stayed"),
    )
    witnessed = [each["at"] for each in lines if each["kind"] in {"hired", "stayed"}]
    counted["due"] = furthest > at("hired") and min(witnessed) <= until - timedelta(days=182)
    return counted


def _candidate(way):
    """Give the number of steps one candidate has behind them, as far as nobody denies it."""
    stage, said = 0, {}
    for each in way:
        kind, source = each["kind"], each["source"]
        if kind == "lost":
            others = [one for one, word in said.items() if one != source and word != "lost"]
            if source != "campus" or others:
                said[source] = "lost"
            else:
                stage, said = 0, {}
        elif kind in {"hired", "stayed"}:
            said[source] = kind
        else:
            stage = max(stage, WAY.index(kind) + 1)
            said = {one: word for one, word in said.items() if word != "lost"}
    hires = [WAY.index(word) + 1 for word in said.values() if word != "lost"]
    if "lost" in said.values():
        return min(stage, WAY.index("presented") + 1) if hires else 0
    return max([stage, *hires])


def _is_closed(told, candidates, furthest):
    """Tell whether the need closed the post itself, and nothing opened it since."""
    closed = False
    for each in told:
        if each["kind"] == "lost" and not each["enrolment_id"]:
            closed = True
        elif each["kind"] in {"reopened", "hired", "stayed"}:
            closed = False
    return closed


def learners(year):
    """Count the people of the sessions that began in a year, and the hours they did."""
    minutes = Counter()
    for each in rows("SELECT enrolment_id, minutes FROM attendances", None):
        minutes[each["enrolment_id"]] += each["minutes"]
    signed = {each["enrolment_id"] for each in rows("SELECT enrolment_id FROM attendances", None)}
    hours = {each["id"]: each["hours"] or 0 for each in rows("SELECT id, hours FROM courses", None)}
    begun = {
        each["id"]: hours[each["course_id"]]
        for each in rows("SELECT * FROM course_sessions WHERE starts_on IS NOT NULL", None)
        if str(each["starts_on"]).startswith(str(year))
    }
    people, done = 0, 0
    for each in rows("SELECT * FROM enrolments", None):
        session, state = each["course_session_id"], each["state"]
        if session in begun and state in {"attended", "completed", "completed_part", "dropped_out"}:
            people += 1
            finished = begun[session] if state.startswith("completed") else 0
            done += Fraction(minutes[each["id"]], 60) if each["id"] in signed else finished
    return people, done

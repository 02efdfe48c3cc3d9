"""`make bench-matching`: the index of courses beside bare search engines, one run, one thread, every answer checked.

Run by hand: python -m tests.speed.matching --sizes 10000 --needs 2000 --asked 200
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from campus.matching.course_columns import entry_asked, hoped_level
from campus.matching.course_index import CourseIndex
from campus.matching.course_search import concerned, in_order, merit_keys, wording
from campus.matching.judge import Judge
from campus.matching.linked_need import LinkedNeed
from campus.matching.session_board import NO_SEATS
from campus.matching.standing_keys import with_rest, with_words
from campus.matching.units import band
from campus.matching.values import CourseView, NeedView, Outcome, SessionView
from campus.matching.waiting_needs import WaitingNeeds
from tests.speed.catalogue import TODAY, TRADES, Catalogue, Needs, World
from tests.speed.peers import all_at_once, bm25s_peer, fts5_peer, postgresql_peer, tantivy_peer

JUDGED, CHECKED, PUBLISHED, BATCHED = 3, 150, 60, 300


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 400_000])
    parser.add_argument("--needs", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=400)
    parser.add_argument("--numpy", action="store_true", help="do not compile")
    options = parser.parse_args()
    world = World()
    medians = {}
    for size in options.sizes:
        largest = size == max(options.sizes)
        medians[size] = one_size(world, size, options, largest=largest)
    say("\n## Growth\n")
    sizes = sorted(medians)
    for one, other in pairwise(sizes):
        say(f"- from {one:,} to {other:,} courses ({other / one:.0f} times): {medians[other] / medians[one]:.2f} times")
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        grown = medians[last] / medians[first]
        say(f"- from {first:,} to {last:,} courses: {grown:.2f} times (aim: under {last / first / 2:.0f})")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 (a benchmark speaks)


def one_size(world: World, size: int, options: argparse.Namespace, *, largest: bool) -> float:
    """Measure one catalogue; give the median of the ten best with explanation, in microseconds."""
    say(f"\n## {size:,} courses\n")
    catalogue, needs = Catalogue(world, size), Needs(world, options.needs)
    _ = catalogue.columns, needs.views  # made before the clock starts: a database would give them
    began = time.process_time()
    index = catalogue.index(compile_search=not options.numpy)
    build = time.process_time() - began
    say(f"- index built from columns in {build:.1f} s; {index.store.bytes / size:.0f} bytes a course")
    began = time.process_time()
    linked = [index.link(view) for view in needs.views[: options.needs if largest else options.asked]]
    say(f"- {len(linked):,} needs linked in {time.process_time() - began:.1f} s (once, when they are written)")
    asked = linked[: options.asked]
    index.explain(asked[0])
    medians = times(index, asked)
    check(index, asked[:CHECKED], catalogue if size == 10_000 else None)
    texts, queries = catalogue.texts(), needs.texts()
    peers(texts, queries[: options.asked], build, medians)
    if largest:
        batch(index, linked, texts, queries)
        publish(world, index, linked)
    return medians["explained"]


def times(index: CourseIndex, asked: list[LinkedNeed]) -> dict[str, float]:
    """Time one need after the other: the ten best, with explanation, and reading the postings once."""
    rows = {
        "best": measured(index.best, asked),
        "explained": measured(index.explain, asked),
        "read": measured(reader(index), asked),
    }
    plain = CourseIndex.__new__(CourseIndex)
    plain.__dict__.update(index.__dict__ | {"_compiled": False})
    rows["numpy"] = measured(plain.explain, asked)
    names = {
        "best": "ten best ids, in order",
        "explained": "ten best with gates, coverage and explanation as codes",
        "numpy": "the same with numpy alone",
        "read": "reading once the postings of the needed skills",
    }
    say("\n| One need | median µs | p95 µs |\n|---|---|---|")
    for key, name in names.items():
        say(f"| {name} | {statistics.median(rows[key]):.0f} | {np.percentile(rows[key], 95):.0f} |")
    medians = {key: statistics.median(values) for key, values in rows.items()}
    say(f"\n- the ten best take {medians['best'] / medians['read']:.1f} times the reading of the postings")
    return medians


def measured(
    ask: Callable[[Any], Any], asked: Iterable[Any], clock: Callable[[], float] = time.process_time
) -> list[float]:
    """Give the microseconds of each question; the rubbish is swept before, not within.

    They are those of the processor, so that a neighbour on the same machine does not count.
    """
    found = []
    gc.collect()
    gc.disable()
    for one in asked:
        began = clock()
        ask(one)
        found.append((clock() - began) * 1e6)
    gc.enable()
    return found


def reader(index: CourseIndex) -> Callable[[LinkedNeed], Any]:
    """Give what reads every posting of a need's skills once from memory."""
    teaching = index.store.teaching
    course, levels = teaching.columns["course"], teaching.columns["levels"]

    def read(need: LinkedNeed) -> int:
        places = [teaching.place(skill) for skill in need.skills.tolist()]
        return sum(int(course[place].max(initial=0)) + int(levels[place].max(initial=0)) for place in places)

    return read


def check(index: CourseIndex, asked: list[LinkedNeed], catalogue: Catalogue | None) -> None:
    """Hold the answers against a scoring of every course, and against the judge itself on the small catalogue."""
    same = sum(index.best(need) == exhaustive(index, need) for need in asked)
    say(f"- identical to scoring every course concerned in full: {same} of {len(asked)} needs")
    if catalogue is not None:
        judge = Judge(index.store.rules, today=TODAY)
        same = 0
        for need in asked[:JUDGED]:
            view, courses = as_judged(index, catalogue, need)
            matches = judge.judge(view, courses, kept=10).matches
            same += index.best(need)[:10] == tuple(match.course_id for match in matches)
        say(f"- identical to the judge on all {catalogue.size:,} courses: {same} of {JUDGED} needs")


def exhaustive(index: CourseIndex, need: LinkedNeed) -> tuple[Any, ...]:
    """Score every course concerned in full, bound nothing, sort."""
    store = index.store
    rows = concerned(store, need)
    key = merit_keys(store, need, rows, opened=False)
    key = with_words(key, band(wording(store, need, rows) * 100, store.rules.band))
    chosen = store.board.judge(rows, store.board.wanted(need.view))
    ranked = in_order(store, rows, with_rest(key, chosen.unknown, chosen.slack), seats=chosen.seats, limit=10)
    return tuple(store.ids.id_of(row) for row in ranked.rows.tolist())


def as_judged(index: CourseIndex, catalogue: Catalogue, need: LinkedNeed) -> tuple[NeedView, list[CourseView]]:
    """See a need and all courses as the judge does: with the sheet of the need's own trade."""
    trade = need.view.occupation_id
    own = set(catalogue.world.sheets[int(str(trade)[1:])].tolist())

    def on_sheet(one: Any) -> Any:
        return replace(one, sheet_ids=frozenset({trade} if one.skill_id in own else ()))

    courses = (view_of(index, catalogue, row) for row in range(catalogue.size))
    seen = [replace(one, outcomes=tuple(on_sheet(outcome) for outcome in one.outcomes)) for one in courses]
    return replace(need.view, skills=tuple(on_sheet(skill) for skill in need.view.skills)), seen


def view_of(index: CourseIndex, catalogue: Catalogue, row: int) -> CourseView:
    """See a generated course as plain values."""
    store, world = index.store, catalogue.world
    levels = store.taught.of("levels", row).tolist()
    outcomes = tuple(
        Outcome(number, int(entry_asked(level)), int(hoped_level(level)), *world.skills[number][1:])
        for number, level in zip(store.taught.of("skill", row).tolist(), levels, strict=True)
    )
    return CourseView(
        id=store.ids.id_of(row),
        title=catalogue.columns["titles"][row],
        outcomes=outcomes,
        occupation_ids=frozenset({f"T{catalogue.trades[row]}"}),
        parent_occupations=frozenset({f"P{catalogue.trades[row] // 3}"}),
        sessions=tuple(session_view(index, world, one) for one in store.board.sessions.of("session", row)),
        certification_ends_on=day_of(int(store.board.certified_until[row])),
    )


def session_view(index: CourseIndex, world: World, one: Any) -> SessionView:
    """See a generated session as the judge does."""
    return SessionView(
        id=index.store.codes.decode(int(one["high"]), int(one["low"])),
        start=day_of(int(one["start"])),
        end=day_of(int(one["end"])),
        seats_left=None if one["seats"] == NO_SEATS else int(one["seats"]),
        open=bool(one["open"]),
        registration_deadline=day_of(int(one["deadline"])),
        point=None if one["area"] < 0 else world.places[one["area"]],
    )


def day_of(ordinal: int) -> date | None:
    """Give a day back."""
    return date.fromordinal(ordinal) if ordinal else None


def peers(texts: list[str], queries: list[str], build: float, ours: dict[str, float]) -> None:
    """Time the bare engines on the words alone."""
    say("\n| Engine, words alone | index s | median µs | p95 µs | ours / it | numpy / it |")
    say("|---|---|---|---|---|---|")
    for make in (bm25s_peer, tantivy_peer, fts5_peer, postgresql_peer):
        peer = make(texts)
        if peer is None:
            continue
        peer.ask(queries[0])
        taken = measured(peer.ask, queries[: peer.most or len(queries)], peer.clock)
        median = statistics.median(taken)
        ratios = (ours["explained"] / median, ours["numpy"] / median)
        cells = (
            f"{peer.build_s:.1f} | {median:.0f} | {np.percentile(taken, 95):.0f} | {ratios[0]:.3f} | {ratios[1]:.3f}"
        )
        say(f"| {peer.name} | {cells} |")
        del peer
        gc.collect()
    say(f"\n- our index was built in {build:.1f} s")


def batch(index: CourseIndex, linked: list[LinkedNeed], texts: list[str], queries: list[str]) -> None:
    """Time all needs against all courses."""
    began = time.process_time()
    for need in linked:
        index.best(need)
    ours = (time.process_time() - began) / len(linked)
    theirs = all_at_once(texts, queries[:BATCHED])
    say(f"\n- all {len(linked):,} needs against all courses: {ours * 1e6:.0f} µs a need")
    say(f"- sparse_dot_topn on words ({BATCHED} needs): {theirs * 1e6:.0f} µs a need, {theirs / ours:.1f} times ours")


def publish(world: World, index: CourseIndex, linked: list[LinkedNeed]) -> None:
    """Publish courses one by one: which needs change, beside matching them all again."""
    waiting = WaitingNeeds(index)
    began = time.process_time()
    waiting.fill(linked)
    all_again = time.process_time() - began
    chance, taken, whole, changes, same = random.Random(7), [], [], 0, 0  # noqa: S311 (no secret)
    for n in range(PUBLISHED):
        course = new_course(world, chance, n)
        index.put(course)
        row = index.store.ids.row(course.id)
        taken += measured(waiting.entered, [row])
        before = list(waiting.best)
        began = time.process_time()
        changed = waiting.course_changed(course.id)
        whole.append((time.process_time() - began) * 1e6)
        changes += len(changed)
        if n < JUDGED:
            wanted = [need.view.id for place, need in enumerate(linked) if index.best(need) != before[place]]
            same += wanted == changed
    which = statistics.median(taken)
    say(f"\n- matching all {len(linked):,} needs again: {all_again:.1f} s")
    say(f"- one course published, which needs change: {which:.0f} µs, {all_again * 1e6 / which:,.0f} times cheaper")
    say(f"- the same, these matched again: {statistics.median(whole):.0f} µs; {changes / PUBLISHED:.1f} change")
    say(f"- identical to matching all again: {same} of {JUDGED} courses")


def new_course(world: World, chance: random.Random, n: int) -> CourseView:
    """Make a course that nobody knows yet."""
    trade = chance.randrange(TRADES)
    skills = chance.sample(world.sheets[trade].tolist(), 8)
    start = TODAY.toordinal() + chance.randrange(5, 120)
    place = world.places[chance.randrange(len(world.places))]
    end = date.fromordinal(start + 20)
    session = SessionView(n + 1, date.fromordinal(start), end, chance.randrange(1, 15), True, None, place)
    return CourseView(
        id=n + 1,
        title=world.say(world.own_words[trade, :6]),
        outcomes=tuple(Outcome(one, 0, chance.randint(1, 4), *world.skills[one][1:]) for one in skills),
        occupation_ids=frozenset({f"T{trade}"}),
        parent_occupations=frozenset({f"P{trade // 3}"}),
        sessions=(session,),
    )


if __name__ == "__main__":
    main()

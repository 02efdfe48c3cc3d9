"""How the suite is run: what is missing is said, nothing is skipped in silence, the browser keeps to one worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness import machine

BROWSER_FIXTURES = {"browser", "visit"}


def pytest_configure(config: pytest.Config) -> None:
    """Look at the machine once, in the process that starts the others."""
    if hasattr(config, "workerinput"):
        return
    machine.prepare()
    absent = machine.missing()
    if absent and machine.nothing_may_be_skipped():
        raise pytest.UsageError("nothing may be skipped here, but: " + "; ".join(absent.values()))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    if not hasattr(config, "workerinput"):
        machine.release()


def pytest_report_header() -> list[str]:
    """Say what will be left out, and why."""
    return [f"left out: {marker} tests: {reason}" for marker, reason in machine.missing().items()]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep browser tests together, leave out what this machine cannot run, and begin with what takes a minute.

    One worker must not end with it alone, in whatever order the rest comes.
    """
    _mark(items)
    yield
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


def _mark(items: list[pytest.Item]) -> None:
    absent = machine.missing()
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        for marker, reason in absent.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Fail a run that skipped something where nothing may be skipped."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and machine.nothing_may_be_skipped():
        reporter.write_line("Nothing may be skipped where CI=true: the run fails.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

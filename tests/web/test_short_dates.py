"""Days and instants on one short line, for narrow columns and choices."""

from datetime import UTC, date, datetime

from campus.wording import month_day, table_moment

FIRST, LAST = date(2027, 3, 1), datetime(2026, 11, 23, 14, 43, tzinfo=UTC)


def test_a_day_is_written_without_its_year():
    assert [month_day(FIRST, "fr"), month_day(LAST, "fr"), month_day(LAST, "en")] == [
        "1er\u00a0mars",
        "23\u00a0nov.",
        "23\u00a0Nov",
    ]


def test_an_instant_is_told_by_the_clocks_of_chartres():
    assert table_moment(LAST, "fr") == "23\u00a0nov.\u00a02026, 15\u00a0h\u00a043"
    assert table_moment(LAST, "en") == "23\u00a0Nov\u00a02026, 15:43"

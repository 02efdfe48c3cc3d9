"""What a pane of glass says of a skill whose level nobody has stated yet."""

import pytest

from campus.web.reasons import essentials_met
from campus.web.windows import Pane


@pytest.mark.parametrize(("got", "upto", "state"), [(2, None, "unasked"), (None, 3, "unsure"), (None, None, "absent")])
def test_a_course_that_may_bring_a_skill_is_not_said_to_leave_it_out(got, upto, state):
    assert Pane(None, got, upto).state == state


@pytest.mark.parametrize(("met", "said"), [(1, "1 indispensable sur 6"), (2, "2 indispensables sur 6")])
def test_one_essential_skill_is_said_in_the_singular(app, met, said):
    with app.test_request_context("/"):
        assert essentials_met(met, 6) == said

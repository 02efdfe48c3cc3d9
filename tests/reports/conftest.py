"""What tests of reports share."""

import pytest

from tests.reports.lives import Lives

USUAL = (6, 60)


@pytest.fixture
def lives(db, request):
    """A campus that has lived; a module whose tests need less says `LIVES = (needs, acts)`."""
    needs, acts = getattr(request.module, "LIVES", USUAL)
    made = Lives(6, needs=needs)
    made.live(acts)
    return made

"""The compiled search says what numpy says. Needs numba: run by its name, `make bench-matching` does."""

from hypothesis import given
from hypothesis import strategies as st

from tests.matching.generated import catalogues, index_of, needs
from tests.matching.test_properties import fast
from tests.speed.catalogue import Catalogue, Needs, World

GRIDS = ("verdicts", "occupation", "wording", "kind", "status", "low", "high", "reached", "hoped", "asked", "via")


def assert_same(compiled, plain, need, limit):
    one, other = (index.explain(index.link(need), limit=limit) for index in (compiled, plain))
    assert (one.course_ids, one.session_ids) == (other.course_ids, other.session_ids)
    assert (one.slack, one.seats) == (other.slack, other.seats)
    for name in GRIDS:
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


@fast
@given(needs, catalogues, st.integers(1, 6))
def test_small_catalogues(need, catalogue, limit):
    numbered = [one for one in catalogue if isinstance(one.id, int)]
    assert_same(index_of(numbered, compile_search=True), index_of(numbered, compile_search=False), need, limit)


def test_a_generated_catalogue():
    catalogue = Catalogue(World(), 20_000)
    compiled, plain = catalogue.index(), catalogue.index(compile_search=False)
    for need in Needs(catalogue.world, 200).views:
        assert_same(compiled, plain, need, 10)

import pytest

from tests.evaluation.floors.holding import below_floor


# All count the same annotated articles, which are annotated once a process: they share a file so that they share them.
@pytest.mark.parametrize("name", ["quotes", "quotes_beside", "corrected_shares"])
def test_no_figure_of_quotes_is_below_its_floor(name):
    assert below_floor(name) == {}

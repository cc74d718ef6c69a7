import pytest

from tests.evaluation.floors.holding import below_floor


@pytest.mark.no_cover  # long work, and what runs here is covered by tests of its own
def test_no_figure_of_corrected_shares_is_below_its_floor():
    assert below_floor("corrected_shares") == {}

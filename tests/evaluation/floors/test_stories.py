from tests.evaluation.floors.holding import below_floor


def test_no_figure_of_stories_is_below_its_floor():
    assert below_floor("stories") == {}

"""Every kind of chart that the pages draw is one that Plotly takes, property by property, and goes out as it was made."""

import json

import pytest

from dashboard.charts.picture import Picture, Unchecked
from tests.dashboard.checked import checked

# The page, the corpus, the address, and how many charts it shows.
DRAWN = [
    ("pages/overview.py", "small", {}, 4),
    ("pages/overview.py", "many", {}, 3),
    ("pages/overview.py", "hostile", {}, 3),
    ("pages/compare.py", "many", {"section": "series"}, 1),
    ("pages/compare.py", "many", {"section": "series", "step": "administration"}, 1),
    ("pages/compare.py", "many", {"section": "series", "scale": "count", "step": "month"}, 1),
    ("pages/compare.py", "many", {"section": "series", "scale": "count", "step": "administration"}, 1),
]


@pytest.mark.parametrize(("page", "corpus", "address", "charts"), DRAWN)
def test_every_property_of_a_chart_is_one_that_plotly_has(visit, page, corpus, address, charts):
    drawn = [json.loads(chart.proto.spec) for chart in visit(page, corpus, **address).get("plotly_chart")]
    assert len(drawn) == charts
    for spec in drawn:
        taken = json.loads(checked(Picture(**spec)).to_json())
        del taken["layout"]["template"], spec["layout"]["template"]
        assert taken == spec


def test_a_property_that_plotly_does_not_have_is_refused():
    with pytest.raises(ValueError, match="hight"):
        checked(Picture([], {"hight": 3}))


def test_streamlit_gets_a_picture_unchanged():
    picture = Picture([{"type": "bar", "x": [1, 2]}], {"height": 9})
    assert Unchecked(picture).to_dict() == {"data": [{"type": "bar", "x": [1, 2]}], "layout": {"height": 9}}

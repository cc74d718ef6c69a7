"""Accuracy does not fall: every figure with a floor in ``floors.json`` stays at or above it. Floors only go up."""

import json
from pathlib import Path

import pytest

from evaluation.sets import folder, measures, name_folder

name_folder()
FLOORS = json.loads((Path(__file__).parents[2] / "evaluation" / "floors.json").read_text(encoding="utf-8"))
MODULES = {module.NAME: module for module in measures()}


def test_every_floor_is_of_something_measured():
    assert set(FLOORS) <= set(MODULES)


@pytest.mark.no_cover  # long work, and what runs here is covered by tests of its own
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_is_below_its_floor(name):
    module = MODULES[name]
    if not module.available():
        pytest.skip(f"the labelled set for {name} is not in {folder()}; FRAMELENS_EVAL names another folder")
    figures = module.measure()
    assert {figure: value for figure, value in figures.items() if value < FLOORS[name].get(figure, 0)} == {}

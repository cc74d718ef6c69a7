"""Accuracy does not fall: every figure with a floor in ``evaluation/floors.json`` stays at or above it. Floors only go up."""

import json
from pathlib import Path

import pytest

from evaluation.sets import folder, measures, name_folder
from tests.evaluation.floors.kept_figures import figures as figures_of

FLOORS = json.loads((Path(__file__).parents[3] / "evaluation" / "floors.json").read_text(encoding="utf-8"))


def below_floor(name: str) -> dict[str, float]:
    """The figures of the measure ``name`` that are below their floor; the test is skipped where its set is not there."""
    name_folder()
    module = next(module for module in measures() if name == module.NAME)
    if not module.available():
        pytest.skip(f"the labelled set for {name} is not in {folder()}; FRAMELENS_EVAL names another folder")
    figures = figures_of(module)
    return {figure: value for figure, value in figures.items() if value < FLOORS[name].get(figure, 0)}

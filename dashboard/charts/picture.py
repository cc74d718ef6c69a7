"""A chart as the plain values that Plotly's script draws in the browser, handed over as they are.

Plotly's own figures check every property each time one is set, which took longer than all else a page does. Here they
are given once and checked by the tests: ``plotly.graph_objects.Figure(**picture.spec)`` refuses what is not a chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plotly.basedatatypes import BaseFigure


@dataclass(frozen=True, slots=True)
class Picture:
    """The marks of a chart, each with its ``type``, and what holds them; names are those of Plotly's script.

    Values are such as JSON has, and dates.
    """

    data: list[dict[str, Any]]
    layout: dict[str, Any]

    @property
    def spec(self) -> dict[str, Any]:
        """What the browser gets."""
        return {"data": self.data, "layout": self.layout}


class Unchecked(BaseFigure):
    """A picture that Streamlit takes for a figure of Plotly, and so does not have checked once more."""

    def __init__(self, picture: Picture) -> None:
        """Without what a figure of Plotly keeps beside its values."""
        self._picture = picture

    def to_dict(self) -> dict[str, Any]:
        """What the browser gets."""
        return self._picture.spec

"""Lists side by side, a column a group, whose items can be chosen: speakers, words, labels. Values in, HTML out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markup.html import Html, tag

if TYPE_CHECKING:
    from collections.abc import Iterable


def item(label: object, value: str, figure: object, *, chosen: bool, class_: str = "word") -> Html:
    """A line of a list: what can be chosen, which gives ``value``, and at the right what is said of it."""
    control = tag(
        "span",
        label,
        class_=class_,
        role="button",
        tabindex="0",
        data_choose=value,
        aria_pressed="true" if chosen else "false",
    )
    return tag("li", control, tag("span", figure))


def column(name: str, size: str, *inside: object) -> Html:
    """The column of one group: its name, how large it is, and what stands in it."""
    return tag("div", tag("h3", name, tag("small", size)), *inside)


def side_by_side(columns: Iterable[Html]) -> Html:
    """Columns of equal width that fall below one another where there is no room."""
    return tag("div", *columns, class_="fl-speakers")


def none(words: str) -> Html:
    """What stands in an empty column."""
    return tag("p", words, class_="fl-none")

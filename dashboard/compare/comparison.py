"""What the page compares: groups of articles, and the person, organisation or place whose portrayal is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data, filter_bar, notices
from dashboard.markup import phrasing, reader
from dashboard.markup.html import draw, tag
from dashboard.reading import article_text
from store import Filter, queries
from store.groups import FIELDS, PERIODS, Group, groups

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# What can stand side by side: key in the URL to one and many of them.
SIDES: Final = {
    "source": ("outlet", "outlets"),
    "people": ("person named or quoted", "people named or quoted"),
    "jurisdiction": ("place", "places"),
    "administration": ("administration in office", "administrations in office"),
    "year": ("year", "years"),
    "quarter": ("quarter", "quarters"),
    "story": ("story", "stories"),
    "filters": ("filter", "filters"),
}
FIELD: Final = {"PERSON": "people", "ORG": "organisations", "JURISDICTION": "jurisdictions"}
KIND: Final = {"PERSON": "person", "ORG": "organisation", "JURISDICTION": "place"}
SIDE_BY_SIDE: Final = 4
MOST_GROUPS: Final = 12
MOST_SUBJECTS: Final = 300
# Choices within a section; they point at a group, so another way of grouping takes them out of the URL.
POINTERS: Final = ("show", "speaker", "kind", "alone", "cue", "word", "term", "tag", "role", "frame", "plot", "page")
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of one dimension, and the subject whose portrayal is asked about."""

    chosen: Filter
    dimension: str
    groups: tuple[Group, ...]
    subject: str
    subject_name: str
    label: str

    @property
    def one(self) -> str:
        """What one group is called."""
        return SIDES[self.dimension][0]

    @property
    def many(self) -> str:
        """What several groups are called."""
        return SIDES[self.dimension][1]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the groups, in the order they are drawn."""
        return tuple(group.key for group in self.groups)

    @property
    def names(self) -> dict[str, str]:
        """Name of each group by its key."""
        return {group.key: group.name for group in self.groups}

    @property
    def sizes(self) -> dict[str, str]:
        """Under each name, how many articles the figures of its group are counted in."""
        return {group.key: phrasing.count(group.articles, "article") for group in self.groups}

    def group(self, key: str) -> Group | None:
        """The group of a key, if it is drawn."""
        return next((group for group in self.groups if group.key == key), None)

    def about(self, chosen: Filter) -> Filter:
        """``chosen``, narrowed to articles that name or quote the subject where no group stands in that dimension."""
        field = FIELD[self.label]
        return chosen if field == FIELDS.get(self.dimension) else chosen.but(**{field: (self.subject,)})

    @property
    def by_filter(self) -> tuple[tuple[str, Filter], ...]:
        """Key and filter of each group: what a question to the store takes."""
        return tuple((group.key, group.chosen) for group in self.groups)


def pair(key: str) -> tuple[str, str] | None:
    """A URL value such as ``narration|Fox News``: in which group, and what is chosen there."""
    first, bar, group = st.query_params.get(key, "").partition("|")
    return (group, first) if bar else None


def keep(key: str, *, drop: tuple[str, ...] = ()) -> Callable[[str], None]:
    """Puts a choice into the URL; the same choice again takes it out."""

    def put(value: str) -> None:
        for other in drop:
            st.query_params.pop(other, None)
        if not value or st.query_params.get(key) == value:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value

    return put


def from_widget(key: str, widget: str, default: str, drop: tuple[str, ...] = ()) -> None:
    """Moves the value of a widget into the URL; the default stands for itself and is left out."""
    value = st.session_state[widget]
    for other in drop:
        st.query_params.pop(other, None)
    if value in (None, default):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value


def choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    drop: tuple[str, ...] = (),
    list_: bool = False,
    place: str = "",
) -> str:
    """One of some options, kept in the URL under ``key``; the first is the default. Gives the one that holds now.

    ``place`` tells two widgets of one ``key`` apart.
    """
    default = next(iter(options))
    asked = st.query_params.get(key, default)
    chosen = asked if asked in options else default
    widget = f"compare_{key}{place and '_'}{place}"
    st.session_state[widget] = chosen
    said = options.__getitem__
    put: dict[str, Any] = {"on_change": from_widget, "args": (key, widget, default, drop)}
    if list_:
        st.selectbox(label, list(options), key=widget, format_func=said, **put)
    else:
        st.segmented_control(label, list(options), key=widget, format_func=said, required=True, **put)
    return chosen


def _dimension(chosen: Filter) -> str:
    options = {key: many[:1].upper() + many[1:] for key, (_, many) in SIDES.items()}
    if not data.ask(queries.facet, chosen, "stories", limit=1).size:
        del options["story"]
    return choice("group", "Side by side", options, drop=POINTERS, list_=True)


def _which(chosen: Filter, dimension: str) -> None:
    """Which of them: the same choice as in the filter above, where a reader of this page looks for it."""
    field, many = FIELDS[dimension], SIDES[dimension][1]
    filter_bar.choose(
        field,
        f"Which {many}",
        filter_bar.options(field, chosen),
        chosen,
        place="compare_which",
        placeholder="Those with most articles",
        width="stretch",
    )


def _kept(key: str) -> Filter | None:
    """A filter the user kept, as it stands in the URL."""
    if key not in st.query_params:
        return None
    wanted, _ = Filter.from_query(st.query_params[key])
    return data.store().known(wanted)[0]


def _filters(chosen: Filter) -> tuple[Group, ...]:
    """Two filters: each one kept, or, while it is not, the filter above."""
    found = []
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="compare_filters"):
        for key in ("a", "b"):
            kept = _kept(key)
            held = chosen if kept is None else kept
            said = held.describe(notices.names(held))
            articles = data.ask(queries.counts, held).articles
            found.append(Group(key, f"{key.upper()}: {said}", held, articles))
            st.button(
                f"Keep the filter above as {key.upper()}" if kept is None else f"Let {key.upper()} follow the filter",
                key=f"compare_keep_{key}",
                on_click=_keep_filter,
                args=(key, chosen if kept is None else None),
                type="secondary" if kept is None else "tertiary",
            )
    note = "Keep a filter as A, then change the filter above: B follows it until it is kept too."
    draw(*(tag("p", group.name, class_="fl-sub fl-tight") for group in found), tag("p", note, class_="fl-note"))
    return tuple(group for group in found if group.articles)


def _keep_filter(key: str, chosen: Filter | None) -> None:
    for other in POINTERS:
        st.query_params.pop(other, None)
    if chosen is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen.to_query()


def _subjects(chosen: Filter) -> dict[str, tuple[str, str]]:
    """Whom the page can be about: id to name and kind of entity, people first, then most articles first."""
    found: dict[str, tuple[str, str, int]] = {}
    for label in FIELD:
        for row in article_text.rows(data.ask(queries.entities, chosen, label, limit=MOST_SUBJECTS)):
            found[str(row["entity_id"])] = (str(row["name"]), label, int(row["articles"]))
    ranked = sorted(found.items(), key=lambda item: (item[1][1] != "PERSON", -item[1][2], item[0]))
    return {entity_id: (name, label) for entity_id, (name, label, _) in ranked}


def _subject(chosen: Filter, subjects: dict[str, tuple[str, str]]) -> str:
    asked = st.query_params.get("entity", "")
    from_filter = [i for field in FIELD.values() for i in getattr(chosen, field) if i in subjects]
    default = from_filter[0] if from_filter else next(iter(subjects), "")
    subject = asked if asked in subjects else default
    st.session_state["compare_entity"] = subject
    st.selectbox(
        "Portrayal of",
        list(subjects),
        key="compare_entity",
        format_func=lambda i: f"{subjects[i][0]} · {reader.spelt(KIND[subjects[i][1]])}",
        on_change=from_widget,
        args=("entity", "compare_entity", default, ("show", "tag")),
    )
    return subject


def choose(chosen: Filter) -> Comparison | None:
    """Draw what is chosen and give the comparison; None where nobody is named."""
    subjects = _subjects(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="compare_head"):
        dimension = _dimension(chosen)
        if dimension in FIELDS:
            _which(chosen, dimension)
        subject = _subject(chosen, subjects) if subjects else ""
    if not subject:
        return None
    name, label = subjects[subject]
    empty = Comparison(chosen, dimension, (), subject, name, label)
    return Comparison(chosen, dimension, _shown(empty), subject, name, label)


def _shown(compared: Comparison) -> tuple[Group, ...]:
    """The groups that are drawn: those with most articles on the subject, until all are asked for."""
    if compared.dimension == "filters":
        return _filters(compared.chosen)
    every = data.ask(groups, compared.chosen, compared.dimension)
    told = {g.key for g in data.ask(groups, compared.about(compared.chosen), compared.dimension)}
    found = [group for group in every if group.key in told] or list(every)
    if compared.dimension not in PERIODS:
        order = {g.key: n for n, g in enumerate(data.ask(groups, compared.about(compared.chosen), compared.dimension))}
        found.sort(key=lambda group: order.get(group.key, len(order)))
    found = [group._replace(name=phrasing.entity_name(group.key, group.name)) for group in found]
    picked = bool(getattr(compared.chosen, FIELDS.get(compared.dimension, ""), ()))
    everything = picked or st.query_params.get("page") == "all"
    if len(found) > SIDE_BY_SIDE and not picked:
        most, all_of_them = min(MOST_GROUPS, len(found)), len(found)
        more = f"Show {'all' if most == all_of_them else f'{most} of'} {all_of_them} {compared.many}"
        said = f"Show only the {'latest ' if compared.dimension in PERIODS else ''}{SIDE_BY_SIDE}" + (
            "" if compared.dimension in PERIODS else " with most articles"
        )
        st.button(
            said if everything else more, type="tertiary", key="compare_all", on_click=keep("page"), args=("all",)
        )
    most = MOST_GROUPS if everything else SIDE_BY_SIDE
    return tuple(found[-most:] if compared.dimension in PERIODS else found[:most])


def number(value: int) -> str:
    """A small number in words, a larger one in figures."""
    return NUMBERS[value] if value < len(NUMBERS) else phrasing.number(value)

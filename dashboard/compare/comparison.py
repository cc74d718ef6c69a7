"""What the page compares: groups of articles, from the choice or by size; and whom one section can be about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from dashboard.app import data, filter_bar, notices
from dashboard.markup import phrasing, reader
from dashboard.markup.html import draw, tag
from dashboard.reading import article_text
from store import Filter, queries
from store.groups import FIELDS, OWN, PERIODS, Group, groups

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
NAMED_IN_TITLE: Final = 3
MOST_SUBJECTS: Final = 300
# Choices within a section; they point at a group, so another way of grouping takes them out of the URL.
POINTERS: Final = (
    "show",
    "speaker",
    "kind",
    "naming",
    "alone",
    "cue",
    "word",
    "term",
    "tag",
    "role",
    "frame",
    "plot",
    "page",
)
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def called(dimension: str) -> tuple[str, str]:
    """What one and many groups of a dimension are called."""
    column = dimension.removeprefix(OWN)
    return SIDES.get(dimension) or (f"value of {column}", f"values of {column}")


class Subject(NamedTuple):
    """Whom a section is about: a person, organisation or place."""

    entity_id: str
    name: str
    label: str

    def about(self, chosen: Filter, dimension: str) -> Filter:
        """``chosen``, narrowed to articles that name or quote it where no group stands in that dimension."""
        field = FIELD[self.label]
        return chosen if field == FIELDS.get(dimension) else chosen.but(**{field: (self.entity_id,)})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of one dimension under a filter."""

    chosen: Filter
    dimension: str
    groups: tuple[Group, ...]

    @property
    def one(self) -> str:
        """What one group is called."""
        return called(self.dimension)[0]

    @property
    def many(self) -> str:
        """What several groups are called."""
        return called(self.dimension)[1]

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

    def set_choice(value: str) -> None:
        for pointer in drop:
            st.query_params.pop(pointer, None)
        if not value or st.query_params.get(key) == value:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value

    return set_choice


def from_widget(key: str, widget: str, default: str, drop: tuple[str, ...] = ()) -> None:
    """Moves the value of a widget into the URL; the default stands for itself and is left out."""
    value = st.session_state[widget]
    for pointer in drop:
        st.query_params.pop(pointer, None)
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
    in_address = st.query_params.get(key, default)
    chosen = in_address if in_address in options else default
    widget = f"compare_{key}{place and '_'}{place}"
    st.session_state[widget] = chosen
    label_of = options.__getitem__
    widget_options: dict[str, Any] = {"on_change": from_widget, "args": (key, widget, default, drop)}
    if list_:
        st.selectbox(label, list(options), key=widget, format_func=label_of, **widget_options)
    else:
        st.segmented_control(label, list(options), key=widget, format_func=label_of, required=True, **widget_options)
    return chosen


def _dimension(chosen: Filter) -> str:
    options = {key: many[:1].upper() + many[1:] for key, (_, many) in SIDES.items()}
    options |= {f"{OWN}{column}": f"Your column: {column}" for column in data.ask(queries.own_columns)}
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
    return data.store().without_unknown(wanted)[0]


def _filters(chosen: Filter) -> tuple[Group, ...]:
    """Two filters: each one kept, or, while it is not, the filter above."""
    filter_groups = []
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="compare_filters"):
        for key in ("a", "b"):
            kept_filter = _kept(key)
            group_filter = chosen if kept_filter is None else kept_filter
            described = group_filter.describe(notices.names(group_filter))
            articles = data.ask(queries.counts, group_filter).articles
            filter_groups.append(Group(key, f"{key.upper()}: {described}", group_filter, articles))
            st.button(
                f"Keep the filter above as {key.upper()}"
                if kept_filter is None
                else f"Let {key.upper()} follow the filter",
                key=f"compare_keep_{key}",
                on_click=_keep_filter,
                args=(key, chosen if kept_filter is None else None),
                type="secondary" if kept_filter is None else "tertiary",
            )
    note = "Keep a filter as A, then change the filter above: B follows it until it is kept too."
    draw(*(tag("p", group.name, class_="fl-sub fl-tight") for group in filter_groups), tag("p", note, class_="fl-note"))
    return tuple(group for group in filter_groups if group.articles)


def _keep_filter(key: str, chosen: Filter | None) -> None:
    for pointer in POINTERS:
        st.query_params.pop(pointer, None)
    if chosen is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = chosen.to_query()


def subjects(chosen: Filter) -> dict[str, Subject]:
    """Whom a section can be about, by id: people first, then most articles first."""
    articles_by_subject: dict[str, tuple[Subject, int]] = {}
    for label in FIELD:
        for row in article_text.rows(data.ask(queries.entities, chosen, label, limit=MOST_SUBJECTS)):
            articles_by_subject[str(row["entity_id"])] = (
                Subject(str(row["entity_id"]), str(row["name"]), label),
                int(row["articles"]),
            )
    ranked = sorted(articles_by_subject.items(), key=lambda item: (item[1][0].label != "PERSON", -item[1][1], item[0]))
    return {entity_id: subject for entity_id, (subject, _) in ranked}


def subject(chosen: Filter) -> Subject | None:
    """Whom the URL asks for, else whom the filter names, else whom most articles name; None where nobody is named."""
    all_subjects = subjects(chosen)
    from_filter = [i for field in FIELD.values() for i in getattr(chosen, field) if i in all_subjects]
    default = from_filter[0] if from_filter else next(iter(all_subjects), "")
    return all_subjects.get(st.query_params.get("entity", ""), all_subjects.get(default))


def choose_subject(chosen: Filter) -> Subject | None:
    """Draw the choice of whom a section is about, and give it."""
    all_subjects = subjects(chosen)
    shown_subject = subject(chosen)
    if shown_subject is None:
        return None
    st.session_state["compare_entity"] = shown_subject.entity_id
    st.selectbox(
        "Portrayal of",
        list(all_subjects),
        key="compare_entity",
        format_func=lambda i: f"{all_subjects[i].name} · {reader.spelt(KIND[all_subjects[i].label])}",
        on_change=from_widget,
        args=("entity", "compare_entity", "", ("show", "tag")),
    )
    return shown_subject


def choose(chosen: Filter) -> Comparison:
    """Draw what is chosen and give the comparison."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="compare_head"):
        dimension = _dimension(chosen)
        if dimension in FIELDS:
            _which(chosen, dimension)
    return Comparison(chosen, dimension, _shown(chosen, dimension))


def _shown(chosen: Filter, dimension: str) -> tuple[Group, ...]:
    """The groups that are drawn: those chosen, else those with most articles, until all are asked for."""
    if dimension == "filters":
        return _filters(chosen)
    many, periods = called(dimension)[1], dimension in PERIODS
    all_groups = [
        group._replace(name=phrasing.entity_name(group.key, group.name))
        for group in data.ask(groups, chosen, dimension)
    ]
    field = FIELDS.get(dimension, "")
    picked = bool(getattr(chosen, field)) if field else _picks_of(chosen, dimension)
    shows_all = picked or st.query_params.get("page") == "all"
    if len(all_groups) > SIDE_BY_SIDE and not picked:
        most, all_of_them = min(MOST_GROUPS, len(all_groups)), len(all_groups)
        more = f"Show {'all' if most == all_of_them else f'{most} of'} {all_of_them} {many}"
        fewer = f"Show only the {'latest ' if periods else ''}{SIDE_BY_SIDE}" + (
            "" if periods else " with most articles"
        )
        st.button(
            fewer if shows_all else more, type="tertiary", key="compare_all", on_click=keep("page"), args=("all",)
        )
    most = MOST_GROUPS if shows_all else SIDE_BY_SIDE
    return tuple(all_groups[-most:] if periods else all_groups[:most])


def _picks_of(chosen: Filter, dimension: str) -> bool:
    """Whether the filter names values of the column by which articles are grouped."""
    start = f"{dimension.removeprefix(OWN)}:"
    return dimension.startswith(OWN) and any(value.startswith(start) for value in chosen.own)


def title(compared: Comparison) -> str:
    """What stands side by side, in words: names where they are few, else how many of how many."""
    names = [group.name for group in compared.groups]
    if not names:
        return f"No {compared.one} to compare"
    if len(names) == 1:
        return f"{names[0]}, with nothing beside it"
    if len(names) <= NAMED_IN_TITLE and compared.dimension != "filters":
        return f"{phrasing.listed(names)}, side by side"
    return f"{number(len(names)).capitalize()} {compared.many} side by side"


def number(value: int) -> str:
    """A small number in words, a larger one in figures."""
    return NUMBERS[value] if value < len(NUMBERS) else phrasing.number(value)

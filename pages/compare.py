"""Groups of articles side by side: how somebody is portrayed in them, who speaks, and in which words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import data, distinctive, downloads, notices, portrayal, speaking, state, text, words
from dashboard.block import block
from dashboard.html import Html, draw, join, link, query, raw, tag
from store import queries
from store.queries import evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from store import Filter

# What articles can be grouped by: key in the URL to field of the filter, one and many of them.
GROUPS: Final = {
    "source": ("sources", "outlet", "outlets"),
    "administration": ("administrations", "administration in office", "administrations in office"),
}
FIELD: Final = {
    "PERSON": "people",
    "ORG": "organisations",
    "JURISDICTION": "jurisdictions",
}
KIND: Final = {"PERSON": "person", "ORG": "organisation", "JURISDICTION": "place"}
WORD_VOICES: Final = {"narration": "Narration", "quote": "Quotes"}
MOST_GROUPS: Final = 40
MOST_SUBJECTS: Final = 300
FIRST_SENTENCES: Final = 8
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the page compares: groups of one dimension, and the subject whose portrayal is asked about."""

    chosen: Filter
    dimension: str
    groups: tuple[str, ...]
    names: dict[str, str]
    subject: str
    subject_name: str
    label: str

    @property
    def about_subject(self) -> Filter:
        """The filter, with the subject in the place of what it held in that dimension."""
        return self.chosen.but(**{FIELD[self.label]: (self.subject,)})

    def within(self, group: str, base: Filter | None = None) -> Filter:
        """The filter of one group."""
        return (base or self.chosen).but(**{GROUPS[self.dimension][0]: (group,)})


def _pair(key: str) -> tuple[str, str] | None:
    """A URL value such as ``narration|Fox News``: what is chosen, and in which group."""
    first, bar, group = st.query_params.get(key, "").partition("|")
    return (group, first) if bar else None


def _keep(key: str, *, drop: tuple[str, ...] = ()) -> Callable[[str], None]:
    """Puts a choice into the URL; the same choice again takes it out."""

    def put(value: str) -> None:
        for other in drop:
            st.query_params.pop(other, None)
        if not value or st.query_params.get(key) == value:
            st.query_params.pop(key, None)
        else:
            st.query_params[key] = value

    return put


def _from_widget(key: str, widget: str, default: str, drop: tuple[str, ...] = ()) -> None:
    value = st.session_state[widget]
    for other in drop:
        st.query_params.pop(other, None)
    if value in (None, default):
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value


def _dimension() -> str:
    asked = st.query_params.get("group", "source")
    dimension = asked if asked in GROUPS else "source"
    st.session_state["compare_group"] = dimension
    st.segmented_control(
        "Side by side",
        list(GROUPS),
        key="compare_group",
        format_func=lambda key: GROUPS[key][2].capitalize(),
        on_change=_from_widget,
        args=("group", "compare_group", "source", ("show", "word", "page")),
        required=True,
    )
    return dimension


def _subjects(chosen: Filter) -> dict[str, tuple[str, str]]:
    """Whom the page can be about: id to name and kind of entity, most articles first."""
    found: dict[str, tuple[str, str, int]] = {}
    for label in FIELD:
        for row in text.rows(data.ask(queries.entities, chosen, label, limit=MOST_SUBJECTS)):
            found[str(row["entity_id"])] = (str(row["name"]), label, int(row["articles"]))
    ranked = sorted(found.items(), key=lambda item: (item[1][1] != "PERSON", -item[1][2], item[1][0]))
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
        format_func=lambda i: f"{subjects[i][0]} · {KIND[subjects[i][1]]}",
        on_change=_from_widget,
        args=("entity", "compare_entity", default, ("show",)),
    )
    return subject


def _groups(about: Filter, dimension: str) -> dict[str, tuple[str, int]]:
    """The groups with articles under the filter: value to name and articles, most articles first."""
    field = GROUPS[dimension][0]
    frame = data.ask(queries.facet, about, field)
    wanted = getattr(about, field)
    return {
        str(row["value"]): (str(row["name"]), int(row["articles"]))
        for row in text.rows(frame)
        if row["articles"] and (not wanted or row["value"] in wanted)
    }


def _why_none(compared: Comparison, found: dict[portrayal.Key, portrayal.Cell]) -> dict[portrayal.Key, str]:
    """Why a cell is empty: nothing is said about the subject there, or the voice has no words at all."""
    missing = {"narration": "not named there", "quote": "nobody speaks about them", "headline": "not in the headline"}
    absent = {"headline": "no headline in the file", "caption": "no captions", "quote": "no quotes"}
    why: dict[portrayal.Key, str] = {}
    for group in compared.groups:
        spoken = data.ask(queries.counts, compared.within(group, compared.about_subject)).words_by_voice
        for voice in portrayal.VOICES:
            if (group, voice) not in found:
                empty = not spoken.get(voice)
                why[group, voice] = absent.get(voice, "no words") if empty else missing.get(voice, "not in a caption")
    return why


def _number(value: int) -> str:
    return NUMBERS[value] if value < len(NUMBERS) else words.number(value)


def _heading(compared: Comparison, found: dict[portrayal.Key, portrayal.Cell], quoted: int) -> None:
    _, one, many = GROUPS[compared.dimension]
    named = sum(len(cell.signs) for (_, voice), cell in found.items() if voice == "narration")
    overlap = portrayal.overlap_said(found, compared.groups, compared.names, "narration")
    spoken = f"Quoted for {words.count(quoted, 'word')}, rated" if quoted else "Rated"
    draw(
        tag("p", "Compare", class_="fl-kicker"),
        tag(
            "h1",
            f"{compared.subject_name} in {_number(len(compared.groups))} {one if len(compared.groups) == 1 else many}",
            class_="fl-h1",
        ),
        tag("p", f"{spoken} in {words.count(named, 'sentence')} of narration. {overlap}", class_="fl-standfirst"),
    )


def _portrayal(compared: Comparison, rated: pd.DataFrame, found: dict[portrayal.Key, portrayal.Cell]) -> None:
    chosen = _pair("show")
    draw(
        tag("h2", f"How {compared.subject_name} is portrayed, by voice", class_="fl-h2"),
        tag(
            "p",
            "Tone toward the name in each sentence, from −1 negative to +1 positive. Dot: mean. Line: 95 % interval. "
            "Coloured only where the interval leaves zero; open dots on hatching are too few to average. "
            "Choose a cell to read its sentences.",
            class_="fl-sub",
        ),
    )
    about = {g: words.count(n, "article") for g, (_, n) in _groups(compared.about_subject, compared.dimension).items()}
    block(
        portrayal.grid(found, compared.groups, compared.names, about, _why_none(compared, found), chosen=chosen),
        key="compare_grid",
        on_choose=_keep("show"),
    )
    draw(
        tag(
            "p",
            f"“Too few” means fewer than {portrayal.NEEDED} sentences. “None” means there is nothing to rate. What "
            f"{compared.subject_name} says is not rated: it tells what somebody says, not how they are described.",
            class_="fl-note",
        )
    )
    if chosen and chosen in found:
        group, voice = chosen
        own = sorted(
            portrayal.sentences(rated)[group, voice],
            key=lambda row: (-abs(row["sentiment"]), str(row["article_id"]), int(row["start"])),
        )
        head = (
            f"Evidence: {compared.names.get(group, group)}, {words.VOICE_NAMES[voice].lower()}, {compared.subject_name}"
        )
        _evidence(compared, own, head, key="show", unit="sentence")


def _in_place(chosen: Filter, row: dict[str, Any]) -> Html:
    at = f"{int(row['start'])}-{int(row['end'])}"
    return link("read", "Read in place", query(chosen.to_query(), article=row["article_id"], at=at))


def _evidence(compared: Comparison, rows: list[dict[str, Any]], head: str, *, key: str, unit: str) -> None:
    """The sentences behind a number, in a band under it; the first few, then all."""
    everything = st.session_state.get(f"all_{key}") == st.query_params.get(key)
    shown = rows if everything else rows[:FIRST_SENTENCES]
    controls = [tag("span", f"{words.number(len(shown))} of {words.count(len(rows), unit)}")]
    if len(shown) < len(rows):
        controls.append(_control("Show all", "+all"))
    controls.append(_control("Close", "+close"))
    items = []
    for row in shown:
        dated = words.when(str(row.get("published") or "")) if "published" in row else ""
        source = tag("small", join(row["source"], dated or None, by=" · "))
        items.append(
            tag(
                "li",
                _tone(row.get("sentiment")),
                tag("span", " ".join(str(row["text"]).split()), source, class_="x"),
                _in_place(compared.chosen, row),
            )
        )
    html = tag(
        "section",
        tag(
            "div",
            tag("h3", head, class_="fl-h3"),
            tag("span", join(*controls, by="  "), class_="fl-none"),
            class_="fl-evhead",
        ),
        tag("ul", *items, class_="fl-ev" if rows and "sentiment" in rows[0] else "fl-ev fl-untoned"),
        class_="fl-evidence",
        aria_live="polite",
    )

    def choose(value: str) -> None:
        if value == "+all":
            st.session_state[f"all_{key}"] = st.query_params.get(key)
        else:
            st.query_params.pop(key, None)

    block(html, key=f"evidence_{key}", on_choose=choose)


def _control(label: str, value: str) -> Html:
    return tag("span", label, class_="fl-link", role="button", tabindex="0", data_choose=value)


def _tone(sentiment: object) -> Html:
    if sentiment is None:
        return raw("")
    hue, said = {1: ("pos", "+ positive"), 0: ("neu", "○ neutral"), -1: ("neg", "− negative")}[int(str(sentiment))]
    return tag("span", said, class_=f"fl-tone {hue}")


def _speaking(compared: Comparison) -> None:
    draw(
        tag("h2", "Who speaks", class_="fl-h2"),
        tag("p", f"Share of words in direct quotes, within each {GROUPS[compared.dimension][1]}", class_="fl-sub"),
    )
    by_group = data.ask(evidence.all_speakers, compared.chosen, group=compared.dimension)
    hues = text.speaker_hues(data.ask(evidence.all_speakers, compared.chosen))

    def quotes_of(group: str, speaker_id: str) -> str | None:
        if not speaker_id.startswith("person:"):
            return None
        return compared.within(group).but(people=(speaker_id,)).to_query()

    block(
        speaking.columns(by_group, compared.groups, compared.names, hues, quotes_of),
        key="compare_speakers",
        on_choose=_keep("of"),
    )
    rows = len(data.ask(queries.speakers, compared.chosen, compared.dimension))
    of_each = f"speakers of each {GROUPS[compared.dimension][1]}"
    downloads.offer(f"speakers_by_{compared.dimension}", compared.chosen, rows, what=of_each)


def _vocabulary(compared: Comparison) -> None:
    asked = st.query_params.get("of", "narration")
    voice = asked if asked in WORD_VOICES else "narration"
    one = GROUPS[compared.dimension][1]
    draw(
        tag("h2", "Words that set them apart", class_="fl-h2"),
        tag(
            "p",
            f"Words used more in one {one} than in the others by more than chance, with how often each is used here "
            "and in the others. Very common words are left out. Choose a word to read its sentences.",
            class_="fl-sub",
        ),
    )
    st.session_state["compare_of"] = voice
    st.segmented_control(
        "Whose words",
        list(WORD_VOICES),
        key="compare_of",
        format_func=WORD_VOICES.__getitem__,
        on_change=_from_widget,
        args=("of", "compare_of", "narration", ("word",)),
        required=True,
    )
    found = data.ask(distinctive.of, compared.chosen, voice, compared.dimension, compared.groups)
    chosen = _pair("word")
    block(
        distinctive.columns(found, compared.names, chosen, "others"),
        key="compare_words",
        on_choose=_keep("word"),
    )
    if chosen and chosen[0] in compared.groups:
        group, word = chosen
        rows = text.rows(data.ask(queries.sentences_with, compared.chosen, word, voice, compared.dimension, group))
        head = f"Evidence: “{word}” in {compared.names.get(group, group)}, {WORD_VOICES[voice].lower()}"
        _evidence(compared, rows, head, key="word", unit="sentence")
    every = len(data.ask(queries.word_voices, compared.chosen, compared.dimension))
    downloads.offer(f"words_by_{compared.dimension}", compared.chosen, every, what=f"words of each {one}, by voice")


def page() -> None:
    """Draw the page for the current filter."""
    chosen = state.current()
    if not data.ask(queries.counts, chosen).articles:
        notices.nothing_matches(chosen)
        return
    subjects = _subjects(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="compare_head"):
        dimension = _dimension()
        subject = _subject(chosen, subjects) if subjects else ""
    if not subject:
        draw(tag("p", "Nobody is named in these articles.", class_="fl-h2 fl-plain"))
        return
    name, label = subjects[subject]
    empty = Comparison(chosen, dimension, (), {}, subject, name, label)
    found_groups = _groups(empty.about_subject, dimension) or _groups(chosen, dimension)
    everything = st.query_params.get("page") == "all"
    shown = tuple(found_groups)[: MOST_GROUPS if everything else portrayal.SIDE_BY_SIDE]
    compared = replace(empty, groups=shown, names={value: name for value, (name, _) in found_groups.items()})

    rated = data.ask(queries.portrayals, compared.about_subject, (subject,), group=dimension)
    every = data.ask(portrayal.of, compared.about_subject, subject, dimension)
    found = {key: cell for key, cell in every.items() if key[0] in shown}
    quoted = data.ask(queries.speakers, compared.about_subject)
    _heading(compared, found, int(quoted[quoted["speaker_id"] == subject]["words"].sum()))
    if len(found_groups) > portrayal.SIDE_BY_SIDE:
        many = GROUPS[dimension][2]
        most, all_of_them = min(MOST_GROUPS, len(found_groups)), len(found_groups)
        more = f"Show {'all' if most == all_of_them else f'{most} of'} {all_of_them} {many}"
        said = f"Show only the {portrayal.SIDE_BY_SIDE} with most articles" if everything else more
        st.button(said, type="tertiary", key="compare_all", on_click=_keep("page"), args=("all",))
    _portrayal(compared, rated, found)
    about = compared.about_subject
    downloads.offer("portrayals", about, data.ask(evidence.size, about, "portrayals"), what="rated sentences")
    _speaking(compared)
    _vocabulary(compared)


page()

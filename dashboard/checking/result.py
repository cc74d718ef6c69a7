"""What a check found: how often it is right, by voice and outlet, what it does to figures, and where people differ."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.app import data
from dashboard.checking import beside, corrected_figure, disagreements, intervals
from dashboard.markup import phrasing, reader
from dashboard.markup.html import Html, draw, join, link, query, tag
from store.checks import log
from store.checks.agreement import RELIABLE, WITH_CARE, verdict
from store.checks.answers import MEASURES, in_words, right
from store.checks.frame import FRAMES
from store.checks.report import group_of, percent, section, sentence
from store.checks.report import result as result_of
from store.checks.results import by_part, changes
from store.export import answers_csv
from store.queries.texts import texts

if TYPE_CHECKING:
    from store.checks.estimates import Interval
    from store.checks.log import Line
    from store.checks.report import Result
    from store.checks.results import Agreement, Right

_PARTS: Final = {"voice": "By voice", "source": "By outlet", "sure": "By how sure Framelens was"}
_VOICES: Final = {"narration": "n", "reported": "r", "quote": "q", "headline": "h", "caption": "c"}
_MOST: Final = 12


def show(sample: Line) -> None:
    """Draw all of it, the sentence first."""
    found = beside.checks_of_corpus()
    one = result_of(found, sample)
    _head(one)
    if not one.main.of:
        return
    _measures(one)
    corrected_figure.show(one)
    if one.agreement:
        _people(one.agreement)
        disagreements.show(sample, one.agreement)
    _wrong(one)
    _files(sample)


def _head(one: Result) -> None:
    said = one.sample.said
    many, kind = FRAMES[said["kind"]].many, said["kind"]
    title = reader.worded(sentence(one.main))
    asked = len(one.answers)
    draw(
        tag("p", f"Check · {next(iter(MEASURES[kind].values())).lower()}", class_="fl-kicker"),
        tag("h1", title[0].upper() + title[1:], class_="fl-h1"),
        tag("p", _standfirst(one, many), class_="fl-standfirst") if one.main.of else None,
        tag(
            "p",
            f"{asked:,} of {len(said['items']):,} answered so far: those are a random part of the sample.",
            class_="fl-notice fl-gap",
        )
        if not one.complete
        else None,
        tag(
            "p", f"In {one.cannot_tell} of them the answer could not be told from the text: left out.", class_="fl-note"
        )
        if one.cannot_tell
        else None,
        _changed(one.sample),
    )


def _standfirst(one: Result, many: str) -> str:
    found, of = one.main.interval, one.sample.said["population"]
    what = next(iter(MEASURES[one.sample.said["kind"]].values()))
    return reader.worded(
        f"{what} is right in {100 * found.value:.0f} % of the passages checked; with {one.main.of} checks the share in "
        f"all {of:,} {many} is likely between {100 * found.low:.0f} and {100 * found.high:.0f} %."
    )


def _changed(sample: Line) -> Html | None:
    told = data.ask(changes, sample)
    if not told:
        return None
    parts = [
        (len(told.changed), "have another answer now"),
        (len(told.gone), "are not found any more"),
        (len(told.no_article), "are in articles that are gone"),
    ]
    words = "; ".join(f"{count} {what}" for count, what in parts if count)
    return tag(
        "p",
        f"Since the sample was drawn, by corrections or a newer build: {words}. What is told here holds for "
        "the answers of then.",
        class_="fl-note",
    )


def _measures(one: Result) -> None:
    kind = one.sample.said["kind"]
    blocks = []
    if len(one.measures) > 1:
        blocks.append(_accuracy("What was asked", {MEASURES[kind][name]: held for name, held in one.measures.items()}))
    for part, usual in _PARTS.items():
        title = f"By {group_of(one.sample).lower()}" if part == "source" else usual
        parts = by_part(one.sample, one.answers, part)
        if len(parts) > 1:
            blocks.append(_accuracy(title, dict(list(parts.items())[:_MOST]), voices=part == "voice"))
    if blocks:
        draw(tag("div", *blocks, class_="fl-two"))


def _accuracy(title: str, parts: dict[str, Right], *, voices: bool = False) -> Html:
    ends = intervals.axis([held.interval for held in parts.values() if held.of], 0, 1)
    lines: list[tuple[object, Html, object]] = []
    for name, held in parts.items():
        bounds = reader.worded(percent(held.interval))
        drawn = intervals.drawn(held.interval, ends, f"{name}: {held.right} of {held.of}, {bounds}")
        numbers = tag("div", tag("b", held.right), f" of {held.of}", tag("small", bounds), class_="n")
        label = tag("div", tag("span", name, class_=f"fl-v {_VOICES[name]}")) if voices and name in _VOICES else name
        lines.append((label, drawn, numbers))
    values = intervals.steps(ends, 0.1)
    axis = intervals.ticks(ends, values, [reader.per_cent(f"{100 * value:.0f}") for value in values])
    ready = [held.interval for held in parts.values() if held.of]
    note = _apart(ready) if len(ready) > 1 and title.startswith("By") else ""
    return tag(
        "section",
        tag("h2", title, class_="fl-h2"),
        tag("p", f"Right, of those checked. Line: {reader.per_cent('95')} interval", class_="fl-sub"),
        intervals.rows(*lines, ("", axis, "")),
        tag("p", note, class_="fl-note") if note else None,
    )


def _apart(found: list[Interval]) -> str:
    if max(one.low for one in found) <= min(one.high for one in found):
        return "The intervals overlap: no difference between them can be claimed."
    return ""


# Two people, what was wrong, files


def _people(told: Agreement) -> None:
    lines: list[tuple[object, Html, object]] = [
        ("Same answer", tag("div", tag("b", told.same), f" of {told.of}"), ""),
    ]
    for name, held in (("Beyond chance, α", told.alpha), ("Cohen’s κ", told.kappa)):
        if held is None or math.isnan(held.value):
            continue
        lines_at = [WITH_CARE, RELIABLE] if "α" in name else []
        drawn = intervals.drawn(
            held, (0, 1), f"{name} {held.value:.2f}, {held.low:.2f} to {held.high:.2f}", lines=lines_at
        )
        lines.append(
            (name, drawn, tag("div", tag("b", f"{held.value:.2f}"), tag("small", f"{held.low:.2f}–{held.high:.2f}")))
        )
    lines.append(("", intervals.ticks((0, 1), [0, WITH_CARE, RELIABLE, 1], ["0", ".67", ".80", "1"]), ""))
    draw(
        tag("h2", f"{phrasing.listed(told.coders)}, the same {told.of}", class_="fl-h2"),
        tag("p", "Before settling. Neither saw the other’s answers", class_="fl-sub"),
        intervals.rows(*lines),
        tag(
            "p",
            "α is 0 when people agree no more than by chance, 1 when always. From .80 a measure counts as "
            f"reliable, from .67 as usable with care (Krippendorff). Here: {verdict(told.alpha.value)}.",
            class_="fl-note",
        ),
    )


def _wrong(one: Result) -> None:
    said = one.sample.said
    measure = next(iter(MEASURES[said["kind"]]))
    wrong = [
        number
        for number, held in sorted(one.answers.items())
        if right(measure, said["items"][number]["machine"], held.answer) is False
    ]
    if not wrong:
        return
    held = data.ask(texts, tuple(sorted({said["items"][number]["article"] for number in wrong})))
    lines = []
    for number in wrong[:60]:
        item, answer = said["items"][number], one.answers[number]
        where = query("", article=item["article"], at=f"{item['start']}-{item['end']}")
        words = " ".join(held.get(item["article"], "")[item["start"] : item["end"]].split())
        machine = in_words({key: value for key, value in item["machine"].items() if key != "category"})
        lines.append(
            tag(
                "tr",
                tag("td", words if len(words) < 260 else words[:259] + "…", class_="lead"),
                tag("td", in_words(answer.answer)),
                tag("td", machine),
                tag("td", join(item["source"], tag("span", link("read", "Read in place", where), class_="fl-under"))),
            )
        )
    with st.expander(f"{phrasing.count(len(wrong), 'answer')} not the same as Framelens’s"):
        heads = (tag("th", head, scope="col") for head in ("Passage", "You", "Framelens", "Where"))
        draw(tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *lines), class_="fl-table"))


def _files(sample: Line) -> None:
    store, found = data.store(), beside.checks_of_corpus()
    book = log.codebook(found, sample.said["kind"])
    with st.container(horizontal=True, gap="small", key="check_files"):
        st.download_button(
            "Answers (CSV)",
            data=lambda: answers_csv(store, found, sample),
            mime="text/csv",
            file_name=f"framelens-check-{sample.id}.csv",
            on_click="ignore",
            key="check_csv",
        )
        st.download_button(
            "Codebook",
            data=book.text.encode(),
            mime="text/markdown",
            on_click="ignore",
            file_name=f"framelens-codebook-{sample.said['kind']}-{book.version}.md",
            key="check_book",
        )
        st.download_button(
            "Validation section, ready to paste",
            data=lambda: section(store, found).encode(),
            mime="text/markdown",
            file_name="framelens-validation.md",
            on_click="ignore",
            key="check_section",
        )

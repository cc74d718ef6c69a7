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
    checks = beside.checks_of_corpus()
    check = result_of(checks, sample)
    _head(check)
    if not check.main.of:
        return
    _measures(check)
    corrected_figure.show(check)
    if check.agreement:
        _people(check.agreement)
        disagreements.show(sample, check.agreement)
    _wrong(check)
    _files(sample)


def _head(check: Result) -> None:
    fields = check.sample.fields
    many, kind = FRAMES[fields["kind"]].many, fields["kind"]
    title = reader.worded(sentence(check.main))
    answered = len(check.answers)
    draw(
        tag("p", f"Check · {next(iter(MEASURES[kind].values())).lower()}", class_="fl-kicker"),
        tag("h1", title[0].upper() + title[1:], class_="fl-h1"),
        tag("p", _standfirst(check, many), class_="fl-standfirst") if check.main.of else None,
        tag(
            "p",
            f"{answered:,} of {len(fields['items']):,} answered so far: those are a random part of the sample.",
            class_="fl-notice fl-gap",
        )
        if not check.complete
        else None,
        tag(
            "p",
            f"In {check.cannot_tell} of them the answer could not be told from the text: left out.",
            class_="fl-note",
        )
        if check.cannot_tell
        else None,
        _changed(check.sample),
    )


def _standfirst(check: Result, many: str) -> str:
    interval, of = check.main.interval, check.sample.fields["population"]
    what = next(iter(MEASURES[check.sample.fields["kind"]].values()))
    return reader.worded(
        f"{what} is right in {100 * interval.value:.0f} % of the passages checked; with {check.main.of} checks the "
        f"share in all {of:,} {many} is likely between {100 * interval.low:.0f} and {100 * interval.high:.0f} %."
    )


def _changed(sample: Line) -> Html | None:
    change = data.ask(changes, sample)
    if not change:
        return None
    parts = [
        (len(change.changed), "have another answer now"),
        (len(change.gone), "are not found any more"),
        (len(change.no_article), "are in articles that are gone"),
    ]
    words = "; ".join(f"{count} {what}" for count, what in parts if count)
    return tag(
        "p",
        f"Since the sample was drawn, by corrections or a newer build: {words}. What is told here holds for "
        "the answers of then.",
        class_="fl-note",
    )


def _measures(check: Result) -> None:
    kind = check.sample.fields["kind"]
    blocks = []
    if len(check.measures) > 1:
        blocks.append(
            _accuracy("What was asked", {MEASURES[kind][name]: rate for name, rate in check.measures.items()})
        )
    for part, usual in _PARTS.items():
        title = f"By {group_of(check.sample).lower()}" if part == "source" else usual
        parts = by_part(check.sample, check.answers, part)
        if len(parts) > 1:
            blocks.append(_accuracy(title, dict(list(parts.items())[:_MOST]), voices=part == "voice"))
    if blocks:
        draw(tag("div", *blocks, class_="fl-two"))


def _accuracy(title: str, parts: dict[str, Right], *, voices: bool = False) -> Html:
    ends = intervals.axis([rate.interval for rate in parts.values() if rate.of], 0, 1)
    lines: list[tuple[object, Html, object]] = []
    for name, rate in parts.items():
        bounds = reader.worded(percent(rate.interval))
        drawn = intervals.drawn(rate.interval, ends, f"{name}: {rate.right} of {rate.of}, {bounds}")
        numbers = tag("div", tag("b", rate.right), f" of {rate.of}", tag("small", bounds), class_="n")
        label = tag("div", tag("span", name, class_=f"fl-v {_VOICES[name]}")) if voices and name in _VOICES else name
        lines.append((label, drawn, numbers))
    values = intervals.steps(ends, 0.1)
    axis = intervals.ticks(ends, values, [reader.per_cent(f"{100 * value:.0f}") for value in values])
    ready = [rate.interval for rate in parts.values() if rate.of]
    note = _apart(ready) if len(ready) > 1 and title.startswith("By") else ""
    return tag(
        "section",
        tag("h2", title, class_="fl-h2"),
        tag("p", f"Right, of those checked. Line: {reader.per_cent('95')} interval", class_="fl-sub"),
        intervals.rows(*lines, ("", axis, "")),
        tag("p", note, class_="fl-note") if note else None,
    )


def _apart(bounds: list[Interval]) -> str:
    if max(interval.low for interval in bounds) <= min(interval.high for interval in bounds):
        return "The intervals overlap: no difference between them can be claimed."
    return ""


# Two people, what was wrong, files


def _people(agreement: Agreement) -> None:
    lines: list[tuple[object, Html, object]] = [
        ("Same answer", tag("div", tag("b", agreement.same), f" of {agreement.of}"), ""),
    ]
    for name, coefficient in (("Beyond chance, α", agreement.alpha), ("Cohen’s κ", agreement.kappa)):
        if coefficient is None or math.isnan(coefficient.value):
            continue
        lines_at = [WITH_CARE, RELIABLE] if "α" in name else []
        drawn = intervals.drawn(
            coefficient,
            (0, 1),
            f"{name} {coefficient.value:.2f}, {coefficient.low:.2f} to {coefficient.high:.2f}",
            lines=lines_at,
        )
        lines.append(
            (
                name,
                drawn,
                tag(
                    "div",
                    tag("b", f"{coefficient.value:.2f}"),
                    tag("small", f"{coefficient.low:.2f}–{coefficient.high:.2f}"),
                ),
            )
        )
    lines.append(("", intervals.ticks((0, 1), [0, WITH_CARE, RELIABLE, 1], ["0", ".67", ".80", "1"]), ""))
    draw(
        tag("h2", f"{phrasing.listed(agreement.coders)}, the same {agreement.of}", class_="fl-h2"),
        tag("p", "Before settling. Neither saw the other’s answers", class_="fl-sub"),
        intervals.rows(*lines),
        tag(
            "p",
            "α is 0 when people agree no more than by chance, 1 when always. From .80 a measure counts as "
            f"reliable, from .67 as usable with care (Krippendorff). Here: {verdict(agreement.alpha.value)}.",
            class_="fl-note",
        ),
    )


def _wrong(check: Result) -> None:
    fields = check.sample.fields
    measure = next(iter(MEASURES[fields["kind"]]))
    wrong = [
        number
        for number, used_answer in sorted(check.answers.items())
        if right(measure, fields["items"][number]["machine"], used_answer.answer) is False
    ]
    if not wrong:
        return
    article_texts = data.ask(texts, tuple(sorted({fields["items"][number]["article"] for number in wrong})))
    lines = []
    for number in wrong[:60]:
        item, answer = fields["items"][number], check.answers[number]
        where = query("", article=item["article"], at=f"{item['start']}-{item['end']}")
        words = " ".join(article_texts.get(item["article"], "")[item["start"] : item["end"]].split())
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
    store, checks = data.store(), beside.checks_of_corpus()
    book = log.codebook(checks, sample.fields["kind"])
    with st.container(horizontal=True, gap="small", key="check_files"):
        st.download_button(
            "Answers (CSV)",
            data=lambda: answers_csv(store, checks, sample),
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
            file_name=f"framelens-codebook-{sample.fields['kind']}-{book.version}.md",
            key="check_book",
        )
        st.download_button(
            "Validation section, ready to paste",
            data=lambda: section(store, checks).encode(),
            mime="text/markdown",
            file_name="framelens-validation.md",
            on_click="ignore",
            key="check_section",
        )

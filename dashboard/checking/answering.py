"""One item at a time: the passage large, the question, answers by mouse or key; nothing of the machine's before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.checking import beside
from dashboard.markup import phrasing
from dashboard.markup.html import Html, draw, join, link, markdown, query, tag
from store import StoreError, corrections
from store.checks import log
from store.checks.answers import MEASURES, in_words, right
from store.checks.progress import Progress, last_of, progress
from store.checks.questions import Option, Passage, Question, question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.checks.log import Line

_MODE, _ELSEWHERE, _CORRECTED = "check_mode", "check_elsewhere", "check_corrected"
_TICKS: Final = 100
_TITLES: Final = {
    "quotes": "Words said, reported or quoted",
    "people": "People and organisations",
    "places": "Places",
    "portrayals": "Portrayals",
    "facts": "The same fact",
    "missed": "What was missed",
}


def show(sample: Line, coder: str) -> None:
    """The next item of ``coder``, the one before compared, and how far it is."""
    standing = progress(beside.checks_of_corpus(), sample.id, coder)
    number = standing.next
    if number is None:
        return
    item, kind = sample.fields["items"][number], sample.fields["kind"]
    item_question = data.ask(question, kind, item)
    _progress(standing, number)
    main, side = st.columns([2.4, 1], gap="large")
    with main:
        if item_question.gone:
            draw(tag("p", item_question.gone, class_="fl-notice"))
            st.button(
                "Skip it",
                key="check_gone",
                shortcut="S",
                on_click=_skip,
                args=(sample, coder, number, item_question.gone),
            )
        else:
            draw(*(_passage(passage) for passage in item_question.passages), class_="fl fl-ask")
            _answers(sample, coder, number, item_question)
        _last(sample, coder)
    with side:
        _aside(sample, coder, standing)


def _progress(standing: Progress, number: int) -> None:
    items = standing.items
    aloud = f"{len(standing.answers)} answered, {len(standing.skips)} skipped, {standing.to_go} to go"
    bins = [
        range(start * items // min(items, _TICKS), (start + 1) * items // min(items, _TICKS))
        for start in range(min(items, _TICKS))
    ]
    marks = [tag("i", class_=_tick(standing, number, numbers)) for numbers in bins]
    minutes = round(standing.seconds_left / 60)
    time = f"about {minutes} min left" if minutes else "less than a minute left"
    draw(
        tag("span", tag("b", f"Item {number + 1:,}"), f" of {items:,}"),
        tag("div", *marks, class_="fl-ticks", role="img", aria_label=aloud),
        tag("span", f"{time} · kept as you go", class_="fl-none"),
        class_="fl fl-progress",
    )


def _tick(standing: Progress, number: int, numbers: range) -> str | None:
    if number in numbers:
        return "at"
    if all(each in standing.answers or each in standing.skips for each in numbers):
        return "d" if any(each in standing.answers for each in numbers) else "s"
    return None


def _passage(passage: Passage) -> Html:
    marked: Html | str = passage.marked
    if passage.name:
        start, end = passage.name
        marked = join(passage.marked[:start], tag("u", passage.marked[start:end]), passage.marked[end:])
    return join(
        tag("p", passage.above, class_="fl-ctx") if passage.above else None,
        tag("p", passage.before, tag("span", marked, class_="fl-here"), passage.after, class_="fl-item"),
        tag("p", passage.below, class_="fl-ctx") if passage.below else None,
    )


def _answers(sample: Line, coder: str, number: int, item_question: Question) -> None:
    draw(tag("h1", item_question.ask, class_="fl-question"))
    with st.container(key="check_answers"):
        for first in range(0, len(item_question.options), 2):
            # A row at a time, so that on a phone the answers stand in their order.
            columns = st.columns(2, gap="small")
            for place, option in enumerate(item_question.options[first : first + 2]):
                columns[place].button(
                    markdown(option.label),
                    key=f"check_answer_{first + place}",
                    shortcut=option.key,
                    width="stretch",
                    on_click=_write if option.write else _answer,
                    args=(number,) if option.write else (sample, coder, number, option),
                )
    mode = st.session_state.get(_MODE)
    about = mode[0] if mode and mode[1] == number else ""
    with st.container(horizontal=True, gap="small", key="check_keys"):
        if sample.fields["kind"] == "quotes":
            marked = st.session_state.get(_ELSEWHERE) == number
            label = "**Marked: begin or end elsewhere**" if marked else "Words begin or end elsewhere"
            st.button(
                label, key="check_elsewhere_button", shortcut="E", type="tertiary", on_click=_elsewhere, args=(number,)
            )
        st.button("Note", key="check_note", shortcut="N", type="tertiary", on_click=_mode, args=("note", number))
        st.button(
            "Skip, with a reason",
            key="check_skip",
            shortcut="S",
            type="tertiary",
            on_click=_mode,
            args=("skip", number),
        )
        st.button(
            "Undo",
            key="check_undo",
            shortcut="U",
            type="tertiary",
            on_click=_undo,
            args=(sample, coder),
            disabled=last_of(beside.checks_of_corpus(), sample.id, coder) is None,
        )
    if about:
        _form(sample, coder, number, about, item_question)


def _form(sample: Line, coder: str, number: int, about: str, item_question: Question) -> None:
    """What has to be written: who, why it is skipped, or a note. Enter keeps it."""
    labels = {"write": "Write who, then Enter", "skip": "Why is it skipped? Then Enter", "note": "Note, then Enter"}
    key = f"check_{about}_{number}"
    template = next((option for option in item_question.options if option.write), None)

    def keep() -> None:
        typed = str(st.session_state.get(key, "")).strip()
        if not typed:
            return
        if about == "write" and template:
            _answer(sample, coder, number, template._replace(answer={**template.answer, "name": typed}))
        elif about == "skip":
            _skip(sample, coder, number, typed)
        else:
            _append(log.line("note", sample=sample.id, item=number, coder=coder, note=typed))
        st.session_state.pop(_MODE, None)

    st.text_input(labels[about], key=key, on_change=keep)
    _focus()


def _focus() -> None:
    """Put the cursor into the field that has just appeared."""
    _cursor(key="check_cursor", data={"at": str(st.session_state.get(_MODE))})


_cursor = st.components.v2.component(
    "framelens.cursor",
    html="<span></span>",
    js=(
        "export default function ({ data, parentElement }) {\n"
        "  if (parentElement.dataset && parentElement.dataset.at === data.at) return;\n"
        "  if (parentElement.dataset) parentElement.dataset.at = data.at;\n"
        "  const seek = (left) => {\n"
        '    const fields = document.querySelectorAll(\'[class*="st-key-check_write_"] input, '
        '[class*="st-key-check_skip_"] input, [class*="st-key-check_note_"] input\');\n'
        "    if (fields.length) fields[0].focus(); else if (left) requestAnimationFrame(() => seek(left - 1));\n"
        "  };\n"
        "  seek(60);\n"
        "}\n"
    ),
)


def _mode(about: str, number: int) -> None:
    st.session_state[_MODE] = (about, number)


def _write(number: int) -> None:
    _mode("write", number)


def _elsewhere(number: int) -> None:
    if st.session_state.get(_ELSEWHERE) == number:
        st.session_state.pop(_ELSEWHERE)
    else:
        st.session_state[_ELSEWHERE] = number


def _append(line: Line) -> None:
    try:
        log.append(data.store().path, line)
    except StoreError as error:
        st.toast(markdown(error))


def _answer(sample: Line, coder: str, number: int, option: Option) -> None:
    """Keep an answer. A key pressed twice while the page draws the next item answers once."""
    standing = progress(log.read(data.store().path), sample.id, coder)
    if number in standing.answers:
        return
    answer = dict(option.answer)
    if st.session_state.pop(_ELSEWHERE, None) == number and answer["choice"] == "named":
        answer["elsewhere"] = True
    book = log.codebook(beside.checks_of_corpus(), sample.fields["kind"])
    _append(log.line("answer", sample=sample.id, item=number, coder=coder, answer=answer, codebook=book.version))
    st.session_state.pop(_MODE, None)


def _skip(sample: Line, coder: str, number: int, reason: str) -> None:
    _append(log.line("skip", sample=sample.id, item=number, coder=coder, reason=reason))
    st.session_state.pop(_MODE, None)


def _undo(sample: Line, coder: str) -> None:
    path = data.store().path
    if last := last_of(log.read(path), sample.id, coder):
        try:
            log.undo(path, last.id, coder)
        except (StoreError, ValueError) as error:
            st.toast(markdown(error))
    for key in (_MODE, _ELSEWHERE, _CORRECTED):
        st.session_state.pop(key, None)


# The item before, with the machine's answer


def _last(sample: Line, coder: str) -> None:
    last = last_of(beside.checks_of_corpus(), sample.id, coder)
    if last is None:
        return
    number = int(last.fields["item"])
    if last.what == "skip":
        draw(tag("p", f"Item {number + 1}, skipped: {last.fields['reason']}", class_="fl-note"))
        return
    item, kind = sample.fields["items"][number], sample.fields["kind"]
    answer, machine = last.fields["answer"], item["machine"]
    item_question = data.ask(question, kind, item)
    verdict = right(next(iter(MEASURES[kind])), machine, answer)
    words = " ".join(item_question.passages[0].marked.split()) if item_question.passages else ""
    line = tag(
        "div",
        tag("span", f"Item {number + 1}, answered", class_="fl-none"),
        tag("span", words if len(words) <= 220 else words[:219].rsplit(" ", 1)[0] + "…", class_="x"),
        tag(
            "span",
            tag("span", "You: ", tag("b", in_words(answer))),
            tag("span", "Framelens: ", tag("b", in_words(_without_category(machine)))),
            tag("span", "not the same", class_="fl-few") if verdict is False else None,
            class_="two",
        ),
        class_="fl-last",
    )
    draw(line, class_="fl fl-space")
    correction = _correction(kind, item, answer) if verdict is False else None
    if correction and st.session_state.get(_CORRECTED) != last.id:
        st.button(
            "Correct it in the store",
            key="check_correct",
            shortcut="F",
            on_click=partial(_correct, last.id, correction),
        )
    elif correction:
        draw(tag("p", "Corrected on every page. ", link("corrections", "All corrections"), class_="fl-note"))


def _without_category(machine: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in machine.items() if key != "category"}


def _correction(kind: str, item: Mapping[str, Any], answer: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The correction of the store that an answer comes to, if the store can keep one."""
    where = {"article": item["article"], "start": item["start"], "end": item["end"]}
    entity, name = str(answer.get("entity", "")), str(answer.get("name", ""))
    choice = answer["choice"]
    if kind == "quotes":
        if choice in {"outlet", "nobody"}:
            return "reject-quote", where
        new = entity or (corrections.entity_id("person", name) if name[:1].isupper() else "")
        return "speaker", {**where, "speaker": new, "name": name or None}
    if kind in {"people", "places"}:
        kind_of = str(item["machine"].get("entity", "")).partition(":")[0] or "person"
        new = "" if choice == "none" else entity or corrections.entity_id(kind_of, name)
        return "mention", {**where, "entity": new, "name": name or None}
    return None


def _correct(answered: str, correction: tuple[str, dict[str, Any]]) -> None:
    what, fields = correction
    try:
        new_correction = corrections.correction(
            what, note="found by a check", author=str(st.query_params.get("coder", "")), **fields
        )
        corrections.add(data.store().path, new_correction)
        data.refresh()
        st.session_state[_CORRECTED] = answered
    except (StoreError, ValueError) as error:
        st.toast(f"Not corrected: {markdown(error)}")


# At the side


def _aside(sample: Line, coder: str, standing: Progress) -> None:
    kind = sample.fields["kind"]
    book = log.codebook(beside.checks_of_corpus(), kind)
    version = f"Codebook, version {book.version}" if book.version else "Codebook, as Framelens brings it"
    so_far = (
        ("Answered", len(standing.answers)),
        ("Skipped, with a reason", len(standing.skips)),
        ("To go", standing.to_go),
    )
    draw(
        tag("h3", "Not shown before you answer", class_="fl-h3 fl-top"),
        tag(
            "p",
            "Framelens’s answer, how sure it is, the outlet. Names are listed as they occur in the text, not by "
            "likelihood.",
            class_="fl-note fl-tight",
        ),
        tag(
            "div",
            tag("h4", _TITLES[kind]),
            tag("p", version),
            *(tag("p", line, class_="cb") for line in book.text.split("\n") if line.strip()),
            class_="fl-card fl-gap",
        ),
        tag("h3", "So far", class_="fl-h3 fl-gap"),
        tag(
            "dl",
            *(join(tag("dt", what), tag("dd", phrasing.number(count))) for what, count in so_far),
            class_="fl-count",
        ),
        tag(
            "p",
            f"How often Framelens was right is shown when all {standing.items:,} are done. ",
            link("check", "Stop here and see", query("", check=sample.id, coder=coder, show="result"))
            if len(standing.answers) >= 5
            else None,
            class_="fl-note",
        ),
    )
    with st.popover("Change the codebook", type="tertiary", key="check_codebook"):
        text = st.text_area(
            "Codebook of the team, a rule a line", book.text, height=240, key=f"book_{kind}_{book.version}"
        )
        st.button(
            "Keep as the next version",
            key="check_codebook_keep",
            disabled=text.strip() in {"", book.text},
            on_click=_keep_book,
            args=(kind, book.version + 1, text.strip(), coder),
        )


def _keep_book(kind: str, version: int, text: str, coder: str) -> None:
    _append(log.line("codebook", kind=kind, version=version, text=text, coder=coder))

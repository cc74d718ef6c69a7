"""Controls that put right what the analyses got wrong: each writes one line of ``corrections.jsonl``.

Where a reader meets a mistake stands "Correct this"; it opens a dialog over the page, on a phone too. What is shown
after the click already honours the correction: the edition of the store is new, and with it every answer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.markup import picker, reader
from dashboard.markup.html import Html, link, markdown, tag
from dashboard.reading.card import LABEL
from store import StoreError, corrections, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AUTHOR: Final = "framelens_author"
SPEAKERS: Final = ("PERSON", "ORG", "JURISDICTION")
_KIND: Final = {"PERSON": "person", "ORG": "org", "JURISDICTION": "place", "ADMINISTRATION": "administration"}
NOBODY: Final = "Nobody we know"
WHY: Final = "Why (kept with the correction)"


# What a part of a page gives when "Correct this" on it is chosen.
CHOICE: Final = "!"
_ASKED, _WRITTEN, _UNDO = "framelens_correcting", "framelens_corrected", "framelens_undo"


def correct_this(value: str = CHOICE) -> Html:
    """The words on a card or a row that open the dialog; ``value`` is what choosing them gives the page."""
    return tag("span", "Correct this", class_="fl-link", role="button", tabindex="0", data_choose=value)


def ask(*about: object) -> None:
    """Have the dialog opened by the page of this run, about whatever the page then finds in :func:`asked`."""
    st.session_state[_ASKED] = about or (True,)


def pending_correction() -> tuple[Any, ...] | None:
    """What the reader wants to correct, once."""
    pending: tuple[Any, ...] | None = st.session_state.pop(_ASKED, None)
    return pending


def write(what: str, note: str = "", **fields: object) -> None:
    """Write a correction down and say that it holds, or why it could not be written."""
    try:
        author = str(st.session_state.get(AUTHOR, ""))
        new = corrections.correction(what, note=note, author=author, **fields)
        corrections.add(data.store().path, new)
        data.refresh()
    except (StoreError, ValueError) as error:
        st.toast(f"Not corrected: {markdown(error)}")
        return
    st.session_state[_WRITTEN] = True
    st.session_state[_UNDO] = new.id


def report_last_correction() -> None:
    """Say once that a correction holds, with the way back beside it. Stands above every page."""
    wanted = st.session_state.pop(_UNDO, None)
    if wanted is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="corrected"):
        st.html(tag("p", "Corrected on every page.", class_="fl-state", role="status"), width="content")
        st.button("Undo", key="corrected_undo", type="tertiary", on_click=undo, args=(wanted,))
        st.html(tag("p", link("corrections", "All corrections"), class_="fl-state"), width="content")


def undo(wanted: str) -> None:
    """Take a correction back."""
    try:
        corrections.undo(data.store().path, wanted, str(st.session_state.get(AUTHOR, "")))
        data.refresh()
    except (StoreError, ValueError) as error:
        st.toast(markdown(error))


def _choose(heading: str, labels: tuple[str, ...], key: str, *, but: str = "", new: bool = False) -> tuple[str, str]:
    """Id and name of whom the reader means: one of the corpus, or with ``new`` a name he writes that is not in it.

    A name that is typed to find somebody is never taken for a new one. Both are empty until something is chosen.
    """
    entity: tuple[str, str] = st.session_state.get(f"{key}_is", ("", ""))
    sought = picker.sought(f"{key}_find")
    rows = data.rows(data.ask(queries.known_names, labels, search=sought, limit=FOUND))
    names = {row["value"]: row["name"] for row in rows if row["value"] != but}
    options = [
        picker.Option(
            row["value"],
            row["name"],
            picker.distinguishing_note(row, sought, reader.spelt(LABEL.get(str(row["label"]), "").lower())),
            f"{row['articles']:,}",
        )
        for row in rows
        if row["value"] != but
    ]

    def take(value: str) -> None:
        st.session_state[f"{key}_is"] = (value, names.get(value, value))
        st.session_state[f"{key}_new"] = ""

    nothing = f"Nobody and nothing here is called “{sought}”."
    note = "Type part of the name; Enter takes the first. Numbers are articles." if options else nothing
    picker.picker(
        heading,
        key=f"{key}_find",
        options=options,
        chosen=entity[:1],
        on_pick=take,
        note=note,
        placeholder="part of a name",
    )
    if entity[0]:
        st.html(tag("p", "Chosen: ", tag("b", entity[1]), class_="fl-state", role="status"))
    typed = st.text_input("Or a name that is not in the list", key=f"{key}_new").strip() if new else ""
    if typed:
        return corrections.entity_id(_KIND[labels[0]], typed), typed
    return entity[0], ""


# Names of the corpus a list offers at once; more letters find the rest.
FOUND: Final = 5


def _button(key: str, what: str, fields: Mapping[str, object], *, ready: bool = True) -> None:
    note = st.text_input(WHY, key=f"{key}_why")
    act = partial(write, what, note, **fields)
    st.button("Correct", key=f"{key}_do", type="primary", disabled=not ready, on_click=act)


def _forms(heading: str, key: str, forms: Mapping[str, Callable[[str], None]]) -> None:
    """A dialog that asks what is wrong and shows the form for it."""

    @st.dialog(heading)
    def opened() -> None:
        if st.session_state.pop(_WRITTEN, False):
            st.rerun()
        which = st.radio("What is right?", list(forms), key=f"{key}_what")
        forms[which](f"{key}_{list(forms).index(which)}")

    opened()


def _merge(entity: str, label: str, key: str) -> None:
    into, _ = _choose("The same as", (label,), key, but=entity)
    _button(key, "merge", {"entity": entity, "into": into}, ready=bool(into))


def _rename(entity: str, name: str, key: str) -> None:
    called = st.text_input("Name", name, key=key).strip()
    _button(key, "rename", {"entity": entity, "name": called}, ready=bool(called) and called != name)


def _reject(entity: str, key: str) -> None:
    st.caption("Its mentions are counted nowhere; words it says stay, without a speaker found for them.")
    _button(key, "reject", {"entity": entity})


def _split(entity: str, label: str, articles: list[str] | None, surface: str | None, key: str) -> None:
    target, name = _choose("Is", (label,), key, but=entity, new=True)
    called = name or (data.ask(queries.names, (target,)).get(target, target) if target else "")
    scope = {"articles": articles, "surfaces": [surface] if surface else None}
    _button(key, "split", {"entity": entity, "to": target, "name": called, **scope}, ready=bool(target))


def _entity_forms(entity: str, name: str, label: str) -> dict[str, Callable[[str], None]]:
    return {
        "Another of the list: the two are one": partial(_merge, entity, label),
        "The same, by another name": partial(_rename, entity, name),
        f"Not a {reader.spelt(LABEL.get(label, 'name').lower())} at all, anywhere": partial(_reject, entity),
    }


def entity(row: Mapping[str, Any], label: str) -> None:
    """Correct an entity: a row with ``entity_id`` and ``name``, and the words it goes by in ``aliases``."""
    entity_id, name = str(row["entity_id"]), str(row["name"])
    aliases = row.get("aliases")
    surfaces = [str(alias) for alias in (() if aliases is None else aliases)]

    def by_surface(key: str) -> None:
        surface = st.selectbox("Where the text reads", surfaces, key=f"{key}_surface")
        _split(entity_id, label, None, surface, key)

    forms = _entity_forms(entity_id, name, label)
    if surfaces:
        forms["Two: some of the words for it mean another"] = by_surface
    _forms(f"Correct: {markdown(name)}", f"correct_{entity_id}", forms)


def mention(article_id: str, row: Mapping[str, Any], surface: str) -> None:
    """Correct what one mention names, or the entity it names: here, in this article, or everywhere."""
    entity_id, label = str(row["entity_id"]), str(row["label"])
    name = str(row.get("entity_name") or row.get("name") or surface)
    where = {"article": article_id, "start": int(row["start"]), "end": int(row["end"]), "surface": surface}

    def another(key: str) -> None:
        target, typed = _choose("Names", (label,), key, but=entity_id, new=True)
        _button(key, "mention", {**where, "entity": target, "name": typed or None}, ready=bool(target))

    def nobody(key: str) -> None:
        _button(key, "mention", {**where, "entity": ""})

    forms: dict[str, Callable[[str], None]] = {
        "Here it is somebody or something else": another,
        "Here it is no name": nobody,
        "In this whole article it is another": partial(_split, entity_id, label, [article_id], None),
        **_entity_forms(entity_id, name, label),
    }
    _forms(f"Correct: {markdown(name)}", f"correct_{where['start']}_{where['end']}", forms)


def quote(article_id: str, row: Mapping[str, Any], words: str) -> None:
    """Correct who speaks, or take away what is no quote."""
    cut = words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"
    where = {"article": article_id, "start": int(row["start"]), "end": int(row["end"]), "surface": cut}

    def speaker(key: str) -> None:
        target, typed = _choose("Speaker", SPEAKERS, key, new=True)
        _button(key, "speaker", {**where, "speaker": target, "name": typed or None}, ready=bool(target))

    def nobody(key: str) -> None:
        _button(key, "speaker", {**where, "speaker": ""})

    def no_quote(key: str) -> None:
        st.caption("Words in quotation marks stay counted as quoted words; nobody is counted as saying them.")
        _button(key, "reject-quote", where)

    forms = {"Somebody else says this": speaker, NOBODY + " says this": nobody, "This is no quote": no_quote}
    _forms("Correct this quote", f"correct_quote_{where['start']}_{where['end']}", forms)


def article(rows: list[dict[str, Any]], key: str) -> None:
    """Correct the outlet or the date of one of some articles."""
    titles = {str(row["article_id"]): f"{row['source']} · {row['title'] or row['opening']}" for row in rows}
    row_of = {str(row["article_id"]): row for row in rows}
    st.session_state.pop(_WRITTEN, None)
    with st.popover("Correct outlet or date …", key=f"{key}_open"):
        chosen = str(rows[0]["article_id"])
        if len(rows) > 1:
            chosen = st.selectbox("Article", list(titles), key=f"{key}_which", format_func=titles.__getitem__)
        was = str(row_of[chosen]["source"]), str(row_of[chosen]["published"] or "")
        source = st.text_input("Outlet", was[0], key=f"{key}_source_{chosen}").strip()
        published = st.text_input(
            "Published", was[1], key=f"{key}_date_{chosen}", placeholder="2020-02-14, 2020-02 or 2020"
        ).strip()
        changed = {"source": source if source not in ("", was[0]) else None}
        changed["published"] = published if published not in ("", was[1]) else None
        try:
            _ = corrections.days(published) if changed["published"] else None
        except ValueError as error:
            st.error(markdown(error))
            changed = {}
        _button(key, "article", {"article": chosen, **changed}, ready=any(changed.values()))

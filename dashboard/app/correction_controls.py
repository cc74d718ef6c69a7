"""Controls that put right what the analyses got wrong: each writes one line of ``corrections.jsonl``.

What is shown after the click already honours it: the edition of the store is new, and with it every answer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard.app import data
from dashboard.markup.html import markdown
from dashboard.reading.card import LABEL
from store import Filter, StoreError, corrections, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

AUTHOR: Final = "framelens_author"
# Most names a list offers; any other can be typed.
MOST: Final = 1000
SPEAKERS: Final = ("PERSON", "ORG", "JURISDICTION")
_KIND: Final = {"PERSON": "person", "ORG": "org", "JURISDICTION": "place", "ADMINISTRATION": "administration"}
NOBODY: Final = "Nobody we know"
WHY: Final = "Why (kept with the correction)"


def write(what: str, note: str = "", **said: object) -> None:
    """Write a correction down and say that it holds, or why it could not be written."""
    try:
        author = str(st.session_state.get(AUTHOR, ""))
        corrections.add(data.store().path, corrections.correction(what, note=note, author=author, **said))
        data.refresh()
    except (StoreError, ValueError) as error:
        st.toast(f"Not corrected: {markdown(error)}")
        return
    st.toast("Corrected on every page. The page Corrections lists it and can take it back.")


def _names(labels: tuple[str, ...], but: str = "") -> dict[str, str]:
    """Entities to choose from, most articles first."""
    found: dict[str, str] = {}
    for label in labels:
        frame = data.ask(queries.entities, Filter(), label, limit=MOST)
        for entity_id, name, articles in zip(frame["entity_id"], frame["name"], frame["articles"], strict=True):
            found[str(entity_id)] = f"{name} · {articles:,}"
    found.pop(but, None)
    return found


def _choose(heading: str, labels: tuple[str, ...], key: str, *, but: str = "", new: bool = False) -> str | None:
    options = _names(labels, but)
    chosen = st.selectbox(
        heading,
        list(options),
        index=None,
        key=key,
        format_func=lambda value: options.get(value, value),
        placeholder="Choose or type a new name" if new else "Choose; numbers are articles",
        accept_new_options=new,
    )
    return None if chosen is None else str(chosen)


def _target(chosen: str | None, label: str) -> tuple[str, str]:
    """Id and name of what was chosen or typed."""
    if chosen is None:
        return "", ""
    if chosen in _names((label,)) or chosen in _names(SPEAKERS):
        return chosen, ""
    return corrections.entity_id(_KIND[label], chosen), chosen.strip()


def _button(key: str, what: str, said: Mapping[str, object], *, ready: bool = True) -> None:
    note = st.text_input(WHY, key=f"{key}_why")
    act = partial(write, what, note, **said)
    st.button("Correct", key=f"{key}_do", type="primary", disabled=not ready, on_click=act)


def _forms(heading: str, key: str, forms: Mapping[str, Callable[[str], None]]) -> None:
    """A popover that asks what is wrong and shows the form for it."""
    with st.popover(heading, key=f"{key}_open"):
        asked = st.radio("What is right?", list(forms), key=f"{key}_what")
        forms[asked](f"{key}_{list(forms).index(asked)}")


def _merge(entity: str, label: str, key: str) -> None:
    into = _choose("The same as", (label,), key, but=entity)
    _button(key, "merge", {"entity": entity, "into": into}, ready=into is not None)


def _rename(entity: str, name: str, key: str) -> None:
    called = st.text_input("Name", name, key=key).strip()
    _button(key, "rename", {"entity": entity, "name": called}, ready=bool(called) and called != name)


def _reject(entity: str, key: str) -> None:
    st.caption("Its mentions are counted nowhere; words it says stay, without a speaker found for them.")
    _button(key, "reject", {"entity": entity})


def _split(entity: str, label: str, articles: list[str] | None, surface: str | None, key: str) -> None:
    to = _choose("Is", (label,), key, but=entity, new=True)
    target, name = _target(to, label)
    called = name or (data.ask(queries.names, (target,)).get(target, target) if target else "")
    scope = {"articles": articles, "surfaces": [surface] if surface else None}
    _button(key, "split", {"entity": entity, "to": target, "name": called, **scope}, ready=bool(to))


def _entity_forms(entity: str, name: str, label: str) -> dict[str, Callable[[str], None]]:
    return {
        "Another of the list: the two are one": partial(_merge, entity, label),
        "The same, by another name": partial(_rename, entity, name),
        f"Not a {LABEL.get(label, 'name').lower()} at all, anywhere": partial(_reject, entity),
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
    _forms(f"Correct {markdown(name)} …", f"correct_{entity_id}", forms)


def mention(article_id: str, row: Mapping[str, Any], surface: str) -> None:
    """Correct what one mention names, or the entity it names: here, in this article, or everywhere."""
    entity_id, label = str(row["entity_id"]), str(row["label"])
    name = str(row.get("entity_name") or row.get("name") or surface)
    where = {"article": article_id, "start": int(row["start"]), "end": int(row["end"]), "surface": surface}

    def here(key: str) -> None:
        to = _choose("Names", (label,), key, but=entity_id, new=True)
        target, typed = _target(to, label)
        _button(key, "mention", {**where, "entity": target, "name": typed or None}, ready=bool(to))

    def nobody(key: str) -> None:
        _button(key, "mention", {**where, "entity": ""})

    forms: dict[str, Callable[[str], None]] = {
        "Here it is somebody or something else": here,
        "Here it is no name": nobody,
        "In this whole article it is another": partial(_split, entity_id, label, [article_id], None),
        **_entity_forms(entity_id, name, label),
    }
    _forms(f"Correct {markdown(name)} …", f"correct_{where['start']}_{where['end']}", forms)


def quote(article_id: str, row: Mapping[str, Any], words: str) -> None:
    """Correct who speaks, or take away what is no quote."""
    cut = words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"
    where = {"article": article_id, "start": int(row["start"]), "end": int(row["end"]), "surface": cut}

    def speaker(key: str) -> None:
        to = _choose("Speaker", SPEAKERS, key, new=True)
        target, typed = _target(to, "PERSON")
        _button(key, "speaker", {**where, "speaker": target, "name": typed or None}, ready=bool(to))

    def nobody(key: str) -> None:
        _button(key, "speaker", {**where, "speaker": ""})

    def no_quote(key: str) -> None:
        st.caption("Words in quotation marks stay counted as quoted words; nobody is counted as saying them.")
        _button(key, "reject-quote", where)

    forms = {"Somebody else says this": speaker, NOBODY + " says this": nobody, "This is no quote": no_quote}
    _forms("Correct this quote …", f"correct_quote_{where['start']}_{where['end']}", forms)


def article(rows: list[dict[str, Any]], key: str) -> None:
    """Correct the outlet or the date of one of some articles."""
    titles = {str(row["article_id"]): f"{row['source']} · {row['title'] or row['opening']}" for row in rows}
    held = {str(row["article_id"]): row for row in rows}
    with st.popover("Correct outlet or date …", key=f"{key}_open"):
        chosen = str(rows[0]["article_id"])
        if len(rows) > 1:
            chosen = st.selectbox("Article", list(titles), key=f"{key}_which", format_func=titles.__getitem__)
        was = str(held[chosen]["source"]), str(held[chosen]["published"] or "")
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

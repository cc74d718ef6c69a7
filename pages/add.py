"""Add articles: drop files, see how they are understood, correct it, and build a corpus of them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import streamlit as st

from dashboard.adding import job, uploads, view
from dashboard.markup.html import draw, tag
from dashboard.markup.phrasing import count, number
from pipeline.readers import choices as reading
from pipeline.readers import outlets as outlet_table
from pipeline.readers.choices import Choices
from pipeline.readers.originals import without_covers
from pipeline.readers.outlets import suggest
from pipeline.readers.recognised import Recognised, recognise
from store import Store, StoreError, StoreMissing, corpora, queries

_SET: Final = "upload"
_ROLES: Final = {"source": "Outlet", "published": "Date", "title": "Headline", "text": "Text", "authors": "Author"}
_DATES: Final = {"": "As found", "day-first": "Day before month", "month-first": "Month before day"}
_FOUND: Final = "As found"
_ALIKE_SHOWN: Final = 12
_SEEDS: Final = Path(__file__).parents[1] / "seeds"


def page() -> None:
    """Draw the page: a build that goes on, files that wait to be built, or where to drop them."""
    open_corpora()
    build = job.look(corpora.current().folder)
    if build is not None:
        building()
    token = st.session_state.get(_SET, "")
    if uploads.names(token):
        before_building(token)
    elif build is None or not build.running:
        drop(token, again=build is not None)
        outlet_names()


def open_corpora() -> None:
    """Which corpus is open, to be switched, renamed and removed."""
    every, now = corpora.listed(), corpora.current()
    st.session_state["add_corpus"] = now.key  # a build that began has opened another
    with st.container(horizontal=True, gap="small", key="add_corpora", vertical_alignment="center"):
        st.selectbox(
            "Corpus",
            [corpus.key for corpus in every],
            format_func=lambda key: next(corpus.name for corpus in every if corpus.key == key),
            key="add_corpus",
            on_change=lambda: corpora.choose(st.session_state["add_corpus"]),
            width=320,
            label_visibility="collapsed",
        )
        if now.key:
            with st.popover("Rename or remove"):
                st.text_input("Name of this corpus", value=now.name, key="add_rename")
                st.button("Rename", on_click=_rename, args=(now,))
                st.checkbox("Remove it with its corrections and checks; this cannot be undone", key="add_sure")
                st.button("Remove", on_click=_remove, args=(now,), disabled=not st.session_state.get("add_sure"))
    if message := st.session_state.pop("add_said", ""):
        draw(tag("p", message, class_="fl-notice"))


def below(origin: str, corpus: corpora.Corpus) -> str:
    """A file of a corpus as its reader knows it: without the folder that the corpus keeps it in."""
    sources = f"{corpus.folder / 'sources'}/"
    return origin.removeprefix(sources).split("/", 1)[-1] if origin.startswith(sources) else origin


def _rename(corpus: corpora.Corpus) -> None:
    try:
        corpora.rename(corpus, st.session_state["add_rename"])
    except ValueError as error:
        st.session_state["add_said"] = str(error)


def _remove(corpus: corpora.Corpus) -> None:
    running = job.look(corpus.folder)
    if running is not None and running.running:
        st.session_state["add_said"] = "A build goes on in this corpus. Stop it first."
        return
    corpora.remove(corpus)
    st.session_state["add_sure"] = False


def drop(token: str, *, again: bool) -> None:
    """Where files are dropped, or a text pasted."""
    draw(
        tag("h2", "Add more articles", class_="fl-h2 fl-part")
        if again
        else tag("h1", "Which articles do you want to read?", class_="fl-h1"),
        tag(
            "p",
            "Drop files, folders or a ZIP: tables, JSON, Word and PDF files, saved pages, archives of Nexis, Factiva "
            "or ProQuest. You see how they are understood before anything is built. Nothing leaves this machine.",
            class_="fl-standfirst",
        ),
    )
    if not again and not corpora.current().key:
        st.button("Read the five demonstration articles", on_click=job.start, args=(_SEEDS, corpora.served()))
    left_column, right_column = st.columns(2)
    files = [
        *left_column.file_uploader("Files or a ZIP", accept_multiple_files=True, key=f"add_files_{token}"),
        # The names of folders come with the files: they tell outlets.
        *right_column.file_uploader("A folder", accept_multiple_files="directory", key=f"add_folder_{token}"),
    ]
    with st.expander("Paste a text"):
        st.text_area("The text of one article", key="add_pasted", height=200)
        st.button("Add this text", on_click=_paste)
    if files:
        token = token if uploads.folder(token) else uploads.new()
        uploads.keep(token, files)
        st.session_state[_SET] = token
        st.rerun()


def _paste() -> None:
    token = st.session_state.get(_SET, "")
    token = token if uploads.folder(token) else uploads.new()
    uploads.paste(token, st.session_state["add_pasted"])
    st.session_state[_SET] = token


def _start_over() -> None:
    uploads.take_back(st.session_state.pop(_SET, ""))
    for key in [key for key in st.session_state if str(key).startswith(("add_role_", "add_unify_", "add_dates"))]:
        del st.session_state[key]


def chosen() -> Choices:
    """What the reader corrected so far."""
    columns = {
        role: value
        for role in _ROLES
        if (value := st.session_state.get(f"add_role_{role}", _FOUND)) not in {_FOUND, ""}
    }
    return Choices(columns=columns, dates=st.session_state.get("add_dates", ""))


@st.cache_data(max_entries=8, show_spinner="Reading your files")
def _understood(token: str, names: tuple[str, ...], columns: tuple[tuple[str, str], ...], dates: str) -> Recognised:
    del names  # what is read depends on them
    upload = uploads.folder(token)
    return recognise(upload, Choices(columns=dict(columns), dates=dates)) if upload else Recognised()


def before_building(token: str) -> None:
    """How the files are understood, to be corrected; then what they are called and the button that builds them."""
    names, choices = uploads.names(token), chosen()
    understood = _understood(token, tuple(names), tuple(sorted(choices.columns.items())), choices.dates)
    with st.container(horizontal=True, gap="small", key="add_files_held", vertical_alignment="center"):
        draw(tag("p", tag("b", count(len(names), "file")), f": {', '.join(names[:3])}{' …' if len(names) > 3 else ''}"))
        st.button("Start over", on_click=_start_over)
    draw(
        tag("p", "Add articles", class_="fl-kicker"),
        tag("h1", view.title(understood), class_="fl-h1"),
        tag(
            "p",
            "Nothing is in a corpus until you build. What was not understood is listed below.",
            class_="fl-standfirst",
        ),
        tag("section", view.recognised(understood), class_="fl-part"),
        tag("h2", "First rows, as we understand them", class_="fl-h2 fl-part"),
    )
    correct(understood)
    if understood.first:
        draw(view.first_rows(understood.first), view.columns(understood))
    outlets = unify(understood)
    draw(
        tag("h2", "Left out, and why", class_="fl-h2 fl-part"),
        view.left_out(understood.left_out, uploads.folder(token)),
    )
    draw(view.doubted(understood.doubts, uploads.folder(token)))
    if understood.articles:
        name_and_build(token, understood, choices, outlets)


def correct(understood: Recognised) -> None:
    """Which column is which, where the files have columns."""
    if not understood.columns:
        return
    with st.container(horizontal=True, gap="small", key="add_roles"):
        for role, label in _ROLES.items():
            now = next((name for name, use in understood.columns.items() if use == role), "")
            st.selectbox(
                f"{label}{f' (now {now})' if now else ' (none found)'}",
                [_FOUND, *sorted(name for name in understood.columns if name)],
                key=f"add_role_{role}",
                width=210,
            )
        st.selectbox("Dates", list(_DATES), format_func=_DATES.__getitem__, key="add_dates", width=180)


def unify(understood: Recognised) -> dict[str, str]:
    """Outlet names that look alike, to be joined one by one, never unasked: each in small letters with its new name."""
    alike: dict[str, list[str]] = {}
    for name, best in suggest(understood.outlets):
        alike.setdefault(best, []).append(name)
    if not alike:
        return {}
    draw(
        tag("h2", "Outlet names to unify", class_="fl-h2 fl-part"),
        tag("p", "Alike, perhaps the same. Nothing is joined unless you tick it.", class_="fl-sub"),
    )
    joined: dict[str, str] = {}
    for place, (best, others) in enumerate(sorted(alike.items())):
        names = [best, *others]
        counted_names = ", ".join(f"{name} ({number(understood.outlets[name])})" for name in names)
        with st.container(horizontal=True, gap="small", key=f"add_alike_{place}", vertical_alignment="bottom"):
            ticked = st.checkbox(counted_names, key=f"add_unify_{place}")
            to = st.text_input("Name for all", value=best, key=f"add_unify_to_{place}", width=240)
        if ticked and to.strip():
            joined |= {name.lower(): to.strip() for name in names if name != to.strip()}
    return joined


def outlet_names() -> None:
    """The outlets of the open corpus, and the table by which names are read as one: seen, edited, suggested for."""
    corpus = corpora.current()
    try:
        store = Store.open(corpus.folder)
        table = outlet_table.load(corpus.folder)
    except (StoreError, ValueError) as error:
        if not isinstance(error, StoreMissing):
            draw(tag("p", str(error), class_="fl-notice"))
        return
    counted = queries.outlets(store)
    alike = [(name, best) for name, best in suggest(counted) if name.lower() not in table]
    draw(
        tag("h2", "Outlets and their names", class_="fl-h2 fl-part"),
        tag(
            "p",
            f"{count(len(counted), 'outlet')} in this corpus; {count(len(table), 'name')} read as another. "
            "Nothing is joined unless you do it; a change holds from the next build on.",
            class_="fl-sub",
        ),
    )
    for place, (name, best) in enumerate(alike[:_ALIKE_SHOWN]):
        with st.container(horizontal=True, gap="small", key=f"outlets_alike_{place}", vertical_alignment="center"):
            likeness = f"{name} ({number(counted[name])}) may be {best} ({number(counted[best])})"
            draw(tag("p", likeness))
            st.button("Read as one", key=f"outlets_join_{place}", on_click=_unify, args=(name, best))
    for place, (name, best) in enumerate(sorted(table.items())):
        with st.container(horizontal=True, gap="small", key=f"outlets_row_{place}", vertical_alignment="center"):
            draw(tag("p", tag("b", name), " is read as ", tag("b", best)))
            st.button("Take out", key=f"outlets_out_{place}", type="tertiary", on_click=_unify, args=(name, name))
    with (
        st.form("outlets_form", clear_on_submit=True, border=False),
        st.container(horizontal=True, gap="small", vertical_alignment="bottom"),
    ):
        st.selectbox("Name in your files", list(counted), key="outlets_name", index=None, width=300)
        st.text_input("Read it as", key="outlets_as", width=300)
        st.form_submit_button("Add to the table", on_click=_unify)
    sources = corpus.folder / "sources"
    if table != _built_with(corpus) and sources.is_dir():
        st.button("Build again with these names", type="primary", key="outlets_build", on_click=_build_again)


def _unify(name: str = "", best: str = "") -> None:
    """Put a name into the table of outlets, or take one out that is read as itself."""
    name, best = name or st.session_state.get("outlets_name") or "", best or st.session_state.get("outlets_as", "")
    if name.strip() and best.strip():
        folder = corpora.current().folder
        outlet_table.save(folder, outlet_table.changed(outlet_table.load(folder), name, best))


def _built_with(corpus: corpora.Corpus) -> dict[str, str]:
    """The table of outlets that the last build of a corpus was begun with."""
    return outlet_table.load(corpus.folder, outlet_table.BUILT)


def _build_again() -> None:
    corpus = corpora.current()
    job.start(corpus.folder / "sources", corpus.folder)


def name_and_build(token: str, understood: Recognised, choices: Choices, outlets: dict[str, str]) -> None:
    """Into which corpus, and the button."""
    every = [corpus for corpus in corpora.listed() if corpus.key]
    st.divider()
    with st.container(horizontal=True, gap="medium", key="add_build", vertical_alignment="bottom"):
        into = st.selectbox(
            "Build into",
            ["", *(corpus.key for corpus in every)],
            format_func=lambda key: next((corpus.name for corpus in every if corpus.key == key), "A new corpus"),
            key="add_into",
            width=240,
        )
        if not into:
            # Without a name of its own the corpus is called after the first file: nobody is held up by a field.
            called = Path(uploads.names(token)[0]).stem[:80] if uploads.names(token) else ""
            st.text_input("Name of this corpus", value=called, key="add_name", width=300)
        st.button(
            f"Build {count(understood.articles, 'article')}",
            type="primary",
            on_click=_build,
            args=(token, choices, outlets),
            key="add_go",
        )
    draw(tag("p", "You may close the page meanwhile: the build goes on.", class_="fl-note"))


def _build(token: str, choices: Choices, outlets: dict[str, str]) -> None:
    into = st.session_state.get("add_into", "")
    try:
        corpus = next(
            (listed_corpus for listed_corpus in corpora.listed() if listed_corpus.key == into and into), None
        ) or corpora.make(st.session_state.get("add_name", ""))
    except ValueError as error:
        st.session_state["add_said"] = str(error)
        return
    _remember(corpus.folder, choices, outlets)
    sources, upload = uploads.hand_over(token, corpus)
    without_covers(upload, reading.load(corpus.folder))
    st.session_state.pop(_SET, None)
    job.start(sources, corpus.folder)
    corpora.choose(corpus.key)


def _remember(folder: Path, choices: Choices, outlets: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    stored = reading.load(folder)
    reading.save(
        folder,
        Choices({**stored.columns, **choices.columns}, choices.dates or stored.dates, {**stored.outlets, **outlets}),
    )


@st.fragment(run_every=2.0)
def building() -> None:
    """How far the build is; asked anew every two seconds, whoever looks."""
    corpus = corpora.current()
    build = job.look(corpus.folder)
    if build is None:
        return
    if build.running:
        st.session_state["add_was_running"] = True
        share = build.done / build.total if build.total else 0.0
        draw(
            tag("p", corpus.name, class_="fl-kicker"),
            tag("h1", "Building", class_="fl-h1"),
            tag("p", "It goes on if you reload or close this page.", class_="fl-standfirst"),
        )
        words = f"{number(build.done)} of {count(build.total, 'article')}" if build.total else "Reading your files"
        st.progress(min(1.0, share), text=words)
        pace = build.done / max(1.0, time.time() - build.started) * 60
        parts = [
            f"{number(round(pace))} articles a minute" if build.done else "",
            view.time_left(build.seconds_left(time.time())),
        ]
        draw(tag("p", " · ".join(part for part in parts if part), class_="fl-note"))
        st.button("Stop", on_click=job.stop, args=(build,), key="add_stop")
        return
    if st.session_state.pop("add_was_running", False):
        st.rerun()
    if build.phase == "done":
        took = max(0, round(build.ended - build.started))
        draw(
            tag("p", corpus.name, class_="fl-kicker"),
            tag(
                "h1",
                f"{count(build.record['articles'], 'article')}, built in {took // 60} min {took % 60} s",
                class_="fl-h1",
            ),
            view.next_steps(),
            tag("h2", "Every file met, with what became of it", class_="fl-h2 fl-part"),
            view.became([file | {"origin": below(file["origin"], corpus)} for file in build.record["files"]]),
        )
    else:
        draw(
            tag("p", corpus.name, class_="fl-kicker"),
            tag("h1", "The build was stopped", class_="fl-h1"),
            tag(
                "p", build.message or "What it had finished is kept and need not be done again.", class_="fl-standfirst"
            ),
        )
    with st.container(horizontal=True, gap="small", key="add_after"):
        if build.phase != "done":
            st.button("Go on building", on_click=job.start, args=(corpus.folder / "sources", corpus.folder))
        st.button(
            "Close this table" if build.phase == "done" else "Dismiss", on_click=job.forget, args=(corpus.folder,)
        )


page()

"""Shared hypothesis strategies: texts like those that news sites give, and the worst that anything can give."""

from datetime import date

from hypothesis import strategies as st

from pipeline.readers.dates import EARLIEST

# Any characters that a text can be stored with, those that break lines or quotation rules more often than chance has it.
characters = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    st.sampled_from("\n\n\r \t\u2028\x85\x1c\"“”‘’'«».,:;!?…—–-()[]/|%@©aAbB1"),
)
any_text = st.text(characters, max_size=400)

_WORDS = """a the of Ann Poe Senate SENATE MORE FILE PHOTO AP Reuters said vote 2020 U.S. it’s AnnPoe PoeSenate — – | / (AP)
“yes” "no" ‘maybe’ … %d click here RELATED: UPDATED newsletter contributed @annpoe"""
words = st.sampled_from(_WORDS.split())
sentences = (
    st.lists(words, min_size=1, max_size=14)
    .map(" ".join)
    .flatmap(
        lambda said: st.sampled_from([said, said + ".", f"“{said}.”", f'"{said}," he said.', said.upper(), f"({said})"])
    )
)
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
# Lines that repeat come from a small pool.
articles = st.lists(paragraphs, min_size=1, max_size=6).flatmap(
    lambda pool: st.lists(st.sampled_from(pool), max_size=12).flatmap(
        lambda found: st.sampled_from(["\n", "\n\n", "\r\n", " \n\n\n"]).map(lambda gap: gap.join(found))
    )
)

texts = st.one_of(any_text, articles)

# Days on which an article can have been published, whatever day the test runs on.
days = st.dates(min_value=EARLIEST, max_value=date(2026, 1, 1))

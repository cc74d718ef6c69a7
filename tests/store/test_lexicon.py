"""Lists of names: what a row finds in a text, and what is said of a row that is wrong."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import StoreError, lexicon
from store.lexicon import Finder, Variant, parse


def hits(text, *forms, concept="Thing"):
    finder = Finder([Variant(concept, form, (form,)) for form in forms])
    return [(text[hit.start : hit.end], hit.variant) for hit in finder.find(text)]


def test_whole_words_in_any_capitals():
    assert hits("Raids began. The RAID ended; braids.", "raid", "raids") == [("Raids", "raids"), ("RAID", "raid")]


def test_a_star_stands_for_any_ending():
    assert hits("two sanctuary cities, a sanctuary city", "sanctuary cit*") == [
        ("sanctuary cities", "sanctuary cit*"),
        ("sanctuary city", "sanctuary cit*"),
    ]
    assert hits("repatriated, repatriation", "repatriat*") == [
        ("repatriated", "repatriat*"),
        ("repatriation", "repatriat*"),
    ]


def test_hyphens_spaces_and_apostrophes_are_forgiven_and_line_breaks_are_not():
    assert hits("zero tolerance and zero-tolerance", "zero-tolerance") == [
        ("zero tolerance", "zero-tolerance"),
        ("zero-tolerance", "zero-tolerance"),
    ]
    assert hits("Trump’s wall", "trump's wall") == [("Trump’s wall", "trump's wall")]
    assert hits("border\nwall", "border wall") == []


def test_of_one_concept_the_longest_counts_and_concepts_do_not_hide_each_other():
    assert hits("an undocumented migrant", "migrant", "undocumented migrant") == [
        ("undocumented migrant", "undocumented migrant")
    ]
    finder = Finder([Variant("a", "x", ("undocumented migrant",)), Variant("b", "y", ("migrant",))])
    assert [hit.concept for hit in finder.find("an undocumented migrant")] == ["a", "b"]


@given(st.text(alphabet="aid r-\n’", max_size=40))
def test_what_is_looked_for_together_is_what_is_found_one_by_one(text):
    forms = ("raid", "a*", "raid a", "id-raid", "dar'a*", "i")
    finder = Finder([Variant(form, form, (form,)) for form in forms])
    alone = [(hit.start, hit.end, form) for form in forms for hit in Finder([Variant(form, form, (form,))]).find(text)]
    assert sorted((hit.start, hit.end, hit.variant) for hit in finder.find(text)) == sorted(alone)
    for start, end, form in alone:
        assert re.fullmatch(lexicon.pattern(form), text[start:end])
        assert not re.match(r"\w", text[start - 1 : start])


@given(st.text(alphabet="İaA ıßẞraid\n’-", max_size=60))
def test_offsets_are_those_of_the_text(text):
    for hit in Finder([Variant("c", "v", ("raid", "a*"))]).find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end].lower()[0] in {"r", "a"}


def test_the_lists_that_come_with_framelens_can_be_read():
    assert len(lexicon.shipped("concepts")) > 40


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,variant\n", "line 1: the first row must be concept,variant,forms,note"),
        ("concept,variant,forms,note\n# fine\na,b\n", "line 3: a row needs concept, variant, forms"),
        ("concept,variant,forms,note\na,b,|,\n", "line 2: no form to look for"),
        ("concept,variant,forms,note\na,b,(raid,\n", "line 2: “\\(raid” is not words"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(text, said):
    with pytest.raises(StoreError, match=f"mine.csv, {said}"):
        parse(text, "mine.csv")


def test_a_name_is_appended_and_found_again(tmp_path):
    assert lexicon.user_names(tmp_path) == ()
    first, second = (
        Variant("Thing", "one", ("raid", "raids"), "a note, with a comma"),
        Variant("Thing", "two", ("sweep",)),
    )
    lexicon.add(tmp_path, first)
    (tmp_path / lexicon.OWN).write_text((tmp_path / lexicon.OWN).read_text().rstrip("\n"))
    lexicon.add(tmp_path, second)
    assert lexicon.user_names(tmp_path) == (first, second)
    assert (tmp_path / lexicon.OWN).read_text().startswith("concept,variant,forms,note\n")


def test_a_name_that_could_not_be_read_back_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(StoreError, match="The new name, line 2"):
        lexicon.add(tmp_path, Variant("Thing", "", ("raid",)))
    assert not (tmp_path / lexicon.OWN).exists()


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / lexicon.OWN).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StoreError, match="cannot be read"):
        lexicon.user_names(tmp_path)


def found_by_hand(text, forms):
    """Each form by a regular expression of its own, the longest marked first, letter by letter: no code is shared."""
    every = set()
    for form in forms:
        parts = {" ": r"[^\S\n]+", "-": r"(?:[^\S\n]|[-‑])", "*": r"\w*", "'": "['’]"}
        expression = "".join(parts.get(part, re.escape(part)) for part in re.split(r"([ \-*'])", form))
        every |= {match.span() for match in re.finditer(rf"(?<!\w){expression}(?!\w)", text, re.IGNORECASE)}
    used, kept = set(), []
    for start, end in sorted(every, key=lambda span: (span[0] - span[1], span[0])):
        if used.isdisjoint(range(start, end)):
            used.update(range(start, end))
            kept.append((start, end))
    return sorted(kept)


@pytest.mark.parametrize(
    "seed", sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")), ids=lambda path: path.stem
)
def test_names_of_the_seeds_are_those_an_independent_count_finds(seed):
    text = seed.read_text(encoding="utf-8")
    listed = lexicon.shipped("concepts")
    hits = Finder(listed).longest(text)
    assert [(hit.start, hit.end) for hit in hits] == found_by_hand(text, [form for row in listed for form in row.forms])
    assert hits


@given(
    st.lists(
        st.sampled_from(["illegal", "criminal", "alien", "aliens", "immigrant", "in", "the", "country"]), max_size=12
    )
)
def test_of_names_over_each_other_the_longest_counts_whatever_they_name(words):
    forms = (
        "illegal alien*",
        "criminal alien*",
        "alien*",
        "illegal immigrant",
        "immigrant",
        "immigrant in the country",
    )
    text = " ".join(words)
    finder = Finder([Variant(f"concept {number % 3}", form, (form,)) for number, form in enumerate(forms)])
    hits = finder.longest(text)
    assert [(hit.start, hit.end) for hit in hits] == found_by_hand(text, forms)
    assert all(first.end <= second.start for first, second in pairwise(hits))

"""Kinds of speakers: told by words, unknown where none tells."""

from collections import Counter

import pytest

from store import Filter, Store
from store.queries import kinds
from tests.store.small_corpus import ALL_DRAFTS, begin_with


@pytest.mark.parametrize(
    ("speaker", "words_for", "name", "beside", "kind"),
    [
        ("person:a", "", "Ann Lee", {"sen": 3, "democrat": 1}, "politician"),
        ("person:a", "", "Ann Lee", {"executive director": 2, "president": 1}, "advocate"),
        ("person:a", "", "Ann Lee", {"law professor": 1}, "expert"),
        ("person:a", "", "Ann Lee", {"mother": 1}, "affected person"),
        ("person:a", "", "Ann Lee", {"mother": 5, "district judge": 1}, "court"),
        ("person:a", "", "Ann Lee", {}, "unknown"),
        ("org:x", "", "Immigration and Customs Enforcement", {}, "official"),
        ("org:x", "", "Supreme Court", {}, "court"),
        ("org:x", "", "Acme", {}, "unknown"),
        ("place:tx", "", "Texas", {}, "official"),
        ("", "a senior official", "a senior official", {}, "official"),
        ("", "several police officials", "several police officials", {}, "police"),
        ("", "a memo obtained by a reporter", "a memo obtained by a reporter", {}, "unknown"),
        ("", "a judge in the north", "a judge in the north", {}, "court"),
        ("", "a retired judge", "a retired judge", {}, "unknown"),
        ("person:a", "", "Ann Lee", {"former senior agency official": 2, "blogger": 1}, "journalist"),
        ("person:a", "", "Ann Lee", {"former senator": 2}, "politician"),
        ("", "two hospital officials", "two hospital officials", {}, "not named"),
        ("", "a White House spokesperson", "a White House spokesperson", {}, "official"),
        ("", "a spokesperson", "a spokesperson", {}, "not named"),
        ("", "economists", "economists", {}, "expert"),
        ("person:a", "", "Ann Lee", {"union official": 2}, "unknown"),
        ("", "Critics", "Critics", {}, "not named"),
        ("", "the judges", "the judges", {}, "court"),
        ("", "the report", "the report", {}, "unknown"),
        ("", "", "", {}, "unknown"),
    ],
)
def test_the_kind_is_read_from_words(speaker, words_for, name, beside, kind):
    assert kinds._kind(speaker, words_for, name, Counter(beside)).kind == kind


@pytest.mark.parametrize(
    ("speaker", "words_for", "term", "naming"),
    [
        ("person:a", "", False, "person"),
        ("org:x", "", False, "body"),
        ("place:tx", "", False, "body"),
        ("", "a senior official", False, "without a name"),
        ("", "", False, "not found"),
        ("", "", True, "term"),
    ],
)
def test_whether_a_speaker_has_a_name_is_told_apart_from_the_kind(speaker, words_for, term, naming):
    assert kinds.naming(speaker, words_for, term=term) == naming


def test_words_that_told_the_kind_are_kept():
    assert kinds._kind("person:a", "", "Ann Lee", Counter({"sen": 3})).words == ("sen",)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    begin_with(folder, *ALL_DRAFTS)
    return Store.open(folder)


def test_every_quoted_word_has_a_kind(store):
    found = kinds.by_kind(store, Filter())
    assert set(found["kind"]) == {"unknown"}
    assert found["words"].sum() == sum(len(p.text.split()) for d in ALL_DRAFTS for p in d.pieces if p.voice == "quote")
    assert len(kinds.by_kind(store, Filter(sources=("Herald",)))) == 1


def test_verbs_are_counted_by_class(store):
    found = kinds.cue_classes(store, Filter())
    assert set(zip(found["cue_class"], found["cue"], strict=True)) == {("neutral", "say")}


def test_a_president_of_whom_no_word_tells_is_a_politician_all_the_same():
    assert kinds._kind("person:donald-trump", "", "Donald Trump", None) == kinds.Kind("politician", ("president",))
    assert kinds._kind("person:ann-poe", "", "Ann Poe", None).kind == kinds.UNKNOWN

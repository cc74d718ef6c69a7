"""Quotes that one article prints shorter than another."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.story.cut_quotes import find_cuts

WHOLE = "We will not reopen before every plank is sound and every nail is new"


def row(article, text, start=0, attribution=0, speaker="Ada Lovelace"):
    return {
        "article_id": article, "attribution": attribution, "start": start, "end": start + len(text),
        "speaker": speaker, "text": text,
    }  # fmt: skip


def test_what_the_shorter_has_not_is_marked():
    (cut,) = find_cuts([row("a", WHOLE), row("b", "We will not reopen before every plank is sound.")])
    assert (cut.longer.parts[0]["article_id"], cut.shorter.parts[0]["article_id"]) == ("a", "b")
    assert cut.runs == (("We will not reopen before every plank is sound", True), ("and every nail is new", False))
    assert cut.lacks == 5


def test_a_quotation_goes_on_over_sentences_of_one_attribution():
    first, second = "We will not reopen before every plank is sound.", "The ferries can wait until then."
    longer = [row("a", first), row("a", second, len(first) + 1)]
    (cut,) = find_cuts([*longer, row("b", first)])
    assert cut.longer.text == f"{first} {second}"
    assert cut.lacks == 6


def test_words_after_the_cue_follow_an_ellipsis():
    parts = [row("a", "We will not reopen", 0), row("a", "before every plank and nail is sound", 40)]
    other = row("b", "We will not reopen before every plank and nail is sound, and that is all there is to say")
    (cut,) = find_cuts([*parts, other])
    assert cut.shorter.text == "We will not reopen … before every plank and nail is sound"


def test_other_words_the_same_words_and_one_article_alone_are_no_cut():
    assert find_cuts([row("a", WHOLE), row("b", WHOLE)]) == []
    assert find_cuts([row("a", WHOLE), row("a", WHOLE[:48], 200, 1)]) == []
    assert find_cuts([row("a", WHOLE), row("b", "The ferries can wait until the winter storms are over")]) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.text("wxyz .", max_size=60)), max_size=8))
def test_any_quotes_give_cuts_whose_words_are_those_of_the_longer(drawn):
    rows = [row(article, text, 100 * number, attribution) for number, (article, attribution, text) in enumerate(drawn)]
    for cut in find_cuts(sorted(rows, key=lambda one: (one["article_id"], one["start"]))):
        assert " ".join(words for words, _ in cut.runs).split() == cut.longer.text.split()
        assert cut.lacks >= 4

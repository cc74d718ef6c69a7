"""Words that set groups apart: beyond chance, in more than one article, and not from too few words."""

import pandas as pd

from dashboard.compare import distinctive_words
from store import Filter


def counts(**groups: dict[str, tuple[int, int]]) -> pd.DataFrame:
    rows = [(g, word, *n) for g, words in groups.items() for word, n in words.items()]
    return pd.DataFrame(rows, columns=["group", "word", "count", "articles"])


COMMON = {f"word{i}": (10, 5) for i in range(60)}


def test_a_word_of_one_group_stands_out_and_common_words_do_not():
    found = distinctive_words.vocabularies(counts(a=COMMON | {"flood": (40, 6)}, b=COMMON), ["a", "b"])
    assert [word.word for word in found["a"].words] == ["flood"]
    assert (found["a"].words[0].times, found["a"].words[0].elsewhere) == (40, 0)
    assert not found["b"].words


def test_a_word_of_a_single_article_tells_of_the_article():
    found = distinctive_words.vocabularies(counts(a=COMMON | {"flood": (40, 1)}, b=COMMON), ["a", "b"])
    assert not found["a"].words


def test_with_too_few_words_the_most_frequent_are_listed_and_that_is_said():
    found = distinctive_words.vocabularies(counts(a={"rain": (3, 1), "sun": (5, 1)}, b=COMMON), ["a", "b"])
    assert found["a"].few
    assert [word.word for word in found["a"].words] == ["sun", "rain"]
    html = distinctive_words.columns(found, {"a": "Daily"}, None, "words")
    assert "too few: 8 of 300 needed" in html


def test_a_group_without_words_has_none():
    found = distinctive_words.vocabularies(counts(a=COMMON), ["a", "b"])
    assert found["b"].total == 0
    assert "none" in distinctive_words.columns(found, {}, None, "words")


def test_a_group_alone_is_compared_with_nobody():
    assert distinctive_words.vocabularies(counts(a=COMMON), ["a"])["a"].few


def test_words_are_controls_and_escaped():
    found = distinctive_words.vocabularies(counts(a={"<b>": (3, 1)}), ["a"])
    html = distinctive_words.columns(found, {}, ("a", "<b>"), "words")
    assert "<b>" not in html
    assert 'data-choose="&lt;b&gt;|a"' in html
    assert 'aria-pressed="true"' in html


def test_an_outlets_own_name_sets_nothing_apart_run_together_or_not(monkeypatch):
    written = pd.DataFrame(
        {"word": ["herald", "dailyherald", "com", "flood"], "count": [9, 9, 9, 9], "articles": [3, 3, 3, 3]}
    )
    monkeypatch.setattr(distinctive_words, "word_counts", lambda *_: written)
    found = distinctive_words.counts(None, [("a", Filter())], "narration", names=("The Daily Herald",))
    assert list(found["word"]) == ["flood"]

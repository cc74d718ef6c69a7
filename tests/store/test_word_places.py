"""A word is found in the text as often as it is counted there."""

from collections import Counter

from store import Filter, Store, queries
from store.queries.distinctive_words import phrase_counts, word_counts
from store.snapshot.compared_words import counted_words, word_places

TEXT = "The judge’s ruling, judge-made, was the Judges’; a judge judged the judges. Judge!"


def test_a_word_stands_where_it_is_counted_and_not_within_another():
    counted = Counter(counted_words(TEXT))
    for word, times in counted.items():
        assert len(list(word_places(TEXT, word))) == times, word
    assert [TEXT[start:end] for start, end in word_places(TEXT, "judge")] == ["judge’s", "judge", "Judge"]


def test_every_word_and_phrase_of_the_articles_opens_as_often_as_it_is_counted(seeds_store):
    store = Store.open(seeds_store)
    for voice in ("narration", "reported", "quote"):
        words = word_counts(store, Filter(), voice, "all")
        for word, times in list(zip(words["word"], words["count"], strict=True))[:40]:
            assert len(queries.places(store, Filter(), word, voice)) == times, (word, voice)
        phrases = phrase_counts(store, Filter(), voice)
        for phrase, times in list(zip(phrases["word"], phrases["count"], strict=True))[:40]:
            assert len(queries.phrase_places(store, Filter(), phrase, voice)) == times, (phrase, voice)

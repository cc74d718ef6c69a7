"""Questions pages ask of a store: plain functions of a store and a filter, with rows in a total order."""

from store.queries.articles import (
    ArticleView,
    Counts,
    article,
    articles,
    counts,
    files,
    not_analysed,
    problems,
    search,
)
from store.queries.distinctive_words import phrase_counts, sentences_with, word_counts, word_voices, words_total
from store.queries.entities import (
    entities,
    entity_count,
    facet,
    known_names,
    names,
    outlets,
    own_columns,
    portrayals,
    states,
)
from store.queries.found_words import other_forms, where_found
from store.queries.hinted_names import hinted_in, near_figures
from store.queries.labels import in_sentence, labels, titles
from store.queries.quotes import attributions, loudest, quotes, speakers, speaking
from store.queries.stories import facts, figures_in, named_in, quoted_by, quoted_in, statuses, stories, tellings
from store.queries.terms import in_context, matching_words, name_uses, names_of, phrase_places, places, terms

__all__ = [
    "ArticleView",
    "Counts",
    "article",
    "articles",
    "attributions",
    "counts",
    "entities",
    "entity_count",
    "facet",
    "facts",
    "figures_in",
    "files",
    "hinted_in",
    "in_context",
    "in_sentence",
    "known_names",
    "labels",
    "loudest",
    "matching_words",
    "name_uses",
    "named_in",
    "names",
    "names_of",
    "near_figures",
    "not_analysed",
    "other_forms",
    "outlets",
    "own_columns",
    "phrase_counts",
    "phrase_places",
    "places",
    "portrayals",
    "problems",
    "quoted_by",
    "quoted_in",
    "quotes",
    "search",
    "sentences_with",
    "speakers",
    "speaking",
    "states",
    "statuses",
    "stories",
    "tellings",
    "terms",
    "titles",
    "where_found",
    "word_counts",
    "word_voices",
    "words_total",
]

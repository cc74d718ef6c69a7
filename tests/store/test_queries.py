"""Questions to a corpus small enough to count by hand."""

from __future__ import annotations

from datetime import date

import pytest
from small_corpus import ADA, DAILY_ONE, DAILY_TWO, GRACE, HERALD, UNDATED, Draft, Piece, build, id_of

from store import Filter, Store, queries


def rows(frame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_counts_of_everything(store: Store):
    counted = queries.counts(store, Filter())
    assert (counted.articles, counted.of, counted.sources) == (4, 4, 2)
    voices = {"narration": 7 + 8 + 7 + 6, "reported": 0, "quote": 7 + 5 + 3 + 5, "headline": 3, "caption": 4}
    assert counted.words_by_voice == voices
    assert counted.words == sum(counted.words_by_voice.values())
    assert counted.furniture_words == 7
    assert (counted.people, counted.organisations, counted.states, counted.quotes) == (2, 1, 2, 4)


def test_counts_under_a_filter_and_in_one_voice(store: Store):
    counted = queries.counts(store, Filter(people=(ADA,)))
    assert (counted.articles, counted.of, counted.states, counted.quotes) == (1, 4, 1, 1)
    quoted = queries.counts(store, Filter(voices=("quote",)))
    assert quoted.words == 7 + 5 + 3 + 5
    assert (quoted.people, quoted.organisations, quoted.states) == (1, 0, 0)


def test_a_persons_quotes_are_those_he_says_or_is_named_in(store: Store):
    assert queries.counts(store, Filter(people=(GRACE,))).quotes == 3
    said = queries.quotes(store, Filter(people=(GRACE,)), sort="source", descending=False)
    assert sorted(rows(said, "source", "speaker_name")) == [
        ("Herald", "Grace Hopper"),
        ("The Daily", "Ada Lovelace"),
        ("The Daily", "Grace Hopper"),
    ]


def test_facets_count_articles_under_the_other_dimensions(store: Store):
    everything = rows(queries.facet(store, Filter(), "people"), "value", "articles")
    assert everything == [(GRACE, 3), (ADA, 1)]
    chosen = Filter(people=(ADA,), sources=("Herald",))
    assert rows(queries.facet(store, chosen, "people"), "value", "articles") == [(GRACE, 1), (ADA, 0)]
    assert rows(queries.facet(store, chosen, "sources"), "value", "articles") == [("The Daily", 1), ("Herald", 0)]


def test_facets_of_places_count_all_that_lies_in_them(store: Store):
    found = rows(queries.facet(store, Filter(), "jurisdictions"), "name", "articles")
    assert found == [("Texas", 2), ("United States", 2), ("Dallas", 1), ("Dallas County", 1), ("New York", 1)]


def test_the_police_of_a_place_count_toward_it_and_all_it_lies_in(tmp_path):
    told = "The {police|org:dallas-police} came, and {Grace Hopper|person:grace-hopper} left."
    build(tmp_path, Draft("Herald", date(2020, 2, 14), (Piece("narration", told),)))
    store = Store.open(tmp_path)
    found = rows(queries.facet(store, Filter(), "jurisdictions"), "name", "articles")
    assert found == [("Dallas", 1), ("Dallas County", 1), ("Texas", 1), ("United States", 1)]
    assert rows(queries.states(store, Filter()), "name", "articles") == [("Texas", 1)]
    for place in ("place:tx-dallas", "place:tx-dallas-county", "place:tx"):
        counted = queries.counts(store, Filter(jurisdictions=(place,)))
        assert (counted.articles, counted.organisations, counted.states) == (1, 1, 1)


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        ("sources", [("Herald", 2), ("The Daily", 2)]),
        ("organisations", [("Navy", 1)]),
        ("administrations", [("First administration", 2), ("administration:second", 1)]),
        ("named_administrations", [("First administration", 1)]),
        ("stories", [("An event · 14 February 2020", 2)]),
        ("voices", [("narration", 4), ("quote", 3), ("caption", 1), ("headline", 1)]),
    ],
)
def test_facets_of_each_dimension(store: Store, dimension: str, expected: list[tuple[str, int]]):
    assert rows(queries.facet(store, Filter(), dimension), "name", "articles") == expected


def test_a_facet_is_searched_by_name_and_keeps_what_is_chosen(store: Store):
    found = queries.facet(store, Filter(people=(ADA,)), "people", search="HOPP")
    assert rows(found, "value", "articles") == [(GRACE, 3), (ADA, 1)]
    assert rows(queries.facet(store, Filter(people=(ADA,)), "people", limit=0), "value") == [(ADA,)]
    assert rows(queries.facet(store, Filter(), "people", limit=1), "value") == [(GRACE,)]


def test_articles_are_listed_with_what_a_table_shows(store: Store):
    listed = queries.articles(store, Filter())
    assert rows(listed, "article_id") == [(id_of(d),) for d in (DAILY_TWO, HERALD, DAILY_ONE, UNDATED)]
    assert listed["headline"].tolist()[2:] == ["Lovelace visits Dallas", "Nobody was named on"]
    assert listed["speakers"].tolist() == [1, 1, 1, 0]
    assert listed["quoted_share"].round(3).tolist() == [0.5, 0.312, 0.412, 0.0]
    assert "text" not in listed
    page = queries.articles(store, Filter(), sort="words", descending=False, limit=2, offset=1)
    assert len(page) == 2
    with pytest.raises(ValueError, match="sorted by"):
        queries.articles(store, Filter(), sort="1; DROP TABLE articles")


def test_an_article_with_all_that_was_found_in_it(store: Store):
    view = queries.article(store, id_of(DAILY_ONE))
    assert view is not None
    text = view.article["text"]
    assert [text[m.start : m.end] for m in view.mentions.itertuples()] == view.mentions["surface"].tolist()
    assert rows(view.mentions, "entity_name", "entity_kind", "entity_state")[1] == ("Dallas", "city", "TX")
    assert [len(view.passages), len(view.quotes), len(view.sentences), len(view.portrayals)] == [4, 1, 4, 7]
    assert queries.article(store, "nothing") is None


def test_quotes_stand_in_their_sentences(store: Store):
    found = queries.quotes(store, Filter(), limit=2)
    assert rows(found, "source", "speaker_name", "before", "after") == [
        ("The Daily", "Grace Hopper", "", ""),
        ("The Daily", "", "", ""),
    ]
    assert rows(queries.quotes(store, Filter(), speakers=[""]), "text") == [("A danger indeed.",)]
    assert queries.quotes(store, Filter(), kinds=("term",)).empty


def test_what_a_count_of_speakers_or_verbs_was_counted_from(store: Store):
    everything = queries.attributions(store, Filter())
    assert set(everything["of_all"]) == {len(everything)}
    assert list(everything["quoted_words"]) == sorted(everything["quoted_words"], reverse=True)
    ada = queries.attributions(store, Filter(people=(GRACE,)), speakers=((ADA, ""), ("", "nobody")))
    assert set(ada["speaker_id"]) == {ADA}
    assert queries.attributions(store, Filter(), cue_class="attacking").empty
    classes = set(queries.attributions(store, Filter(), cue_class="neutral")["cue"])
    assert "say" in classes
    assert len(queries.attributions(store, Filter(), limit=1)) == 1


def test_speakers_by_words_inside_quotation_marks(store: Store):
    columns = ("speaker_id", "speaker", "words", "quotes", "articles")
    assert rows(queries.speakers(store, Filter()), *columns) == [
        (GRACE, "Grace Hopper", 10, 2, 2),
        (ADA, "Ada Lovelace", 7, 1, 1),
        ("", "", 3, 1, 1),
    ]
    assert rows(queries.speakers(store, Filter(), "source"), "group", "speaker", "words") == [
        ("Herald", "Grace Hopper", 5),
        ("The Daily", "Ada Lovelace", 7),
        ("The Daily", "Grace Hopper", 5),
        ("The Daily", "", 3),
    ]
    narrowed = queries.speakers(store, Filter(people=(ADA,)))
    assert rows(narrowed, *columns) == [(ADA, "Ada Lovelace", 7, 1, 1)]


def test_entities_with_mentions_in_each_voice(store: Store):
    columns = ("name", "articles", "mentions", "narration", "quote", "headline", "caption", "quoted_words")
    assert rows(queries.entities(store, Filter(), "PERSON"), *columns) == [
        ("Grace Hopper", 3, 4, 2, 1, 0, 1, 10),
        ("Ada Lovelace", 1, 2, 1, 0, 1, 0, 7),
    ]
    in_captions = queries.entities(store, Filter(voices=("caption",)), "PERSON")
    assert rows(in_captions, *columns) == [("Grace Hopper", 1, 1, 0, 0, 0, 1, 5)]
    assert rows(queries.entities(store, Filter(), "PERSON", search="lovelace"), "name") == [("Ada Lovelace",)]
    assert queries.entities(store, Filter(), "PERSON", sort="name")["name"].tolist() == ["Ada Lovelace", "Grace Hopper"]
    hopper = queries.entities(store, Filter(), "PERSON", limit=1)
    assert list(hopper["aliases"][0]) == ["Hopper"]


def test_entities_of_the_corpus_agree_with_the_unfiltered_question(store: Store):
    stored = store.rows_of("SELECT name, articles, mentions FROM entities WHERE label = 'PERSON' ORDER BY name")
    asked = queries.entities(store, Filter(), "PERSON", sort="name")
    assert stored == rows(asked, "name", "articles", "mentions")


def test_states_count_their_counties_and_cities(store: Store):
    assert rows(queries.states(store, Filter()), "state", "articles") == [("TX", 2), ("NY", 1)]
    assert rows(queries.states(store, Filter(sources=("The Daily",))), "state", "articles") == [("TX", 1)]


def test_portrayals_leave_out_what_a_person_says(store: Store):
    found = queries.portrayals(store, Filter(), [GRACE])
    assert rows(found, "group", "voice", "text") == [
        ("Herald", "narration", "New York and Texas debated. Hopper won."),
        ("Herald", "caption", "Hopper on a ship"),
        ("The Daily", "quote", "The engine weaves patterns, said of Hopper."),
        ("The Daily", "narration", "The Navy named a ship for Grace Hopper."),
    ]
    assert len(queries.portrayals(store, Filter(voices=("caption",)), [GRACE])) == 1
    # Another entity in the filter chooses articles, and not whose portrayals these are.
    assert len(queries.portrayals(store, Filter(jurisdictions=("place:ny",)), [GRACE])) == 2
    bare = queries.portrayals(store, Filter(), [GRACE], with_text=False)
    whole = queries.portrayals(store, Filter(), [GRACE])
    assert bare.equals(whole.drop(columns=["text", "reports"]))


def test_words_by_group_and_voice(store: Store):
    found = queries.word_counts(store, Filter(), voice="quote")
    assert rows(found[found["group"] == "The Daily"], "word", "count", "articles")[:2] == [
        ("danger", 2, 1),
        ("café", 1, 1),
    ]
    assert "a" not in set(found["word"])
    totals = queries.words_total(store, Filter(), voice="quote")
    assert rows(totals, "group", "words", "articles") == [("Herald", 5, 2), ("The Daily", 15, 2)]
    assert rows(queries.words_total(store, Filter(), group="year"), "group", "articles") == [
        ("", 1),
        ("2020", 2),
        ("2021", 1),
    ]
    with pytest.raises(ValueError, match="grouped by"):
        queries.word_counts(store, Filter(), group="text")


def test_the_voices_of_a_word_add_up(store: Store):
    apart = queries.word_voices(store, Filter()).set_index(["group", "word"])
    for voice in ("narration", "quote", "headline", "caption"):
        alone = queries.word_counts(store, Filter(), voice=voice).set_index(["group", "word"])["count"]
        assert apart[voice][apart[voice] > 0].sort_index().equals(alone.sort_index().rename(voice))
    assert list(queries.word_voices(store, Filter(voices=("quote",))).columns) == ["group", "word", "quote", "articles"]


def test_every_count_of_a_word_leads_to_its_passages(store: Store):
    found = queries.sentences_with(store, Filter(), "Danger", voice="quote")
    assert rows(found, "source", "text") == [
        ("The Daily", "Café engines are a danger."),
        ("The Daily", "A danger indeed."),
    ]
    assert len(queries.sentences_with(store, Filter(), "danger", limit=1)) == 1
    assert queries.sentences_with(store, Filter(), "danger", group="source", value="Herald").empty
    assert queries.sentences_with(store, Filter(voices=("narration",)), "danger", voice="quote").empty
    assert queries.sentences_with(store, Filter(), "the").empty


def test_furniture_is_counted_nowhere(store: Store):
    assert queries.sentences_with(store, Filter(), "read").empty
    assert "read" not in set(queries.word_counts(store, Filter())["word"])
    # It can be found all the same: it is in the text.
    assert queries.search(store, "read more") == [id_of(DAILY_ONE)]


def test_names_of_ids(store: Store):
    assert queries.names(store, [ADA, "place:nowhere"]) == {ADA: "Ada Lovelace", "place:nowhere": "place:nowhere"}
    assert queries.names(store, []) == {}


def test_titles_are_searched_too(store: Store):
    assert queries.search(store, "visits") == [id_of(DAILY_ONE)]
    assert queries.search(store, "visits nobody") == []
    assert set(queries.search(store, "ship")) == {id_of(DAILY_TWO), id_of(HERALD)}
    assert queries.search(store, "day") == [id_of(UNDATED)]


@pytest.mark.parametrize("values", [("org:navy",), ("org:navy", "place:ny")])
def test_an_address_of_before_may_name_a_body_where_places_stand_now(store, values):
    wanted = {id_of(DAILY_TWO)} | ({id_of(HERALD)} if len(values) > 1 else set())
    chosen = Filter(jurisdictions=values)
    assert set(queries.articles(store, chosen, limit=9)["article_id"]) == wanted
    assert set(queries.articles(store, chosen, sort="words")["article_id"]) == wanted
    assert queries.counts(store, chosen).articles == len(wanted)
    assert set(queries.facet(store, chosen, "jurisdictions")["value"]) >= set(values)

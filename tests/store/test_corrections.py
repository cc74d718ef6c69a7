"""Corrections: read, laid over every question, taken back, shared; and what contradicts is said."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from small_corpus import ADA, ALL_DRAFTS, DAILY_ONE, DAILY_TWO, GRACE, HERALD, begin_with, build, id_of

from store import Filter, Store, corrections, queries
from store.corrections.effect import effect
from store.corrections.log import correction
from store.corrections.review import counts, in_words, review
from store.export import TABLES_FOR_EXPORT
from store.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO, OTHER = map(id_of, (DAILY_ONE, DAILY_TWO, HERALD))
NAVY, DALLAS, TEXAS = "org:navy", "place:tx-dallas", "place:tx"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    begin_with(tmp_path, *ALL_DRAFTS)
    return tmp_path


def corrected(path: Path, what: str, **said: object) -> Store:
    corrections.append(path, [correction(what, **said)])
    return Store.open(path)


def people(store: Store, label: str = "PERSON") -> dict[str, tuple[str, int, int, int]]:
    frame = queries.entities(store, Filter(), label)
    columns = ("name", "articles", "mentions", "quoted_words")
    return {row["entity_id"]: tuple(row[c] for c in columns) for row in frame.to_dict("records")}


def spoken(store: Store) -> dict[str, int]:
    frame = queries.speakers(store, Filter())
    return dict(zip(frame["speaker"], frame["words"], strict=True))


def facet(store: Store, field: str) -> dict[str, int]:
    frame = queries.facet(store, Filter(), field)
    return dict(zip(frame["value"], frame["articles"], strict=True))


def exported(store: Store) -> dict[str, list[dict[str, object]]]:
    return {name: table(store, Filter()).to_pylist() for name, table in TABLES_FOR_EXPORT.items()}


def span(store: Store, table: str, condition: str) -> dict[str, object]:
    row = store.rows_of(f'SELECT article_id, start, "end" FROM {table} WHERE {condition} ORDER BY ALL LIMIT 1')[0]
    return dict(zip(("article", "start", "end"), row, strict=True))


def test_two_entities_become_one_in_every_count_facet_and_export(corpus: Path):
    before = Store.open(corpus)
    ada, grace = people(before)[ADA], people(before)[GRACE]
    store = corrected(corpus, "merge", entity=ADA, into=GRACE)
    assert people(store) == {GRACE: ("Grace Hopper", 3, ada[2] + grace[2], ada[3] + grace[3])}
    assert spoken(store) == {"Grace Hopper": ada[3] + grace[3], "": 3}
    assert facet(store, "people") == {GRACE: 3}
    assert queries.counts(store, Filter()).people == 1
    assert queries.counts(store, Filter(people=(GRACE,))).quotes == 3
    assert len(queries.portrayals(store, Filter(), [GRACE])) > 0
    told = exported(store)
    for table in ("mentions", "entities", "quotes", "passages", "portrayals", "people", "speakers"):
        assert ADA not in json.dumps(told[table], default=str), table
    (entity,) = [row for row in told["entities"] if row["entity_id"] == GRACE]
    assert {"Ada Lovelace", "Lovelace", "Hopper"} <= set(entity["aliases"])
    assert (entity["articles"], entity["mentions"]) == (3, ada[2] + grace[2])


def test_an_address_of_before_a_merge_leads_to_what_it_meant(corpus: Path):
    store = corrected(corpus, "merge", entity=ADA, into=GRACE)
    assert store.without_unknown(Filter(people=(ADA,))) == (Filter(people=(GRACE,)), [])


def test_merges_follow_each_other_in_any_order(corpus: Path):
    pair = [correction("merge", entity=ADA, into=GRACE), correction("merge", entity=GRACE, into="person:third")]
    assert effect(pair).moved == effect(pair[::-1]).moved == {ADA: "person:third", GRACE: "person:third"}
    corrections.append(corpus, pair)
    assert list(people(Store.open(corpus))) == ["person:third"]


def test_a_rejected_entity_is_counted_nowhere(corpus: Path):
    store = corrected(corpus, "reject", entity=GRACE)
    assert list(people(store)) == [ADA]
    assert facet(store, "people") == {ADA: 1}
    assert GRACE not in json.dumps(exported(store), default=str)
    # Her words are still words in quotation marks; they stand under the words that name a speaker.
    assert spoken(store)["Grace Hopper"] == 10
    assert queries.speakers(store, Filter()).set_index("speaker")["speaker_id"]["Grace Hopper"] == ""


def test_a_rename_shows_wherever_the_name_does(corpus: Path):
    store = corrected(corpus, "rename", entity=GRACE, name="Rear Admiral Hopper")
    assert people(store)[GRACE][0] == "Rear Admiral Hopper"
    assert "Rear Admiral Hopper" in spoken(store)
    assert queries.names(store, [GRACE]) == {GRACE: "Rear Admiral Hopper"}
    told = exported(store)
    assert {row["speaker"] for row in told["quotes"] if row["speaker_id"] == GRACE} == {"Rear Admiral Hopper"}
    assert {row["name"] for row in told["mentions"] if row["entity_id"] == GRACE} == {"Rear Admiral Hopper"}
    assert "Grace Hopper" in next(row for row in told["entities"] if row["entity_id"] == GRACE)["aliases"]


def test_one_mention_is_somebody_else_or_nobody(corpus: Path):
    before = Store.open(corpus)
    where = span(before, "mentions", f"entity_id = '{GRACE}' AND article_id = '{ONE}'")
    assert GRACE in set(queries.article(before, ONE).mentions["entity_id"])
    store = corrected(corpus, "mention", **where, surface="Hopper", entity="person:dennis-hopper", name="Dennis Hopper")
    assert people(store)["person:dennis-hopper"] == ("Dennis Hopper", 1, 1, 0)
    assert people(store)[GRACE][1] == 2
    store = corrected(corpus, "mention", **where, entity="")
    assert "person:dennis-hopper" not in people(store)
    assert people(store)[GRACE][1] == 2
    assert len(queries.portrayals(store, Filter(), [GRACE])) == len(queries.portrayals(before, Filter(), [GRACE])) - 1
    assert len(store.effect.contradictions) == 1


def test_an_entity_is_split_by_article_with_its_quotes(corpus: Path):
    other = {"to": "person:grace-jones", "name": "Grace Jones"}
    store = corrected(corpus, "split", entity=GRACE, articles=[OTHER], **other)
    assert people(store)["person:grace-jones"][:2] == ("Grace Jones", 1)
    assert people(store)[GRACE][1] == 2
    assert spoken(store)["Grace Jones"] == 5
    assert facet(store, "people") == {ADA: 1, GRACE: 2, "person:grace-jones": 1}
    assert set(queries.article(store, OTHER).quotes["speaker"]) == {"Grace Jones"}


def test_an_entity_is_split_by_surface(corpus: Path):
    other = {"to": "person:dennis-hopper", "name": "Dennis Hopper"}
    store = corrected(corpus, "split", entity=GRACE, surfaces=["Hopper"], **other)
    assert {row["surface"] for row in exported(store)["mentions"] if row["entity_id"] == GRACE} == {"Grace Hopper"}
    assert people(store)["person:dennis-hopper"][1] == 2


def test_a_split_also_takes_mentions_of_what_was_merged_into_it(corpus: Path):
    pair = [
        correction("merge", entity=ADA, into=GRACE),
        correction("split", entity=GRACE, articles=[ONE], to="person:new", name="New"),
    ]
    corrections.append(corpus, pair)
    store = Store.open(corpus)
    assert {key: row[1] for key, row in people(store).items()} == {GRACE: 2, "person:new": 1}


@pytest.mark.parametrize(("speaker", "name"), [(ADA, ""), ("person:somebody-new", "Somebody New")])
def test_a_quote_gets_its_speaker(corpus: Path, speaker: str, name: str):
    before = Store.open(corpus)
    where = span(before, "quotes", "speaker_id = ''")
    more = {"name": name} if name else {}
    store = corrected(corpus, "speaker", **where, speaker=speaker, **more)
    assert "" not in spoken(store)
    assert spoken(store)[name or "Ada Lovelace"] == spoken(before).get(name or "Ada Lovelace", 0) + 3
    assert queries.article(store, TWO).passages["speaker"].tolist()[-1] == (name or "Ada Lovelace")
    assert queries.counts(store, Filter(people=(speaker,))).articles == (2 if speaker == ADA else 1)


def test_the_speaker_of_a_quote_is_the_speaker_of_what_is_named_in_it(corpus: Path):
    where = span(Store.open(corpus), "quotes", f"speaker_id = '{ADA}'")
    store = corrected(corpus, "speaker", **where, speaker=NAVY)
    told = exported(store)
    assert {row["speaker_id"] for row in told["mentions"] if row["voice"] == "quote" and row["article_id"] == ONE} == {
        NAVY
    }
    assert {
        row["speaker_id"] for row in told["portrayals"] if row["voice"] == "quote" and row["article_id"] == ONE
    } == {NAVY}
    assert facet(store, "organisations") == {NAVY: 2}


def test_a_rejected_quote_is_nobodys(corpus: Path):
    where = span(Store.open(corpus), "quotes", f"speaker_id = '{ADA}'")
    store = corrected(corpus, "reject-quote", **where)
    assert "Ada Lovelace" not in spoken(store)
    assert queries.counts(store, Filter()).quotes == 3
    assert queries.article(store, ONE).passages.query("voice == 'quote'")["speaker_id"].tolist() == [""]


def test_an_article_gets_its_outlet_date_and_administration(corpus: Path):
    store = corrected(corpus, "article", article=ONE, source="The Weekly", published="2018-05")
    assert facet(store, "sources") == {"Herald": 2, "The Daily": 1, "The Weekly": 1}
    assert facet(store, "administrations")["administration:trump-2017"] == 1
    assert queries.names(store, ["administration:trump-2017"])["administration:trump-2017"].startswith("Trump")
    dated = Filter(date_from=date(2018, 5, 1), date_to=date(2018, 5, 31))
    assert queries.articles(store, dated)["article_id"].tolist() == [ONE]
    told = next(row for row in exported(store)["articles"] if row["article_id"] == ONE)
    assert (told["published"], told["published_to"], told["source"]) == ("2018-05", date(2018, 5, 31), "The Weekly")
    assert {row["source"] for row in exported(store)["quotes"] if row["article_id"] == ONE} == {"The Weekly"}


def test_places_of_a_merged_place_count_where_it_went(corpus: Path):
    store = corrected(corpus, "merge", entity=TEXAS, into="place:ny")
    assert facet(store, "jurisdictions")["place:ny"] == 2
    assert TEXAS not in facet(store, "jurisdictions")


def test_corrections_survive_a_build_and_change_no_table(corpus: Path):
    plain = exported(Store.open(corpus))
    corrected(corpus, "merge", entity=ADA, into=GRACE)
    assert build(corpus, DAILY_TWO, removed={id_of(DAILY_ONE)}) == 2
    store = Store.open(corpus)
    assert people(store).keys() == {GRACE}
    (corpus / corrections.NAME).unlink()
    build(corpus, *ALL_DRAFTS)
    assert exported(Store.open(corpus)) == plain


def test_the_edition_changes_with_the_file_and_only_then(corpus: Path):
    first = Store.current_edition(corpus)
    assert first == Store.open(corpus).edition == (1, "")
    store = corrected(corpus, "merge", entity=ADA, into=GRACE)
    assert first != Store.current_edition(corpus) == store.edition


def test_taking_back_restores_and_can_be_taken_back(corpus: Path):
    plain = exported(Store.open(corpus))
    merge = correction("merge", entity=ADA, into=GRACE)
    corrections.append(corpus, [merge])
    merged = exported(Store.open(corpus))
    corrections.undo(corpus, merge.id)
    assert exported(Store.open(corpus)) == plain
    with pytest.raises(ValueError, match="No correction in effect"):
        corrections.undo(corpus, merge.id)
    last = corrections.read(corpus).corrections[-1]
    corrections.append(corpus, [correction("undo", undoes=last.id)])
    assert exported(Store.open(corpus)) == merged


def test_thinking_it_over_takes_the_first_thought_back(corpus: Path):
    for name in ("First", "Second"):
        corrections.add(corpus, correction("rename", entity=ADA, name=name))
    store = Store.open(corpus)
    assert people(store)[ADA][0] == "Second"
    assert store.effect.contradictions == []
    assert [one.what for one in store.corrections.corrections] == ["rename", "undo", "rename"]


def test_somebody_elses_file_is_added_once(corpus: Path, tmp_path_factory: pytest.TempPathFactory):
    theirs = tmp_path_factory.mktemp("theirs")
    corrections.append(theirs, [correction("rename", entity=ADA, name="Augusta", author="Eve")])
    corrected(corpus, "rename", entity=ADA, name="Countess")
    held = corrections.export_bytes(theirs) + b"not json\n"
    added, faults = corrections.import_bytes(corpus, held)
    assert (added, [fault.line for fault in faults]) == (1, [2])
    assert corrections.import_bytes(corpus, held)[0] == 0
    store = Store.open(corpus)
    assert people(store)[ADA][0] == "Augusta"
    (contradiction,) = store.effect.contradictions
    assert "different names" in contradiction.reason
    assert [one.author for one in contradiction.corrections] == ["", "Eve"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("merge", {"entity": ADA, "into": GRACE}), ("merge", {"entity": GRACE, "into": ADA})),
        (("merge", {"entity": ADA, "into": GRACE}), ("merge", {"entity": ADA, "into": NAVY})),
        (("merge", {"entity": ADA, "into": GRACE}), ("reject", {"entity": GRACE})),
        (("merge", {"entity": ADA, "into": GRACE}), ("reject", {"entity": ADA})),
        (
            ("article", {"article": "a", "published": "2020"}),
            ("article", {"article": "a", "source": "b", "published": "2021"}),
        ),
        (
            ("speaker", {"article": "a", "start": 1, "end": 2, "speaker": ADA}),
            ("reject-quote", {"article": "a", "start": 1, "end": 2}),
        ),
    ],
)
def test_contradictions_are_found_in_either_order(first, second):
    pair = [correction(what, **said) for what, said in (first, second)]
    for order in (pair, pair[::-1]):
        assert len(effect(order).contradictions) == 1
        assert set(effect(order).contradictions[0].corrections) == set(pair)


def test_agreeing_twice_is_no_contradiction():
    pair = [correction("merge", entity=ADA, into=GRACE), correction("merge", entity=ADA, into=GRACE)]
    assert effect(pair).contradictions == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "one JSON object"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"rename","entity":"person:a","name":"\\ud800"}', "half a char"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"burn"}', "“what” has to be one of"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"merge","entity":"person:a"}', "lacks “into”"),
        ('{"id":"a","at":"yesterday","what":"reject","entity":"person:a"}', "a time in UTC"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"reject","entity":"Ada"}', "the id of an entity"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"reject","entity":"person:a","why":"x"}', "no field “why”"),
        ('{"id":"a","at":"2024-05-01T12:00:00Z","what":"article","article":"x","published":"May"}', "is not a date"),
        (
            '{"id":"a","at":"2024-05-01T12:00:00Z","what":"split","entity":"person:a","to":"person:b","name":"B"}',
            "split needs",
        ),
        (
            '{"id":"a","at":"2024-05-01T12:00:00Z","what":"reject-quote","article":"x","start":5,"end":5}',
            "after “start”",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_rest_goes_on(line: str, said: str):
    good = correction("reject", entity=ADA)
    log = corrections.loads(f"{line}\n\n{good.line()}\n".encode())
    assert log.corrections == (good,)
    (fault,) = log.faults
    assert fault.line == 1
    assert said in fault.reason


def test_a_last_line_without_its_end_harms_no_other(corpus: Path):
    (corpus / corrections.NAME).write_bytes(b'{"half')
    store = corrected(corpus, "reject", entity=GRACE)
    assert list(people(store)) == [ADA]
    assert [fault.line for fault in store.corrections.faults] == [1]


def test_what_has_nothing_to_correct_waits_and_is_told(corpus: Path):
    waits = [
        correction("reject", entity="person:nobody"),
        correction("article", article="gone", source="X"),
        correction("mention", article=ONE, start=1, end=2, surface="a", entity=ADA),
    ]
    holds = correction("rename", entity=ADA, name="Augusta")
    corrections.append(corpus, [*waits, holds])
    found = review(Store.open(corpus))
    assert set(found.waiting) == {one.id for one in waits}
    assert counts(Store.open(corpus)) == "4 in effect, 3 waiting"


def test_each_kind_is_said_in_words(corpus: Path):
    where = {"article": ONE, "start": 1, "end": 2, "surface": "the  words"}
    made = [
        correction("merge", entity=ADA, into=GRACE),
        correction("split", entity=GRACE, to="person:x", name="X", surfaces=["Hopper"], articles=[TWO]),
        correction("rename", entity=ADA, name="Augusta"),
        correction("reject", entity=NAVY),
        correction("mention", **where, entity=""),
        correction("speaker", **where, speaker="person:new", name="New One"),
        correction("reject-quote", **where),
        correction("article", article=ONE, source="The Weekly", published="2020"),
    ]
    corrections.append(corpus, made)
    found = review(Store.open(corpus))
    assert [in_words(one, found) for one in made] == [
        "Ada Lovelace is Grace Hopper",
        "Grace Hopper is X where it reads “Hopper”, in The Daily, The Navy named a shi",
        "Ada Lovelace is to be called Augusta",
        "Navy is nothing that is named",
        "“the words” names nobody",
        "New One says “the words”",
        "“the words” is not a quote",
        "The article is by The Weekly and is of 2020",
    ]


def test_every_column_that_holds_an_entity_is_known_to_the_overlay():
    columns = {name for schema in TABLES.values() for name in schema.names if name.endswith("_id")}
    corrected_ids = {"entity_id", "speaker_id", "addressee_id", "parent_id"}
    assert columns - corrected_ids == {"article_id", "story_id"}, "teach store/corrections/overlay.py the new column"


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2020-02-14", date(2020, 2, 14), date(2020, 2, 14)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02-14/2020-03", date(2020, 2, 14), date(2020, 3, 31)),
    ],
)
def test_dates_are_read_as_far_as_they_are_known(published: str, first: date, last: date):
    assert corrections.days(published) == (first, last)


@pytest.mark.parametrize("published", ["", "0000", "2020-13", "2020-02-30", "2020/2019", "14 Feb 2020", "2020-02-14/"])
def test_what_is_no_date_is_refused(published: str):
    with pytest.raises(ValueError, match="is not a date"):
        corrections.days(published)

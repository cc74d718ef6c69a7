"""What a build keeps of what was read: languages, columns of the user's own, files, and the way back to the input."""

import json

import pytest

from pipeline import DEFAULT_MODEL
from pipeline.build.build import build
from pipeline.build.engines import InProcess
from pipeline.build.row_commands import annotate_rows
from pipeline.furniture.patterns import line_reason
from pipeline.readers.mending.mend import mend
from pipeline.readers.outlets import load, save, suggest
from store import Filter, Store, queries
from store.checks.draw import Plan, draw, draw_more
from store.checks.report import group_of
from store.export import TABLES_FOR_EXPORT, record
from store.groups import groups
from tests.pipeline.readers.samples import GERMAN, A, B


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    rows = [
        {"outlet": "Ledger", "date": "2020-02-15", "title": A.title, "text": A.text, "desk": "metro", "country": "US"},
        {
            "outlet": "Courier",
            "date": "2020-03-03",
            "title": B.title,
            "text": B.text,
            "desk": "politics",
            "country": "US",
        },
        {"outlet": "Zeitung", "date": "2020-02-16", "title": "Dach", "text": GERMAN, "desk": "metro", "country": "DE"},
    ]
    (folder / "in").mkdir()
    (folder / "in" / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    (folder / "in" / "b.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    outcome = build([folder / "in"], folder / "data", InProcess(), DEFAULT_MODEL)
    return outcome, Store.open(folder / "data")


def test_an_article_in_another_language_is_kept_and_searched_but_not_analysed(corpus):
    outcome, store = corpus
    assert (outcome.articles, outcome.other_languages, queries.not_analysed(store, Filter())) == (3, 1, 1)
    german = Filter(languages=("de",))
    row = queries.articles(store, german).iloc[0]
    assert (row["source"], row["words"]) == ("Zeitung", 0)
    assert store.search("Landrat") == (row["article_id"],)
    for table in ("mentions", "quotes", "labels", "portrayals", "phrases"):
        assert not TABLES_FOR_EXPORT[table](store, german).num_rows
    assert json.loads(record(store, "articles", Filter(), 3))["articles_not_analysed"] == 1
    view = queries.article(store, row["article_id"])
    assert "".join(view.article["text"][p.start : p.end] for p in view.passages.itertuples()) == GERMAN


def test_own_columns_filter_group_and_are_exported(corpus):
    _, store = corpus
    chosen, notices = Filter.from_query("own=desk:metro&own=country:US")
    assert not notices
    assert store.without_unknown(chosen) == (chosen, [])
    assert [r.source for r in queries.articles(store, chosen).itertuples()] == ["Ledger"]
    assert {r.source for r in queries.articles(store, Filter(own=("desk:metro", "desk:politics"))).itertuples()} == {
        "Ledger",
        "Courier",
        "Zeitung",
    }
    facet = queries.facet(store, Filter(), "own")
    assert dict(zip(facet["value"], facet["articles"], strict=True)) == {
        "country:US": 2,
        "desk:metro": 2,
        "country:DE": 1,
        "desk:politics": 1,
    }
    rows = TABLES_FOR_EXPORT["mentions"](store, Filter(own=("desk:politics",)))
    assert set(rows.column("desk").to_pylist()) == {"politics"}
    assert TABLES_FOR_EXPORT["articles"](store, Filter()).column("country").to_pylist() == ["US", "DE", "US"]
    _, notices = store.without_unknown(Filter(own=("desk:sports",)))
    assert "desk:sports" in notices[0]


def test_every_file_is_in_the_table_of_files(corpus):
    _, store = corpus
    rows = queries.files(store)
    assert [
        (origin.rpartition("/")[2], n, left)
        for origin, n, left in zip(rows["origin"], rows["articles"], rows["left_out"], strict=True)
    ] == [("a.jsonl", 3, 0), ("b.doc", 0, 1)]
    assert "desk: kept" in list(rows["columns"][0])


def test_annotate_gives_offsets_in_the_text_as_it_was_given():
    text = (
        "<p>The mayor&#8217;s office said <b>Ann&nbsp;Poe</b> had\u200b left.</p>\r\n"
        "<p>&ldquo;We will not reopen the pier before summer,&rdquo; Ann  Poe told reporters.</p>"
    )
    ((_, row),) = annotate_rows([(1, {"id": "a", "text": text})], DEFAULT_MODEL)
    assert row["text_changes"]
    assert row["quotes"]
    for kind in ("quotes", "mentions"):
        for found in row[kind]:
            assert text[found["start"] : found["end"]] == found["text"]
    (quote,) = [q for q in row["quotes"] if q["kind"] == "direct"]
    assert quote["text"].endswith("before summer,&rdquo;")
    assert text[quote["speaker_start"] : quote["speaker_end"]] == "Ann  Poe"


@pytest.mark.parametrize(
    ("text", "mended", "change"),
    [
        ("The mayorâ€™s cafÃ© closed.", "The mayor’s café closed.", "garbled letters repaired"),
        ("\x93The caf\xe9 isn\x92t closed\x85\x94", "“The café isn’t closed…”", "garbled letters repaired"),
        ("Jose\u0301 left.", "José left.", "accents composed (Unicode NFC)"),
        ("Al\u00adbence, Ann\u200b Poe", "Albence, Ann Poe", "invisible characters taken out"),
        ("Ann\u00a0Poe  left", "Ann Poe left", "spaces made single and plain"),
        ("Roof &amp; jail", "Roof & jail", "HTML entities written out"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo.", "HTML tags taken out"),
        ("a\r\nb", "a\nb", "line breaks made plain"),
        (
            '"No," he said. "Not now."Lee left.',
            '"No," he said. "Not now." Lee left.',
            "spaces put in after closing marks",
        ),
        ("“Not now.”Lee left.", "“Not now.” Lee left.", "spaces put in after closing marks"),
        ("It is ＂gone＂ and ❝lost❞.", 'It is "gone" and “lost”.', "rare quotation marks made plain"),
        *(
            (text, text.replace("\n", " "), "hard-wrapped lines joined")
            for text in (
                "She sold all her\nboats in May.",
                "The council met, and its head Lucy\nPettigrew said that it would vote.",
                "The council met to vote on the bridge. Its leader,\nLucy\nPettigrew, spoke.",
                "A spokesman for the Harbour\nAuthority left. The Harbour Authority was silent.",
                "She came in May to live in the hills of New\nHampshire, and stayed.",
                "They wrote to the head of the\nAdmiralty in May.",
            )
        ),
    ],
)
def test_a_text_is_mended_and_every_character_leads_back(text, mended, change):
    traced, changes = mend(text)
    assert (traced.text, changes) == (mended, (change,))
    assert traced.origin(0, len(mended))[1] <= len(text)
    for word in set(mended.split()) & set(text.split()):
        start, end = traced.origin(mended.index(word), mended.index(word) + len(word))
        assert text[start:end] == word


@pytest.mark.parametrize(
    "text",
    [
        "a < b and <laughs>",
        "He is 6′2″ tall.",
        "salt\nred pepper\nsugar",
        "Fish & Chips",
        'He left."We are done," she said.',
        "Mayor Lucy Pettigrew resigns over bridge\nThe council met on Monday.",
        "By our reporter, for the paper, Lucy\nThe council met on Monday.",
        "To the head of it,\nLucy Pettigrew\nOne Main Street",
        "One line.\nAnother.",
        "\N{WAVING HAND SIGN}\u200d\N{WAVING HAND SIGN}",
    ],
)
def test_a_text_in_order_is_left_alone(text):
    traced, changes = mend(text)
    assert (traced.text, changes, traced.origin(2, 3)) == (text, (), (2, 3))


def test_names_alike_are_suggested_and_only_the_user_makes_them_one(tmp_path):
    assert suggest({"Fox News": 5, "FOX News": 2, "Fox News Online": 1, "Reuters": 1, "Fox Business": 3}) == [
        ("FOX News", "Fox News"),
        ("Fox News Online", "Fox News"),
    ]
    save(tmp_path, {"fox news online": "Fox News"})
    assert load(tmp_path) == {"fox news online": "Fox News"}
    (tmp_path / "outlets.csv").write_text("a,b\n", "utf-8")
    with pytest.raises(ValueError, match="columns name and outlet"):
        load(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "LOAD-DATE: February 17, 2020",
        "Length: 1,033 words",
        "End of Document",
        "Document HARB0000020200215eg2f0001a",
        "We use cookies to make this site work and to count visits.",
        "Accept all cookies",
        "Sign in to continue reading",
        "Already a subscriber? Log in",
        "You have 2 free articles left this month.",
    ],
)
def test_lines_of_vendors_and_walls_are_furniture(line):
    assert line_reason(line)


@pytest.mark.parametrize(
    "line",
    [
        "We use cookies and cake to bribe the children, the mayor said.",
        "Sign in the yard and you may keep the dog, the judge told them.",
        "Document after document was read aloud on Monday.",
    ],
)
def test_sentences_like_them_are_not(line):
    assert not line_reason(line)


def test_articles_are_grouped_by_the_values_of_a_column(corpus):
    _, store = corpus
    assert queries.own_columns(store) == ("country", "desk")
    found = groups(store, Filter(), "own:desk")
    assert [(group.key, group.name, group.articles) for group in found] == [
        ("desk:metro", "metro", 2),
        ("desk:politics", "politics", 1),
    ]
    for group in found:
        assert queries.counts(store, group.chosen).articles == group.articles
    under = groups(store, Filter(own=("country:US", "desk:metro")), "own:desk")
    assert [(group.key, group.articles, set(group.chosen.own)) for group in under] == [
        ("desk:metro", 1, {"country:US", "desk:metro"})
    ]


def test_a_check_is_spread_over_and_told_by_the_values_of_a_column(corpus):
    _, store = corpus
    plan = Plan("people", size=50, by=("source",), group="desk")
    sample = draw(store, plan)
    counted = dict(
        store.rows_of(
            "SELECT a.source, count(*) FROM mentions m JOIN headers a USING (article_id) "
            "WHERE m.label IN ('PERSON', 'ORG') AND m.voice <> 'furniture' GROUP BY 1"
        )
    )
    expected = {"metro": counted["Ledger"], "politics": counted["Courier"]}
    assert {item["source"] for item in sample.fields["items"]} == set(expected)
    assert {one["name"]: one["population"] for one in sample.fields["strata"]} == expected
    by_group: dict[str, int] = {}
    for cell in sample.fields["cells"]:
        by_group[cell[1]] = by_group.get(cell[1], 0) + cell[5]
    assert by_group == expected
    assert draw_more(store, draw(store, Plan("people", size=1, group="desk")), 1).fields["group"] == "desk"
    assert group_of(sample) == "desk"

"""Names are the same, and figures what a hand would count, on made-up articles."""

import json
from datetime import date

import pytest

from evaluation import identity
from evaluation.identity import Article, Label, Predicted, compare, score
from evaluation.identity_names import Identity, inner, same, same_words
from evaluation.looks import Look
from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context


@pytest.mark.parametrize(
    ("words", "label", "left"),
    [
        ("the Harbor Board’s", "ORG", "Harbor Board"),
        ("U.S. Border Patrol", "ORG", "Border Patrol"),
        ("Sen. Ann Lee", "PERSON", "Ann Lee"),
        ("“LEE,”", "PERSON", "LEE"),
        ("state of Ohio", "JURISDICTION", "Ohio"),
        ("Washington, D.C.", "JURISDICTION", "Washington"),
        ("the U.S.", "JURISDICTION", "U.S"),
        ("President", "PERSON", "President"),
        ("his administration", "ADMINISTRATION", "administration"),
    ],
)
def test_spans_are_compared_without_what_may_belong_to_them_or_not(words, label, left):
    text = f"So {words} did"
    start, end = inner(text, 3, 3 + len(words), label)
    assert text[start:end] == left


@pytest.mark.parametrize(
    ("label", "gold", "said", "right"),
    [
        ("PERSON", "Joseph Biden", Identity("Joe Biden"), True),
        ("PERSON", "Joseph Biden", Identity("Joseph R. Biden Jr."), True),
        ("PERSON", "Joseph Biden", Identity("Hunter Biden"), False),
        ("PERSON", "Joseph Biden", Identity("Biden"), False),
        ("PERSON", "Enrique Peña Nieto", Identity("Enrique Pena Nieto"), True),
        ("PERSON", "Lee", Identity("Ann Lee"), False),
        ("ORG", "Department of Justice", Identity("U.S. Justice Department"), True),
        ("ORG", "House of Representatives|House", Identity("the House"), True),
        ("ORG", "Senate", Identity("Senate Finance Committee"), False),
        ("JURISDICTION", "state:New York, NY:36", Identity("New York", "state", "NY", "36"), True),
        ("JURISDICTION", "state:New York, NY:36", Identity("New York", "city", "NY", ""), False),
        ("JURISDICTION", "city:Washington, DC", Identity("Washington, D.C.", "city", "DC", "11001"), True),
        ("JURISDICTION", "city:Portland, OR", Identity("Portland", "city", "ME", ""), False),
        ("JURISDICTION", "city:Rome, Italy", Identity("Rome", "city", "", ""), True),
        ("JURISDICTION", "city:Rome, Italy", Identity("Rome", "city", "GA", ""), False),
        ("JURISDICTION", "country:Mexico", Identity("Mexico", "country", "", ""), True),
        ("ADMINISTRATION", "Obama", Identity("Obama administration (2009–2017)"), True),
        ("ADMINISTRATION", "Trump 2017", Identity("Trump administration (2025– )"), False),
        ("ADMINISTRATION", "Bush 2001", Identity("George W. Bush administration (2001–2009)"), True),
    ],
)
def test_names_of_the_same_thing_are_the_same(label, gold, said, right):
    assert same(label, gold, said) is right


def test_the_baseline_takes_equal_words_for_the_same():
    assert same_words("PERSON", "Ann Lee", Identity("Ann Lee’s"))
    assert not same_words("PERSON", "Ann Lee", Identity("Lee"))
    assert same_words("JURISDICTION", "state:Ohio, OH:39", Identity("Ohio"))


TEXT = "Ann Lee met the president. Lee left Ohio with Bo Ray of the Ohio Herald."


def at(words, label, identity, flag="", nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Label(start, start + len(words), label, identity, flag)


ARTICLE = Article(
    "a1",
    TEXT,
    Context("Gazette"),
    [
        at("Ann Lee", "PERSON", "Ann Lee"),
        at("president", "PERSON", "Barack Obama", "title"),
        at("Lee", "PERSON", "Ann Lee", nth=1),
        at("Ohio", "JURISDICTION", "state:Ohio, OH:39"),
        at("Ohio Herald", "ORG", "Ohio Herald", "optional"),
    ],
)


def said(words, label, name, nth=0):
    one = at(words, label, name, nth=nth)
    return Predicted(one.start, one.end, label, Identity(name))


def test_figures_are_what_a_hand_would_count():
    mentions = [
        said("Ann Lee", "PERSON", "Ann Lee"),
        said("the president", "PERSON", "Nobody"),
        said("Lee", "PERSON", "Bruce Lee", nth=1),
        said("Bo Ray", "PERSON", "Bo Ray"),
    ]
    figures = score({"people": [compare(ARTICLE, mentions, "PERSON", same)]})
    assert figures["people_found_precision"] == pytest.approx(200 / 3)  # Bo Ray is wrong, the president not counted
    assert figures["people_found_recall"] == 100
    assert figures["people_precision"] == pytest.approx(100 / 3)
    assert figures["people_recall"] == 50
    assert figures["people"] == pytest.approx(200 / 5)


def test_a_mention_on_an_optional_label_is_not_counted_whatever_it_is_taken_for():
    result = compare(ARTICLE, [said("Ohio", "JURISDICTION", "Ohio", nth=1)], "JURISDICTION", same)
    assert (len(result.gold), result.predicted) == (1, [])


def test_pronouns_are_left_out_and_furniture_is_set_aside():
    annotate = annotator()
    text = "Ann Lee left Ohio on Monday. She was tired.\n\nRELATED: Bo Ray wins in Maine\n"
    [doc] = annotate.parse([text])
    found = identity.pipeline_mentions(annotate.analyse(doc, Context("Gazette")))
    assert [(text[one.start : one.end], one.set_aside) for one in found] == [
        ("Ann Lee", False),
        ("Ohio", False),
        ("Bo Ray", True),
        ("Maine", True),
    ]


def test_a_mention_that_is_set_aside_is_not_wrong():
    one = at("Bo Ray", "PERSON", "Bo Ray")
    aside = Predicted(one.start, one.end, "PERSON", Identity("Bo Ray"), set_aside=True)
    assert compare(ARTICLE, [aside], "PERSON", same).predicted == []


@pytest.fixture
def labels(tmp_path):
    def write(article_id, *rows):
        file = tmp_path / "labels.json"
        file.write_text(json.dumps({"articles": {article_id: rows}}), encoding="utf-8")
        return file

    return write


ROW = {"id": "a1", "source": "Gazette", "date": "2020-02-15", "text": TEXT}


def test_labels_are_read_with_their_texts(labels):
    [article] = identity.read_labels(labels("a1", [0, 7, "PERSON", "Ann Lee"]), {"a1": ROW})
    assert article == Article("a1", TEXT, Context("Gazette", "", date(2020, 2, 15)), [ARTICLE.labels[0]])


@pytest.mark.parametrize(
    ("article_id", "row", "told"),
    [
        ("a2", [0, 7, "PERSON", "Ann Lee"], "no article a2"),
        ("a1", [0, 700, "PERSON", "Ann Lee"], "article a1"),
        ("a1", [0, 7, "GPE", "Ohio"], "no label of this text"),
        ("a1", [0, 7, "PERSON", "Ann Lee", "maybe"], "no label of this text"),
    ],
)
def test_a_label_that_cannot_be_is_named(labels, article_id, row, told):
    with pytest.raises(ValueError, match=told):
        list(identity.read_labels(labels(article_id, row), {"a1": ROW}))


@pytest.mark.parametrize("part", ["dev", "test", "administrations", "fresh"])
def test_the_labels_that_are_there_stand_in_their_texts(part):
    if not identity.available(part):
        pytest.skip(f"{identity.labels_file(part).name} or its texts are not here")
    for article in identity.labelled(part):
        for one in article.labels:
            words = article.text[one.start : one.end]
            assert words == words.strip(), (article.article_id, one)
            before, after = article.text[: one.start][-1:], article.text[one.end :][:1]
            assert not (before.isalnum() and words[0].isalnum()), (article.article_id, one, words)
            assert not (after.isalnum() and words[-1].isalnum()), (article.article_id, one, words)
            assert (one.label == "JURISDICTION") == (":" in one.identity), (article.article_id, one)


def test_what_a_single_look_found_is_kept_with_its_day(tmp_path):
    look = Look("once", tmp_path / "once.json")
    assert not look.available()
    assert not look.on_which_day()
    look.write({"people": 95.123}, {"people": 200, "other": 1}, 32, date(2020, 2, 15))
    assert look.available()
    assert look.measure() == {"people": 95.12}
    assert look.cases() == {"people": 200}
    assert look.written()["articles"] == 32
    assert look.on_which_day() == ", on 2020-02-15"

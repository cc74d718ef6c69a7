"""Which passages of two articles tell the same fact."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.embedding import encoder
from pipeline.stories.extracts import Extract
from pipeline.stories.facts import align, comparable, longest_run
from pipeline.stories.nearest import nearest
from pipeline.stories.passage_pairs import MOST, Passage, PassageLikeness, share_alike, share_right


def passage(article: str, number: int, text: str, quoted: str = "", **names: tuple[str, str]) -> Passage:
    voice = "quote" if quoted else "narration"
    ids = {key.replace("__", ":").replace("_", "-"): value for key, value in names.items()}
    written = {entity: name for entity, (_, name) in ids.items()}
    return Passage(article, number, 100 * number, 100 * number + len(text), voice, text, ids, written, quoted)


@cache
def vector(text: str) -> np.ndarray:
    return encoder().encode([text])[0]


def meanings(passages):
    return lambda numbers: np.stack([vector(passages[number].text) for number in numbers])


HARBOUR = ("ORG", "Harbour Board")
STORY = [
    passage("a", 0, "The Harbour Board will close 3 ferry piers from March to May.", org__harbour_board=HARBOUR),
    passage("a", 1, "A storm tore planks from the oldest pier in January."),
    passage(
        "a",
        2,
        "“We will not reopen before every plank is sound,” she said.",
        "We will not reopen before every plank is sound",
    ),
    passage(
        "b",
        0,
        "Three ferry piers stay closed from March to May, the Harbour Board decided.",
        org__harbour_board=HARBOUR,
    ),
    passage("b", 1, "Fishermen fear for their trade and ask the mayor for help."),
    passage(
        "b",
        2,
        "She insisted they will “not reopen before every plank is sound”.",
        "not reopen before every plank is sound",
    ),
]


def facts(passages):
    found = {}
    for told in (told for told in align(passages, meanings(passages)) if not told.near):
        found.setdefault(told.fact, []).append(told)
    return list(found.values())


def together(passages):
    return sorted(sorted((t.passage.article, t.passage.sentence) for t in fact) for fact in facts(passages))


def test_the_same_told_in_other_words_is_one_fact():
    assert [("a", 0), ("b", 0)] in together(STORY)


def test_the_same_words_quoted_are_one_fact():
    assert [("a", 2), ("b", 2)] in together(STORY)
    quote = next(fact for fact in facts(STORY) if fact[0].passage.sentence == 2)
    assert {told.kind for told in quote} == {"quote"}


def test_no_meaning_is_asked_of_what_shares_next_to_no_words():
    asked = []
    align(STORY, lambda numbers: asked.extend(numbers) or meanings(STORY)(numbers))
    assert {0, 2, 3, 5} <= set(asked)
    assert 4 not in asked


def test_nothing_in_common_asks_for_no_meaning_at_all():
    apart = [passage("a", 0, "A storm tore planks from the pier."), passage("b", 0, "Fishermen asked mayors for help.")]
    assert len(align(apart, lambda _: pytest.fail("no meaning is needed"))) == 2


def test_what_one_alone_tells_stands_alone():
    assert [("a", 1)] in together(STORY)
    assert [("b", 1)] in together(STORY)


def test_every_passage_tells_a_fact():
    told = {(t.passage.article, t.passage.sentence) for t in align(STORY, meanings(STORY))}
    assert told == {(p.article, p.sentence) for p in STORY}


def test_a_sentence_can_tell_two_facts():
    two = passage(
        "a", 0, "The storm closed 3 ferry piers on Monday and tore the roof off the fish market hall in Harwick."
    )
    piers = passage("b", 0, "On Monday the storm closed three ferry piers.")
    roof = passage("b", 1, "The storm tore the roof off the Harwick fish market hall.")
    assert together([two, piers, roof]) == [[("a", 0), ("b", 0), ("b", 1)]]
    aside = passage("c", 0, "Singers from four villages will meet at the chapel in June.")
    assert [("c", 0)] in together([two, piers, roof, aside])


def test_where_nothing_matches_the_nearest_passage_stands_beside():
    near = [told for told in align(STORY, meanings(STORY)) if told.near]
    beside_the_storm = next(told for told in near if told.passage.article == "b" and "pier" in " ".join(told.shared))
    assert beside_the_storm.passage.sentence in {0, 2}
    assert beside_the_storm.phrase is None
    # Nothing is near a sentence with which no word is shared.
    aside = passage("c", 0, "Singers from four villages meet at the chapel.")
    alone = [t for t in align([*STORY, aside], meanings([*STORY, aside])) if t.near and t.passage.article == "c"]
    assert alone == []


def test_how_alike_a_nearest_passage_is_is_told_by_pairs_as_alike_as_it():
    told = align(STORY, meanings(STORY))
    aside = passage("c", 0, "A storm is feared by singers of the chapel.")
    near = [told for told in align([*STORY, aside], meanings([*STORY, aside])) if told.near]
    assert near
    assert all(one.likeness < share_right(0.0) for one in near)
    assert {one.near for one in told} == {True, False}
    assert share_alike(-MOST) < 0.01
    assert 0.5 < share_alike(0.0) < share_right(0.0)
    assert share_alike(1.0) > 0.8


def test_nearest_is_what_is_near_to_every_article_that_tells_the_fact():
    near = np.zeros((4, 4))
    near[0, 2:], near[1, 2:] = (3, 5), (3, 0.1)
    (found,) = nearest([0, 1], ["a", "b", "c", "c"], near)
    assert (found.passage, found.to) == (2, 0)


def test_a_passage_without_the_figure_of_another_tells_it_in_part():
    counted = passage(
        "a", 0, "The Harbour Board will close 40 ferry piers from March to May.", org__harbour_board=HARBOUR
    )
    short = passage(
        "b", 0, "Ferry piers will be closed from March to May by the Harbour Board.", org__harbour_board=HARBOUR
    )
    both = [told for told in align([counted, short], meanings([counted, short])) if not told.near]
    assert [(told.passage.article, told.lacks) for told in both] == [("a", ()), ("b", ("40",))]
    elsewhere = passage("b", 1, "Of the island's berths 40 lie at those piers, a captain said.")
    three = [counted, short, elsewhere]
    assert all(told.lacks == () for told in align(three, meanings(three)))


def test_a_figure_that_is_lacking_is_told_with_what_it_counts():
    both = [
        passage(article, 0, f"The Harbour Board will close ferry piers from March to May{cost}.",
                org__harbour_board=HARBOUR)
        for article, cost in (("a", " and pay $40 million"), ("b", ""))
    ]  # fmt: skip
    found = {told.passage.article: told.lacks for told in align(both, meanings(both)) if not told.near}
    assert found == {"a": (), "b": ("$40 million",)}


@pytest.mark.parametrize(
    "more",
    [" by 9:40 pm", " on March 31", ", a law of 1987 says", " in the 14th week", " for captains aged 34"],
)
def test_days_hours_years_ages_and_ranks_are_lacking_nowhere(more):
    both = [
        passage(article, 0, f"The Harbour Board will close 40 ferry piers{when}.", org__harbour_board=HARBOUR)
        for article, when in (("a", more), ("b", ""))
    ]  # fmt: skip
    told = [told for told in align(both, meanings(both)) if not told.near]
    assert len({one.fact for one in told}) == 1
    assert all(one.lacks == () for one in told)


@pytest.mark.parametrize("theirs", ["nearly 850", "about 850", "850"])
def test_a_figure_in_fewer_digits_is_lacking_nowhere(theirs):
    both = [
        passage(article, 0, f"The Harbour Board will close {piers} ferry piers from March to May.",
                org__harbour_board=HARBOUR)
        for article, piers in (("a", "848"), ("b", theirs))
    ]  # fmt: skip
    assert all(told.lacks == () for told in align(both, meanings(both)))
    bare = [
        both[0],
        passage("b", 0, both[1].text.replace(theirs, "ferry")),
        passage("b", 1, f"Of them {theirs} were old."),
    ]
    assert all(told.lacks == () for told in align(bare, meanings(bare)))


def test_no_country_is_lacking():
    us = {"place__us": ("JURISDICTION", "United States")}
    named = [
        passage(article, 0, "The Harbour Board will close 40 ferry piers of the United States in March.", **us)
        for article in ("a", "b")
    ]
    without = passage("c", 0, "The Harbour Board will close 40 American ferry piers in March.")
    told = [one for one in align([*named, without], meanings([*named, without])) if not one.near]
    assert len({one.fact for one in told}) == 1
    assert all(one.lacks == () for one in told)


def test_a_name_lacks_only_where_no_word_of_it_stands():
    lee = {"person__ann_lee": ("PERSON", "Ann Lee")}
    named = [
        passage(article, 0, "The Harbour Board and Ann Lee will close 40 ferry piers from March to May.", **lee)
        for article in ("a", "b")
    ]
    without = passage("c", 0, "The Harbour Board will close 40 ferry piers from March to May.")
    lacks = {told.passage.article: told.lacks for told in align([*named, without], meanings([*named, without]))}
    assert lacks == {"a": (), "b": (), "c": ("Ann Lee",)}
    surname = passage("c", 1, "Nobody had asked Ms. Lee, a captain of the island said.")
    all_four = [*named, without, surname]
    assert all(told.lacks == () for told in align(all_four, meanings(all_four)))


def test_another_amount_is_told_with_the_passages_own():
    both = [
        passage(article, 0, f"The Harbour Board will close {piers} ferry piers from March to May for $4 million.",
                org__harbour_board=HARBOUR)
        for article, piers in (("a", "40"), ("b", "60"))
    ]  # fmt: skip
    found = {told.passage.article: told.lacks for told in align(both, meanings(both)) if not told.near}
    assert found == {"a": ("60 (40 here)",), "b": ("40 (60 here)",)}


def test_captions_signatures_and_cues_alone_are_set_aside():
    kept = passage("a", 3, "The mayor will open the new pier.")
    caption = Passage("a", 0, 0, 9, "caption", "A crowd waits at the old ferry pier in Harwick.")
    signed = passage("a", 1, "A fine day for the piers — Ann Poe (@annpoe) May 1, 2020")
    cue = passage("a", 2, "Ann Poe said in a statement.", person__ann_poe=("PERSON", "Ann Poe"))
    assert comparable([caption, signed, cue, kept]) == [kept]


def test_the_words_that_tell_it_are_asked_for_what_several_articles_share():
    asked = []

    def phrase(told, weights, whole):
        asked.append((told.article, set(weights), whole))
        return Extract(told.start, told.end, 0.5)

    facts = [told for told in align(STORY, meanings(STORY), phrase) if told.phrase]
    assert {(t.passage.article, t.passage.sentence) for t in facts} >= {("a", 0), ("b", 0)}
    shared = {article: terms for article, terms, _ in asked if "pier" in terms}
    assert shared["a"] == shared["b"] >= {"pier", "ferry", "harbour"}
    assert "decide" not in shared["b"]


def test_likeness_is_the_same_whichever_comes_first():
    likeness = PassageLikeness(STORY, meanings(STORY))
    one, other = likeness.candidates()
    assert len(one)
    assert np.allclose(likeness.features(one, other), likeness.features(other, one))
    assert np.array_equal(likeness.odds(), likeness.odds().T)


def test_a_quote_that_lacks_words_of_the_other_is_cut():
    long = "We will not reopen before every plank is sound and every nail is new"
    short = "not reopen before every plank is sound"
    both = [passage("a", 0, f"“{long},” she said.", long), passage("b", 0, f"They will “{short}”.", short)]
    cut = align(both, meanings(both))
    assert {told.passage.article: told.cut for told in cut} == {"a": False, "b": True}


def test_a_name_both_give_is_no_fact():
    names = {"person__ann_poe": ("PERSON", "Ann Poe")}
    both = [
        passage("a", 0, "Ann Poe visited the market.", **names),
        passage("b", 0, "Critics dislike Ann Poe.", **names),
    ]
    assert together(both) == [[("a", 0)], [("b", 0)]]


def test_what_the_passages_share_is_named_with_their_words():
    first = next(fact for fact in facts(STORY) if len(fact) == 2)[0]
    assert "Harbour Board" in first.shared
    assert first.kind == "number"


def test_one_article_or_none_has_no_pairs():
    assert align([], np.zeros((0, 384), np.float32)) == []
    assert all(told.likeness == 0 for told in align(STORY[:3], meanings(STORY[:3])))


@pytest.mark.parametrize(("first", "second", "run"), [("a b c", "x b c d", 2), ("", "a", 0), ("a a a", "a a", 2)])
def test_runs_are_counted_in_words(first, second, run):
    assert longest_run(first.split(), second.split()) == run


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_the_articles_changes_no_fact(order):
    third = [
        passage(
            "c", 0, "From March to May three ferry piers are closed by the Harbour Board.", org__harbour_board=HARBOUR
        )
    ]
    own = {"a": STORY[:3], "b": STORY[3:], "c": third}
    assert together([p for name in order for p in own[name]]) == together([*STORY, *third])


def test_passages_that_are_barely_joined_tell_the_same_in_seventeen_of_twenty_judged_pairs():
    assert share_right(0.0) >= 0.85
    assert share_right(-0.01) < 0.85

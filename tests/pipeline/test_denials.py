"""What one outlet says was done and another says was not is no fact that both tell."""

import numpy as np
import pytest

from pipeline.stories.denials import Deeds, deeds
from pipeline.stories.facts import align
from pipeline.stories.passage_pairs import Passage

SAID = [
    ("The harbour board has endorsed the tunnel.", {"endorse"}, set()),
    ("The harbour board has yet to endorse the tunnel.", set(), {"endorse"}),
    ("Lee refused to sign the lease.", {"refuse"}, {"sign"}),
    ("Lee denied that he met the mayor.", {"deny"}, {"meet"}),
    ("The court barred the ministry from deporting sailors.", {"bar"}, {"deport"}),
    ("The board stopped short of endorsing the tunnel.", {"stop"}, {"endorse"}),
    ("No one was arrested.", set(), {"arrest"}),
    ("He resigned without apologizing.", {"resign"}, {"apologize"}),
    ("The mayor did not refuse to sign.", {"sign"}, {"refuse"}),
    ("The town did not close the pier but sold it.", {"sell"}, {"close"}),
    ("Officials said the ferry never sailed.", set(), {"sail"}),
    ("The mayor would sign the bill if it passed.", set(), set()),
    ("The union has not said whether it will endorse Lee.", set(), set()),
    ("Did the mayor sign the bill?", set(), set()),
    ("He was expected to resign.", {"expect"}, set()),
]


@pytest.mark.parametrize(("sentence", "said", "denied"), SAID, ids=[sentence for sentence, _, _ in SAID])
def test_what_is_said_and_what_is_denied(nlp, sentence, said, denied):
    found = deeds(nlp(sentence)[:])
    assert (found.said, found.denied) == (said, denied)


def test_a_noun_says_what_a_verb_denies(nlp):
    added = deeds(nlp("The board also added a mandate for captains to carry flares.")[:])
    kept_out = deeds(nlp("But the order does not mandate the carrying of flares.")[:])
    assert added.named == {"mandate"}
    assert added.contradict(kept_out)
    assert not added.contradict(deeds(nlp("The order mandated flares for captains.")[:]))


def test_two_that_deny_or_say_the_same_do_not_contradict():
    said, denied, both = Deeds(frozenset({"sign"})), Deeds(frozenset(), frozenset({"sign"})), Deeds()
    assert said.contradict(denied)
    assert denied.contradict(said)
    assert not any(one.contradict(one) for one in (said, denied, both))
    assert not said.contradict(both)


def test_a_denial_is_in_no_row_with_what_it_denies(nlp):
    texts = {
        "a": "The Harbour Board has endorsed Ann Lee and her tunnel under Tern Sound.",
        "b": "The Harbour Board has yet to endorse Ann Lee and her tunnel under Tern Sound.",
    }
    passages = [Passage(article, 0, 0, len(text), "narration", text) for article, text in texts.items()]

    def rows(*deeds_of):
        found = align(passages, lambda numbers: np.ones((len(numbers), 4), np.float32) / 2, lambda *_: None, *deeds_of)
        return {told.fact: {t.passage.article for t in found if t.fact == told.fact and not t.near} for told in found}

    assert list(rows().values()) == [{"a", "b"}]
    apart = rows(lambda passage: deeds(nlp(passage.text)[:]))
    assert sorted(map(sorted, apart.values())) == [["a"], ["b"]]

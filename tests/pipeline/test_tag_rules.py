"""Rules of tags that are looked up find and set what spaCy's matcher finds, whatever they ask for."""

import pytest
import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from pipeline import DEFAULT_MODEL
from pipeline.models.tag_rules import TagRules, look_up_tag_rules

WORDS = [
    "I",
    "'ll",
    "let",
    "'s",
    "him",
    "gon",
    "na",
    "see",
    "that",
    "\n",
    "It",
    "did",
    "n't",
    "nothin'",
    "y'",
    "all",
    "\n\n",
]
TAGS = ["PRP", "MD", "VB", "PRP", "PRP", "VBG", "TO", "VB", "IN", "_SP", "PRP", "VBD", "RB", "NN", "PRP", "DT", "NN"]
DEPS = [
    "nsubj",
    "aux",
    "ROOT",
    "nsubj",
    "dobj",
    "aux",
    "aux",
    "ccomp",
    "dobj",
    "dep",
    "expl",
    "aux",
    "neg",
    "det",
    "pobj",
    "attr",
    "det",
]
PATTERNS = [
    [{"TAG": "PRP"}],
    [{"LOWER": "that", "TAG": "IN"}],
    [{"LOWER": {"IN": ["did", "see"]}, "DEP": {"IN": ["aux", "ccomp"]}}],
    [{"TAG": {"NOT_IN": ["TO", ""]}, "DEP": {"IN": ["aux"]}}],
    [{"DEP": {"NOT_IN": ["det", ""]}}],
    [{"IS_SPACE": True, "TAG": {"NOT_IN": ["_SP"]}}],
    [{"IS_SPACE": False, "TAG": "NN"}],
    [{"LOWER": {"REGEX": "^n[ou]thin'$"}}],
    [{"LOWER": "gon"}, {"LOWER": "na"}],
    [{"LOWER": "gon", "OP": "?"}, {"LOWER": "na"}],
    [{"LOWER": "let"}, {"LOWER": "us"}],
    [{"ORTH": "It"}],
    [{}],
]


@pytest.fixture
def nlp():
    return spacy.blank("en")


def told(nlp):
    return Doc(nlp.vocab, words=WORDS, tags=TAGS, deps=DEPS, heads=[2] * len(WORDS))


def places(found):
    return [(number, start, end) for number, _, start, end in found]


@pytest.mark.parametrize("pattern", PATTERNS, ids=str)
def test_each_kind_of_rule_finds_what_the_matcher_finds(nlp, pattern):
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([pattern], {"POS": "X"})
    assert places(TagRules(ruler).match(told(nlp))) == sorted(set(places(ruler.match(told(nlp)))))


@pytest.mark.parametrize("index", [0, 1, -1, -2])
def test_a_rule_sets_the_token_it_is_about(nlp, index):
    plain, ours = told(nlp), told(nlp)
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[{"LOWER": "gon"}, {"LOWER": "na"}]], {"POS": "X"}, index=index)
    ruler.set_annotations(plain, ruler.match(plain))
    rules = TagRules(ruler)
    rules.set_annotations(ours, rules.match(ours))
    assert [t.pos_ for t in ours] == [t.pos_ for t in plain]
    assert "X" in [t.pos_ for t in ours]


def test_a_rule_about_a_token_outside_its_match_is_refused(nlp):
    ruler = AttributeRuler(nlp.vocab)
    ruler.add([[{"LOWER": "gon"}, {"LOWER": "na"}]], {"POS": "X"}, index=3)
    rules = TagRules(ruler)
    with pytest.raises(ValueError, match="token 3"):
        rules.set_annotations(told(nlp), rules.match(told(nlp)))


def test_the_rules_of_the_model_set_the_same():
    plain = spacy.load(DEFAULT_MODEL).get_pipe("attribute_ruler")
    vocab = plain.vocab
    docs = [Doc(vocab, words=WORDS, tags=TAGS, deps=DEPS, heads=[2] * len(WORDS)) for _ in range(2)]
    plain(docs[0])
    rules = TagRules(plain)
    rules.set_annotations(docs[1], rules.match(docs[1]))
    columns = ["TAG", "POS", "MORPH", "DEP", "LEMMA", "NORM"]
    assert (docs[0].to_array(columns) == docs[1].to_array(columns)).all()


def test_a_ruler_looks_its_rules_up_once_it_was_told_to(nlp):
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "rain"}]], {"POS": "NOUN"})
    look_up_tag_rules(nlp)
    assert isinstance(ruler.match.__self__, TagRules)
    assert [t.pos_ for t in nlp("Rain fell.")] == ["NOUN", "", ""]
    assert len(nlp("")) == 0

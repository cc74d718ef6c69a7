"""Labels: the words attached to somebody, and who does what to whom; and noun phrases."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core import verb_lemmas
from pipeline.core.annotations import Context


def labels(text, wanted):
    doc = annotator().analyse(next(annotator().parse([text])), Context("Daily"))
    found = [label for label in doc._.labels if label.entity_id == wanted]
    for label in found:
        assert 0 <= label.start < label.end <= len(text)
        assert label.voice != "furniture"
    return {(label.relation, label.word) for label in found}


MIGRANTS, AGENTS = "group:migrants", "group:agents"


@pytest.mark.parametrize(
    ("text", "whose", "relation", "word"),
    [
        ("The mayor defended the hardworking immigrants on Monday.", MIGRANTS, "adjective", "hardworking"),
        ("Lawmakers voted to admit high-skilled immigrants from Asia.", MIGRANTS, "adjective", "high-skilled"),
        ("Elite Border Patrol agents will help in the city.", AGENTS, "noun", "border patrol"),
        (
            "Acting Immigration and Customs Enforcement Director Ann Lee praised it.",
            "person:ann-lee",
            "noun",
            "acting immigration and customs enforcement director",
        ),
        ("The immigrants are dangerous, he wrote in the paper.", MIGRANTS, "predicate", "dangerous"),
        ("Officers arrested the immigrants at a farm.", MIGRANTS, "patient", "arrest"),
        ("Officers arrested the immigrants at a farm.", AGENTS, "agent", "arrest"),
        ("The immigrants were arrested by officers.", MIGRANTS, "patient", "arrest"),
        ("The immigrants were arrested by officers.", AGENTS, "agent", "arrest"),
        ("The immigrants were deported on Friday.", MIGRANTS, "patient, no agent", "deport"),
        ("Immigrants released from jail went home.", MIGRANTS, "patient, no agent", "release"),
        ("The agents did not stop the truck.", AGENTS, "agent", "not stop"),
        ("Ann Lee, a veteran prosecutor, spoke on Monday.", "person:ann-lee", "appositive", "veteran prosecutor"),
    ],
)
def test_what_is_said_of_somebody_is_found(text, whose, relation, word):
    assert (relation, word) in labels(text, whose)


def test_words_that_only_point_or_open_a_clause_are_no_labels():
    assert not labels("Many other immigrants are able.", MIGRANTS)


def test_a_name_before_another_noun_is_not_what_the_words_are_about():
    assert not labels("Congress funded new immigrant shelters.", MIGRANTS)


def test_a_denied_predicate_says_nothing():
    assert not labels("The immigrants are not dangerous.", MIGRANTS)


def test_somebody_elses_words_keep_to_their_own_passage():
    text = "The report says that “dangerous immigrants” live in the town, Ann Lee said."
    doc = annotator().analyse(next(annotator().parse([text])), Context("Daily"))
    found = {(label.word, label.voice) for label in doc._.labels if label.entity_id == MIGRANTS}
    assert ("dangerous", "narration") not in found


def test_noun_phrases_lose_the_words_that_only_point_and_names_of_people():
    text = "The tactical agents of Ann Lee came to two sanctuary cities."
    doc = annotator().analyse(next(annotator().parse([text])), Context("Daily"))
    assert [phrase.form for phrase in doc._.phrases] == ["tactical agents", "sanctuary cities"]
    assert [text[phrase.start : phrase.end] for phrase in doc._.phrases] == ["tactical agents", "sanctuary cities"]


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("arrested", "arrest"),
        ("released", "release"),
        ("using", "use"),
        ("used", "use"),
        ("stopped", "stop"),
        ("passed", "pass"),
        ("added", "add"),
        ("carries", "carry"),
        ("tried", "try"),
        ("fled", "flee"),
        ("catches", "catch"),
        ("hoping", "hope"),
        ("deputized", "deputize"),
        ("raids", "raid"),
        ("swim", "swim"),
        ("Was", "be"),
    ],
)
def test_verbs_have_one_base_form(form, base):
    assert verb_lemmas.verb(form) == base

"""Parses of labelled texts are kept: a second run parses nothing, and sees what a build would see."""

import pytest

from evaluation import sets
from pipeline.build.annotator import annotator

TEXTS = ["Mayor Ann Lee spoke in Dayton.\nThe town has waited long enough.", "“No,” Lee said.", "“No,” Lee said."]


def seen(doc):
    return [(token.text, token.tag_, token.dep_, token.head.i, token.ent_type_, token.is_sent_start) for token in doc]


@pytest.fixture
def parsed(tmp_path, monkeypatch):
    """The texts that the parser was given, as they are given to it."""
    given = []
    parse = annotator().parse

    def noted(texts):
        given.extend(texts)
        return parse(texts)

    monkeypatch.setattr(sets, "KEPT", tmp_path)
    monkeypatch.setattr(annotator(), "parse", noted)
    return given


def test_a_text_is_parsed_once_and_gives_what_its_own_parse_gave(parsed):
    own = list(map(seen, annotator().parse(TEXTS)))
    parsed.clear()
    for _ in range(2):
        assert list(map(seen, sets.parsed(TEXTS, "sample"))) == own
    assert parsed == TEXTS[:2]


def test_other_code_that_parses_parses_again(parsed, monkeypatch):
    list(sets.parsed(TEXTS, "sample"))
    monkeypatch.setattr(sets, "digest", lambda modules: "another")
    list(sets.parsed(TEXTS, "sample"))
    assert parsed == TEXTS[:2] * 2

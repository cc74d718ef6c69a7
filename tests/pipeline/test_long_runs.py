"""Long runs of marks are cut before they are tokenized; ordinary text is not, and no offset moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.parse import load_model
from pipeline.models.long_runs import RunBreaker

RUNS = ["”", '"', "(", "]", "😀", "—", "…", "!", "'", "'s", "_", "=", "a", "http://a.example/", "-", "”a", "($"]


class Recording:
    """A tokenizer that notes how long the texts were that it was given."""

    def __init__(self, tokenizer):
        self.inner, self.lengths = tokenizer, []

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def __call__(self, text):
        self.lengths.append(len(text))
        return self.inner(text)


@pytest.fixture(scope="module")
def plain():
    return load_model().tokenizer._tokenizer


@pytest.mark.parametrize("run", RUNS)
def test_no_word_of_ten_thousand_characters_reaches_the_tokenizer_whole(plain, run):
    text = f"It rained. {run * (10_000 // len(run))} It stopped."
    recording = Recording(plain)
    doc = RunBreaker(recording)(text)
    assert doc.text == text
    assert max(recording.lengths) <= 2_100


@pytest.mark.parametrize("run", RUNS)
def test_what_stands_around_a_long_run_keeps_its_tokens(plain, run):
    before, after = "The mayor said no.", "She left at 5 p.m."
    doc = RunBreaker(plain)(f"{before} {run * 400} {after}")
    assert [t.text for t in doc][:5] == [t.text for t in plain(before)]
    assert [t.text for t in doc][-5:] == [t.text for t in plain(after)]


def test_a_long_run_of_one_mark_gives_the_tokens_it_gave(plain):
    text = "Well " + "!" * 300 + " then"
    assert [t.text for t in RunBreaker(plain)(text)] == [t.text for t in plain(text)]


@given(st.text(alphabet=st.sampled_from(list("aé”(]😀'—. \n-1$")), max_size=900))
def test_any_text_comes_back_with_its_offsets(text):
    tokenizer = load_model().tokenizer
    doc = tokenizer(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_a_parse_goes_through_the_breaker(nlp):
    text = "He said: " + "“" * 3_000 + " and left."
    assert nlp(text).text == text

"""Labels, roles, phrases and frames as questions to a store built from text."""

import pytest

from dashboard.compare import frame_rates, label_tables
from pipeline import DEFAULT_MODEL
from pipeline.build.build import build
from pipeline.build.engines import InProcess
from store import Filter, Store, queries
from store.queries import frames

TEXTS = {
    "Daily": "The agents arrested three hardworking immigrants on Monday in the city.\n\nThe immigrants were deported to Peru. "
    "The economy lost jobs, and wages fell.",
    "Herald": "“Those immigrants are dangerous,” said Sen. Ann Lee of Ohio.\n\nThe federal judge read the lawsuit.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    room = tmp_path_factory.mktemp("texts")
    rows = room / "rows.csv"
    body = "\n".join(f'{source},"{text}"' for source, text in TEXTS.items())
    rows.write_text(f"source,text\n{body}\n", encoding="utf-8")
    build([rows], room / "store", InProcess(), DEFAULT_MODEL)
    return Store.open(room / "store")


MIGRANTS = "group:migrants"


def test_labels_are_found_by_voice_with_their_sentence(store):
    told = queries.labels(store, Filter(), MIGRANTS, "narration")
    assert set(zip(told["relation"], told["word"], strict=True)) >= {
        ("adjective", "hardworking"),
        ("patient", "arrest"),
        ("patient, no agent", "deport"),
    }
    quoted = queries.labels(store, Filter(), MIGRANTS, "quote")
    assert list(quoted["word"]) == ["dangerous"]
    rows = queries.in_sentence(store, told).to_dict("records")
    row = next(row for row in rows if row["word"] == "deport")
    assert label_tables.marked(row) == "The <b>immigrants</b> were <b>deported</b> to Peru."


def test_roles_are_counted_by_article(store):
    told = label_tables.roles(queries.labels(store, Filter(), MIGRANTS, "narration"))
    assert dict(zip(told["relation"], told["times"], strict=True)) == {"patient": 1, "patient, no agent": 1}


def test_noun_phrases_are_counted_by_voice(store):
    assert "hardworking immigrants" in set(queries.phrase_counts(store, Filter(), "narration")["word"])
    assert queries.phrase_counts(store, Filter(), "caption").empty


def test_a_sentence_counts_once_a_frame_however_many_cues_it_holds(store):
    found = frames.framed(store, "narration")
    economic = found[found["frame"] == "Economic"]
    assert list(economic["cues"]) == [3]
    told = frame_rates.of(store, (("all", Filter()),), "narration")["all"]
    assert (told["Economic"].uses, told["Legality and constitutionality"].uses) == (1, 1)
    assert told["Economic"].words == frames.sentences_of(store, Filter(), "narration")["sentences"].sum()
    assert set(frame_rates.table(store, (("all", Filter()),), "narration")["frame"]) == set(told)

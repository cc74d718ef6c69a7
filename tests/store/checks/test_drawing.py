"""Samples are drawn by chance with known probabilities, kept, found again, and answered by several people."""

import shutil
from collections import Counter

import pyarrow as pa
import pytest

from store import Filter, Store, corrections
from store.checks import log
from store.checks.draw import Plan, allocate, draw, draw_more, items, key_of, strata, write
from store.checks.figures import MEAN, Figure, corrected, difference, figures_of
from store.checks.frame import FRAMES
from store.checks.progress import coders, last_of, progress
from store.checks.questions import question
from store.checks.report import difference_in_words, newest_check, record, result, rows, section, sentence
from store.checks.results import agreement, changes, measured, used
from store.corrections import log as corrections_log
from tests.dashboard.conftest import MANY
from tests.store.small_corpus import ADA, ALL_DRAFTS, GRACE, begin_with, build


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    path = tmp_path_factory.mktemp("many")
    build(path, *MANY)
    return path


@pytest.fixture
def small(tmp_path):
    begin_with(tmp_path, *ALL_DRAFTS)
    return tmp_path


def answered(path, sample, number, coder="Eve", **answer):
    line = log.line("answer", sample=sample.id, item=number, coder=coder, answer=answer, codebook=0)
    log.append(path, line)
    return line


# Drawing


def test_every_kind_of_item_can_be_drawn(small):
    store = Store.open(small)
    drawn = {kind: draw(store, Plan(kind, size=10)).fields for kind in FRAMES if kind != "facts"}
    assert {kind: said["population"] for kind, said in drawn.items()} == {
        "quotes": 4, "people": 7, "places": 4, "portrayals": 12, "missed": 4,
    }  # fmt: skip
    for kind, said in drawn.items():
        assert len(said["items"]) == min(10, said["population"]), kind
        assert all(0 < item["chance"] <= 1 for item in said["items"])
    with pytest.raises(ValueError, match="no pairs of passages"):
        draw(store, Plan("facts"))


@pytest.mark.parametrize(
    ("negative", "neutral", "positive", "tone", "sure"),
    [
        (0.95, 0.04, 0.01, "negative", "sure"),
        (0.9, 0.08, 0.02, "neutral", "not sure"),
        (0.01, 0.01, 0.98, "positive", "sure"),
        (0.1, 0.85, 0.05, "neutral", "sure"),
    ],
)
def test_the_tone_that_is_checked_is_the_one_that_pages_show(small, negative, neutral, positive, tone, sure):
    store = Store.open(small)
    clause = FRAMES["portrayals"].sql(store, Filter())
    rated = store.arrow("SELECT * FROM portrayals")
    for name, p in (("p_negative", negative), ("p_neutral", neutral), ("p_positive", positive)):
        place = rated.schema.get_field_index(name)
        rated = rated.set_column(place, rated.schema.field(name), pa.array([p] * len(rated), pa.float32()))
    found = store.query(
        clause.sql.replace("FROM portrayals r", "FROM rated r"), clause.parameters, given={"rated": rated}
    )
    assert set(found["class"]) == {tone}
    assert set(found["sure"]) == {sure}


def test_what_was_not_said_is_no_quote_to_check(small):
    """As on *Quotes*: an act taken for speech is in no count, so nobody is asked who says it."""
    store = Store.open(small)
    clause = FRAMES["quotes"].sql(store, Filter())
    every = store.query(clause.sql, clause.parameters)
    changed = clause.sql.replace("FROM quotes r", "FROM (SELECT * REPLACE ('act' AS status) FROM quotes) r")
    acts = store.query(changed, clause.parameters)
    assert len(every) > 0
    assert len(acts) == 0


def test_the_filter_in_force_decides_what_is_drawn(small):
    said = draw(Store.open(small), Plan("quotes", Filter(sources=("Herald",)))).fields
    assert {item["source"] for item in said["items"]} == {"Herald"}
    assert said["filter"] == "source=Herald"


@pytest.mark.parametrize(
    "wrong", [{"kind": "dreams"}, {"size": 0}, {"size": 5001}, {"by": ("age",)}, {"allocation": "fair"}]
)
def test_a_plan_that_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match=r"checks are of|a sample holds|strata are|items are spread"):
        Plan(**{"kind": "quotes", **wrong})


def test_the_same_seed_draws_the_same_and_another_seed_another(many):
    store = Store.open(many)
    keys = [[key_of(item) for item in draw(store, Plan("quotes", size=20, seed=seed)).fields["items"]]
            for seed in (1, 1, 2)]  # fmt: skip
    assert keys[0] == keys[1]
    assert keys[0] != keys[2]


def test_every_item_is_drawn_as_often_as_its_chance_says(many):
    store, seeds = Store.open(many), range(120)
    plans = [Plan("quotes", size=30, seed=seed, by=()) for seed in seeds]
    planned = strata(store, plans[0])  # whatever the seed
    drawn = [items(store, plan, planned) for plan in plans]
    assert [drawn[seed] for seed in seeds[:3]] == [draw(store, plan).fields["items"] for plan in plans[:3]]
    times = Counter(key_of(item) for sample in drawn for item in sample)
    # 120 draws with a chance of a quarter: 30 times, give or take four and a half standard deviations.
    assert len(times) == 120
    assert all(9 <= seen <= 51 for seen in times.values())
    assert sum(times.values()) == 120 * 30


def test_all_items_are_counted_in_what_is_frozen(many):
    said = draw(Store.open(many), Plan("quotes", size=20)).fields
    assert sum(cell[5] for cell in said["cells"]) == said["population"] == 120
    assert sum(part["population"] for part in said["strata"]) == 120
    assert sum(part["drawn"] for part in said["strata"]) == len(said["items"]) == 20
    assert all(part["drawn"] >= 2 for part in said["strata"])


def test_equal_shares_give_small_groups_as_many_items():
    assert allocate([100, 10], 20) == [18, 2]
    assert allocate([100, 10], 20, "equal") == [10, 10]
    assert allocate([3, 5], 50) == [3, 5]
    assert allocate([5, 5, 5], 2) == [1, 1, 0]


def test_drawing_more_keeps_what_was_answered(many, tmp_path):
    path = shutil.copytree(many, tmp_path / "copy")
    store = Store.open(path)
    first = write(path, draw(store, Plan("quotes", size=20)))
    answered(path, first, 3, choice="nobody")
    longer = write(path, draw_more(store, first, 15))
    assert len(longer.fields["items"]) == 35
    assert [key_of(item) for item in longer.fields["items"][:20]] == [key_of(item) for item in first.fields["items"]]
    found = log.read(path)
    assert list(found.samples()) == [longer.id]
    assert set(progress(found, longer.id, "Eve").answers) == {3}
    chances = {item["stratum"]: item["chance"] for item in longer.fields["items"]}
    assert all(item["chance"] == chances[item["stratum"]] for item in longer.fields["items"])
    with pytest.raises(ValueError, match="are drawn already"):
        draw_more(store, draw(store, Plan("quotes", size=120)), 5)


def test_more_cannot_be_drawn_from_other_articles(small, many):
    first = draw(Store.open(small), Plan("quotes", size=2))
    with pytest.raises(ValueError, match="built again"):
        draw_more(Store.open(many), first, 1)


# Asking


def test_a_question_shows_the_text_and_never_the_answer(small):
    store = Store.open(small)
    sample = draw(store, Plan("quotes", size=4))
    for item in sample.fields["items"]:
        asked = question(store, "quotes", item)
        said = " ".join(part for one in asked.passages for part in one[:5])
        assert item["source"] not in said
        labels = [option.label for option in asked.options]
        assert labels[0] == "The outlet itself"
        assert [option.key for option in asked.options] == [str(n) for n in range(1, len(labels))] + ["0"]
    ada = next(item for item in sample.fields["items"] if item["machine"].get("entity") == ADA)
    names = [option.label for option in question(store, "quotes", ada).options if option.answer.get("entity")]
    assert names == ["Ada Lovelace", "Dallas", "Grace Hopper"]  # in the order of the text, not by likelihood


@pytest.mark.parametrize("kind", ["people", "places", "portrayals", "missed"])
def test_every_answer_offered_can_be_kept(small, kind):
    store = Store.open(small)
    for item in draw(store, Plan(kind, size=20)).fields["items"]:
        asked = question(store, kind, item)
        assert asked.passages[0].marked
        for option in asked.options:
            log.check_answer(option.answer | ({"name": "Somebody"} if option.write else {}), kind)


def test_an_article_that_is_gone_is_said(small):
    store = Store.open(small)
    item = draw(store, Plan("quotes", size=1)).fields["items"][0]
    assert "not among these articles" in question(store, "quotes", item | {"article": "gone"}).gone


# What answers come to


@pytest.fixture
def checked(many, tmp_path):
    """Forty quotes checked: all are Ada's by the machine; Eve finds that every fourth is Grace's."""
    path = shutil.copytree(many, tmp_path / "checked")
    sample = write(path, draw(Store.open(path), Plan("quotes", size=40, by=())))
    for number in range(40):
        who = {"entity": GRACE, "name": "Grace Hopper"} if number % 4 == 0 else {"entity": ADA, "name": "Ada Lovelace"}
        answered(path, sample, number, choice="named", **who)
    return path, sample


def test_how_often_the_machine_is_right(checked):
    path, sample = checked
    found = log.read(path)
    one = result(found, sample)
    assert (one.main.right, one.main.of, one.complete) == (30, 40, True)
    assert sentence(one.main) == "checked on this corpus: 30 of 40 right, 60–86 %"
    assert one.measures["said"].right == one.measures["words"].right == 40
    assert newest_check(found, "quotes", Filter()).sample.id == sample.id
    assert newest_check(found, "quotes", Filter(sources=("Outlet 01",))).sample.id == sample.id
    assert newest_check(found, "people", Filter()) is None


def test_what_cannot_be_told_is_left_out_and_said(checked):
    path, sample = checked
    answered(path, sample, 0, choice="unclear")
    one = result(log.read(path), sample)
    assert (one.main.right, one.main.of, one.cannot_tell) == (30, 39, 1)


def test_a_figure_is_corrected_by_what_people_found(checked):
    path, sample = checked
    answers = used(log.read(path), sample.id)
    told = corrected(sample, answers, Figure(who=ADA, name="Ada Lovelace"), by="all")
    (group,) = told.groups
    assert group.raw.value == 1
    assert group.corrected.value == pytest.approx(0.75)
    assert group.corrected.low < 0.75 < group.corrected.high < 0.9
    assert figures_of(sample)[-1].who == ADA
    outlets = corrected(sample, answers, Figure(who=ADA, name="Ada Lovelace"))
    ready = [one for one in outlets.groups if one.checks >= 2]
    assert difference(outlets, ready[0], ready[1]).raw.value == 0
    assert "Too few checks" in difference_in_words(outlets, ready[0].name, ready[1].name)


def test_quotes_that_are_none_leave_the_share(checked):
    path, sample = checked
    for number in range(0, 40, 4):
        answered(path, sample, number, choice="nobody")
    (group,) = corrected(sample, used(log.read(path), sample.id), Figure(who=ADA), by="all").groups
    assert group.corrected.value == pytest.approx(1)


def test_a_mean_of_tone_is_corrected(small):
    store = Store.open(small)
    sample = write(small, draw(store, Plan("portrayals", size=12, by=())))
    for number in range(12):
        answered(small, sample, number, choice="negative" if number < 6 else "neutral")
    assert figures_of(sample)[0].category == MEAN
    (group,) = corrected(sample, used(log.read(small), sample.id), Figure(MEAN), by="all").groups
    # All were checked, so nothing is left to chance.
    assert group.corrected == pytest.approx((-6 / 12,) * 3)
    assert group.raw.value == 0


# Two people


def test_two_people_are_compared_and_disagreements_settled(checked):
    path, sample = checked
    for number in range(40):
        who = GRACE if number < 6 else ADA
        answered(path, sample, number, coder="Joe", choice="named", entity=who)
    found = log.read(path)
    assert coders(found, sample.id) == ("Eve", "Joe")
    told = agreement(found, sample)
    assert (told.same, told.of) == (28, 40)
    assert [one.item for one in told.disagreements][:3] == [1, 2, 3]
    assert told.alpha.low < told.alpha.value < told.alpha.high
    assert told.kappa.value < 1
    assert used(found, sample.id)[1].coder == "Eve"
    settle = log.line("settle", sample=sample.id, item=1, coder="both", answer={"choice": "named", "entity": GRACE})
    log.append(path, settle)
    found = log.read(path)
    assert used(found, sample.id)[1].settled
    assert agreement(found, sample).disagreements[0].settled == settle
    assert measured(sample, used(found, sample.id)).right == 29


# What outlives a build


def test_corrections_do_not_improve_what_was_found(checked):
    path, sample = checked
    item = sample.fields["items"][0]
    where = {key: item[key] for key in ("article", "start", "end")}
    corrections_log.add(path, corrections.correction("speaker", speaker=GRACE, **where))
    found = log.read(path)
    assert result(found, sample).main.right == 30
    assert changes(Store.open(path), sample) == ((0,), (), ())
    assert corrected(sample, used(found, sample.id), Figure(who=ADA), by="all").groups[0].raw.value == 1


def test_items_are_found_again_and_what_is_gone_is_told(small, tmp_path_factory):
    sample = draw(Store.open(small), Plan("quotes", size=4))
    rebuilt = tmp_path_factory.mktemp("rebuilt")
    build(rebuilt, *ALL_DRAFTS)
    assert not changes(Store.open(rebuilt), sample)
    fewer = tmp_path_factory.mktemp("fewer")
    build(fewer, ALL_DRAFTS[0], ALL_DRAFTS[2])
    told = changes(Store.open(fewer), sample)
    assert len(told.no_article) == 2
    assert not told.changed


def test_rows_records_and_a_section_to_paste(checked):
    path, sample = checked
    store, found = Store.open(path), log.read(path)
    table = rows(store, found, sample)
    assert len(table) == 40
    assert {row["right_speaker"] for row in table} == {True, False}
    assert table[0]["passage"] == "We counted as well."
    (about,) = record(store, found, Filter())
    assert about["measures"]["speaker"] == {"right": 30, "of": 40, "low": 0.59806, "high": 0.858129}
    assert about["strata"][0]["chance"] == pytest.approx(40 / 120)
    text = section(store, found)
    assert "Who says it: right in 30 of 40 (75 %, 95 % interval 60–86 %)." in text
    assert "- [ ] A second person answered" in text
    assert "Särndal" in text


# Undo


def test_undo_takes_back_the_last_of_ones_own(checked):
    path, sample = checked
    answered(path, sample, 2, coder="Joe", choice="outlet")
    last = last_of(log.read(path), sample.id, "Eve")
    assert last.fields["item"] == 39
    log.undo(path, last.id, "Eve")
    there = progress(log.read(path), sample.id, "Eve")
    assert there.next == 39
    assert set(progress(log.read(path), sample.id, "Joe").answers) == {2}
    with pytest.raises(ValueError, match="Nothing in effect"):
        log.undo(path, last.id, "Eve")

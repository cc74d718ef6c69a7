"""Whom an article means by "the Ohio senator": somebody whom it, or the table, calls of that state."""

import pytest

from pipeline.core.annotations import Context, Entity, Mention
from pipeline.coreference.component import find_references
from pipeline.coreference.home_states import Home, RolePhrase, known_homes
from tests.pipeline.test_quotes import ANN, BO, parsed

OHIO, UTAH = "place:us-oh", "place:us-ut"
_STATES = {"Ohio": (OHIO, "OH", "Ohio"), "Utah": (UTAH, "UT", "Utah")}


def people_meant(text, **people):
    """Whom the roles of ``text`` stand for, where Ohio and Utah are states."""
    doc = parsed(text, **people)
    mentions = [m for m in doc._.mentions if m.resolution == "named"]
    for word, (entity_id, state, name) in _STATES.items():
        doc._.entities[entity_id] = Entity(entity_id, "JURISDICTION", name, kind="state", state=state)
        at = text.find(word)
        while at >= 0:
            mentions.append(Mention(at, at + len(word), "JURISDICTION", entity_id, "named"))
            at = text.find(word, at + 1)
    doc._.context = Context()
    doc._.mentions = sorted(mentions, key=lambda m: m.start)
    return [m.entity_id for m in find_references(doc) if m.resolution == "title"]


@pytest.mark.parametrize(
    "introduced",
    [
        "Sen. Ann Lee, D-Ohio, met Sen. Bo Kim (R-Utah).",
        "Ohio Sen. Ann Lee met Utah Sen. Bo Kim.",
        "Sen. Ann Lee of Ohio met Sen. Bo Kim of Utah.",
        "Ann Lee, the junior Ohio senator, met Bo Kim, the Utah senator.",
    ],
)
def test_a_senator_is_found_again_by_the_state(introduced):
    text = f"{introduced} It rained. The Ohio senator left early."
    assert people_meant(text, Lee=ANN, Kim=BO) == [ANN]


@pytest.mark.parametrize("phrase", ["The Ohio Democrat", "The Ohio lawmaker", "The former Ohio congresswoman"])
def test_other_words_for_a_member_of_congress_stand_for_the_one_of_that_state(phrase):
    text = f"Rep. Ann Lee, D-Ohio, met Rep. Bo Kim, R-Utah. It rained. {phrase} left early."
    assert people_meant(text, Lee=ANN, Kim=BO) == [ANN]


@pytest.mark.parametrize(
    "phrase",
    ["The Utah Democrat", "The Ohio senator", "The Utah congresswoman", "The Utah state lawmaker", "An Ohio lawmaker"],
)
def test_another_party_house_sex_or_anybody_of_the_state_is_nobody_named(phrase):
    text = f"Rep. Ann Lee, D-Ohio, met Rep. Bo Kim, R-Utah. It rained. {phrase} left early."
    assert people_meant(text, Lee=ANN, Kim=BO) == []


def test_the_state_before_a_name_is_no_second_mention():
    assert people_meant("Ann Lee, the Ohio senator, left. Bo Kim stayed.", Lee=ANN, Kim=BO) == []


def test_of_two_from_one_state_the_one_spoken_of_last_is_meant_less_surely():
    text = "Sen. Ann Lee, D-Ohio, left. Sen. Bo Kim, R-Ohio, stayed. The Ohio senator spoke."
    assert people_meant(text, Lee=ANN, Kim=BO) == [BO]


def test_the_table_tells_of_whom_the_article_does_not():
    homes = known_homes()
    assert homes["person:john-boehner"].states == {"OH"}
    assert homes["person:john-kasich"].roles >= {"governor", "representative"}
    assert RolePhrase("republican", "OH").fits(homes["person:john-boehner"], "m")
    assert not RolePhrase("senator", "OH").fits(homes["person:john-boehner"], "m")


def test_whose_party_nobody_tells_may_be_of_either():
    assert RolePhrase("democrat", "OH").fits(Home({"OH"}), "")


@pytest.mark.parametrize(
    ("person", "state", "role"),
    [("person:maria-cantwell", "WA", "senator"), ("person:edward-markey", "MA", "senator")],
)
def test_members_of_congress_have_their_home(person, state, role):
    home = known_homes()[person]
    assert home.states == {state}
    assert role in home.roles


def test_every_senator_of_the_public_record_is_known():
    senators = [home for home in known_homes().values() if "senator" in home.roles and home.party]
    assert len({state for home in senators for state in home.states}) == 50

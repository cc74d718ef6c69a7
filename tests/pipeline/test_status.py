"""Whether somebody said what is put beside them, and what of it counts as said."""

import pytest

from pipeline.build.records import annotation_of
from pipeline.core.parse import load_model
from pipeline.language.voice import VoiceComponent
from pipeline.quotes.component import find_quotes
from store.schema import QUOTE_STATUSES, SAID
from tests.pipeline.test_quotes import ANN, BO, parsed


def statuses(text, **people):
    return [quote.status for quote in find_quotes(parsed(text, **people)) if quote.kind != "term"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee said the ferry would not sail on Sunday.",
        "Ann Lee denied that she had sold the ferry.",
        "Ann Lee does not believe that the ferry will sail.",
        "The ferry would sail if the wind fell, Ann Lee said.",
        "The inquiry found that two of the ferry's doors had rusted through.",
        "“Would you sail in this wind?” Ann Lee asked.",
        "Ann Lee ordered the crew to stay on land.",
        "Ann Lee wrote to remind the council that the ferry feeds them.",
        "Ann Lee was willing to say that the ferry would sail.",
        "Ann Lee helped explain that the islanders are wary.",
        "Ann Lee wrote that her book had sold well.",
        "Ann Lee answered that the ferry was old.",
        "Ann Lee promises that the ferry will sail in May.",
        "The captain was expected by nobody, Ann Lee said.",
        "The union threatened to call a strike of the ferry crews.",
        "The paper ran a letter of Ann Lee that asserted that the ferry would sail.",
        "New data suggest that the ferry is slow.",
        "The council's report suggests that the ferry is slow.",
        "The leadership indicated that it would buy a second ferry.",
        "The captain showed that the ferry was leaking.",
        "The islanders see the ferry as a gift.",
        "Ann Lee described the ferry as a gift to the islanders.",
        "Ann Lee issued new rules for the pier, suggesting that the ferry is lost.",
        "Three captains have questioned whether the ferry would sail in May.",
        "Budget papers show the town moved two million from the ferry to the school.",
        "Ann Lee assured the crew that the ferry would sail.",
        "Ann Lee decided that the ferry was too old.",
        "The draft also proposes raising many inspection fees that islanders already pay.",
        "They sold the ferry in what the council said was a fair deal.",
        "Ann Lee was the first pilot to say that the ferry was leaking.",
        "Ann Lee said that she will argue for a second ferry in May.",
        "Many on the island believe that the ferry is too slow.",
        "Ann Lee agreed to sell the ferry in May if the council paid.",
    ],
)
def test_what_somebody_says_thinks_or_denies_is_said(text):
    assert set(statuses(text, Lee=ANN)) == {SAID}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The ferry line fired a captain who had slept on watch.", None),
        ("The ferry line dismissed a captain who had slept on watch.", "act"),
        ("You can almost hear Ann Lee say that the ferry is late again.", "imagined"),
        ("Ann Lee all but accused the captain of selling the ferry.", "imagined"),
        ("The old ferry practically shouts, “Take the bridge.”", "imagined"),
        ("The captains must decide whether the ferry can sail in May.", "not said"),
        ("You say, “I have paid for the ferry every year.”", "imagined"),
        ("Everything suggests that the ferry will be late again.", "not said"),
        ("Ann Lee disclosed details of the new ferry to the council.", "act"),
        ("The mural shows three sailors hauling in a net.", "act"),
        ("We have seen the ferry lose two of its doors in a storm.", "not said"),
        ("Imagine the captain saying, “I never saw the other ferry.”", "imagined"),
        ("The ferry line did not respond to a request for the logs.", "not said"),
        ("If the islanders support a second ferry, the state must pay.", "not said"),
        ("The ferry line brushed off worries that fares are rising.", "not said"),
        ("The ferry line ignored claims that fares were rising.", "not said"),
        ("The islanders do not know why the ferry stopped.", "not said"),
        ("Ann Lee decided against a second ferry for the islanders.", "act"),
        ("No study has found that the ferry harms the seals.", "not said"),
        ("There is no denying that the sea is cold.", "not said"),
        ("Let's say the ferry sinks on Monday.", "imagined"),
        ("The captain is expected to plead guilty to sinking the ferry.", "not said"),
        ("When asked to comment on the ferry, the crew left.", "not said"),
        ("The captains were called to testify before the council on Monday.", "act"),
        ("The captain writes to remind the islanders of his years at sea.", "act"),
        ("The captain wrote an opinion for the council on ferries.", "act"),
        ("The two islands discussed the details of a new ferry.", "act"),
        ("The candidates answered a handful of questions about the ferry.", "act"),
        ("The islands were quiet before the new ferry was announced.", "act"),
        ("The storm all but assured that the ferry would sink.", "act"),
        ("No one was willing to say that the ferry would sail.", "not said"),
        ("Selling the ferry helps explain why the islanders are wary.", "act"),
        ("The captain tweeted about the ferry's old engines.", "act"),
        ("The captain told a personal story about the ferry and the seals.", "act"),
        ("The captain left after several of his comments about justice and the sea.", "act"),
        ("We are hoping that the ferry will sail on Monday.", "not said"),
        ("Critics might argue that the ferry is too slow for the islanders.", "imagined"),
        ("The small crowd suggests that islanders are tired of the ferry.", "act"),
        ("The fact that the ferry sank suggests the islanders could be right.", "act"),
        ("Lee carries into the race a past that suggests voters will prefer her rival.", "act"),
        ("Islanders are seeing their fares rise faster than before.", "act"),
        ("The captain showed little remorse for sinking the ferry.", "act"),
        ("Twelve islands have decided not to buy a ferry of their own.", "act"),
        ("It gave the islanders leave to do what they wanted to do: to vote for a bridge.", "act"),
        ("Few listen to what they say about the loss of the ferry.", "act"),
        ("The line set up a desk for islanders who believe their rights have been ignored.", "not said"),
        ("If they liked the captain before, knowing she was a smuggler, they will not mind now.", "not said"),
        ("Saying that the ferry is safe matters more than whether it is.", "not said"),
        ("Not one can deny the captain's “islands first” plans are working.", "not said"),
        ("Why would we want to punish those who sail the ferry on “high seas” and to foreign ports?", "not said"),
        ("The captain will likely argue that the ferry was never safe.", "not said"),
        ("The captain seemed to acknowledge that the ferry was never safe.", "imagined"),
        ("The rule allows captains to explain why the ferry was late.", "not said"),
        ("The storm gave the captain an opportunity to talk about what the ferry needs.", "not said"),
        ("To argue that the ferry is safe is to put money before lives.", "not said"),
        ("The captain stopped short of saying that the ferry was never safe.", "not said"),
        ("Just ask the islanders how the ferry changed their winters.", "not said"),
        ("Everyone knows that the ferry will never sail in winter.", "imagined"),
        ("Neither the captain nor the pilot mentioned the leaking doors of the ferry.", "not said"),
        ("The captains met on Tuesday to discuss how to steer clear of the reef.", "act"),
        ("The sinking echoed that of a ferry which lost its doors in May.", "act"),
        ("The ferry line plans to close two of the smaller piers in May.", "act"),
        ("The ferry line agreed to a number of measures, including new doors for the ferry.", "act"),
        ("The ferry line responded by closing two of its piers to the islanders.", "act"),
        ("The pier has assumed a role as part of a plan to keep out the seals.", "act"),
        ("The Gazette cited papers and sources familiar with the ferry.", "act"),
        ("Several aides described key parts of the new ferry.", "act"),
        ("Ann Lee detailed the plan again last Friday at a school.", "act"),
        ("They sank the ferry and assured its place in history.", "act"),
        ("Ann Lee is showing herself to be the leader of a free island.", "act"),
        ("The Senate rejected a proposal to close the port.", "act"),
        ("The rule denies pilots the right to rest at sea.", "act"),
        ("The rule would deny a second chance at sea to “sleepers,” pilots who once ran aground.", "act"),
        ("The guards refer all stowaways for prosecution.", "act"),
        ("The crews called a strike for the first of May.", "act"),
        ("For the first time lawmakers have called themselves into a special session.", "act"),
        ("The sign over the pier might as well say: “Give up, you will never sail from here.”", "imagined"),
        ("The big problem calls for big ideas rooted in the sea.", "act"),
        ("Similar levels of rain are predicted for the outer islands.", "act"),
        ("Bo Kim acknowledges the crowd as he arrives at the pier.", "act"),
        ("Islanders crowd the pier. People often say that the ferry is too slow.", "imagined"),
        ("The empty benches seem to shout: “Nobody sails with you any more!”", "imagined"),
        ("Had the mill defended it by explaining it was a joke, we would have laughed.", "not said"),
        ("The mayor has repeated the same statement about the ferry in recent weeks.", "act"),
        ("The ferry line also saw an increased demand for tickets to the island.", "act"),
        ("The island added twelve thousand jobs in May, and wages rose.", "act"),
        ("His manner and his debts worried many islanders eager for a win.", "act"),
        ("Fares rose twice in a month, suggesting that the ferry is lost.", "act"),
        ("Views of the ferry differ by island, according to party identification.", ""),
        ("The count lets officials know if the ferry is working.", "not said"),
        ("My own thinking has led me to conclude that the ferry is lost.", "not said"),
        ("The mayor was also asked whether the ferry would sail in May.", "not said"),
        ("The ferry line reports its yearly earnings to the council.", "act"),
        ("The mayor has already declared a state of emergency on the island.", "act"),
        ("To stand against the ferry is to agree that seals come first.", "not said"),
        ("Assuming the ferry clears the harbor, it will be full.", ""),
        ("The harbor is a gift to every smuggler: “Come in, nobody looks here!”", "imagined"),
    ],
)
def test_what_nobody_says_has_another_status_or_is_no_quote(text, status):
    found = statuses(text)
    assert SAID not in found
    assert set(found) <= ({status} if status else set())
    assert set(found) <= set(QUOTE_STATUSES)


def test_a_charge_by_the_police_is_an_act_and_one_by_a_rival_is_said():
    assert statuses("The police charged the captain with theft of two lifeboats.") in ([], ["act"])
    assert statuses("Bo Kim charged that the captain had taken two lifeboats.", Kim=BO) == [SAID]


def test_words_in_marks_that_nobody_says_are_not_the_outlets_own():
    doc = parsed("The harbor is a gift to every smuggler: “Come in, nobody looks here!”")
    doc._.quotes = find_quotes(doc)
    assert [passage.voice for passage in VoiceComponent()(doc)._.passages] == ["narration", "quote"]


def test_annotate_sets_apart_what_is_not_said():
    doc = load_model()("The ferry line dismissed a captain who had slept on watch.")
    doc._.quotes = find_quotes(doc)
    found = annotation_of(VoiceComponent()(doc))
    assert found["quotes"] == []
    assert [(quote["kind"], quote["status"]) for quote in found["unsaid"]] == [("indirect", "act")]


def test_what_the_outlet_explains_of_somebodys_words_is_not_said():
    text = "“They feed on us,” the captain said, referring to the gulls of the northern harbor."
    first, *others = statuses(text)
    assert first == SAID
    assert SAID not in others


def test_what_somebody_does_after_saying_something_is_none_of_it():
    assert statuses("“The vote was a farce,” Ann Lee said, then walked out of the hall.", Lee=ANN) == [SAID, "act"]
    assert statuses("“The vote was a farce,” Ann Lee said, and walked to her boat.", Lee=ANN) == [SAID, "act"]


def test_what_somebody_hears_or_nearly_shouts_is_said():
    assert statuses("I heard Ann Lee say that the ferry was late again.", Lee=ANN) == [SAID]
    assert statuses("Ann Lee practically shouted that the ferry was late again.", Lee=ANN) == [SAID]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The term “skippers” refers to people who own boats without a license.", "act"),
        ("The board would like to see that gap grow even larger before the vote.", "act"),
        ("It is better to let the crowd see that the mayor has no plan.", "act"),
        ("The delay fuelled Ann Lee's plan to spend millions of dollars on the ferry.", "act"),
        ("The new policy of the board is supported by some drivers in town.", "act"),
        ("The group has posted pictures of its members.", "act"),
        ("The mayor probably knows that the ferry will sink in the bay.", "imagined"),
        ("Rather than announce the sale of the ferry, the mayor left.", "not said"),
        ("The mayor sought to prohibit doctors from talking about the sale of the ferry.", "not said"),
    ],
)
def test_what_is_meant_wished_for_or_supposed_is_not_said(text, status):
    assert statuses(text, Lee=ANN) == [status]


def test_what_the_author_calls_something_is_a_term():
    assert statuses("It is odd that some of the things we call “harbor safety” have little to do with safety.") == []
    assert statuses("The drivers call it “harbor safety” in every letter.") == [SAID]


def test_articles_that_were_written_are_no_words():
    assert statuses("Ann Lee wrote separate op-eds offering her own plans for the harbor.", Lee=ANN) == ["act"]


def test_what_people_in_general_say_is_only_answered():
    assert statuses("People who say that rain is good for boats have never bailed one.") == ["not said"]


def test_a_house_that_seems_to_speak_says_nothing():
    assert statuses(
        "Every spring the garden center seems to whisper to me: “Just one more rose, and then no more.”"
    ) == ["imagined"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee slammed her fellow islanders, saying that they were too proud.",
        "Ann Lee defended the new fares on Monday.",
        "Ann Lee did not come to the market on Monday, suggesting that she is working on the speech.",
        "The islanders will vote when they feel that they can win.",
        "The islanders have not sent a letter demanding that the ferry be sold.",
    ],
)
def test_a_judgement_without_words_and_what_is_only_inferred_or_to_come_are_not_said(text):
    doc = parsed(text, Lee=ANN)
    said = [text[quote.start : quote.end] for quote in find_quotes(doc) if quote.status == SAID]
    assert said in ([], ["that they were too proud"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("That was the riddle Ann Lee discovered as she spoke with rowers.", []),
        ("“It will last,” Ann Lee said before the council approved the budget.", ["“It will last,”"]),
        ("The plan will fail, explained Ann Lee, the director of the harbor fund.", ["The plan will fail"]),
        ("The owner, who is a diver according to Ann Lee, uses a gauge to test the air.", ["is a diver"]),
    ],
)
def test_what_tells_of_the_speaker_of_a_noun_or_of_the_time_is_not_said(text, told):
    assert [text[quote.start : quote.end] for quote in find_quotes(parsed(text, Lee=ANN))] == told

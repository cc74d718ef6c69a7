"""Speakers where the parse hangs a clause on the wrong word, and bodies that an article describes."""

import pytest

from pipeline.build.annotator import annotator
from pipeline.core.annotations import Context


def told(text):
    annotate = annotator()
    (doc,) = annotate.parse([text])
    return [(text[q.start : q.end], q.speaker) for q in annotate.analyse(doc, Context("", "", None))._.quotes]


def speaker_of(text, words):
    return next(speaker for said, speaker in told(text) if words in said)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "Lawyers for the sailors have filed declarations from harbor experts arguing that the sailors would be at risk.",
            "would be at risk",
            "harbor experts",
        ),
        (
            "Industry groups are critical of the tariffs with farmers, bakers, and other groups calling them taxes on families.",
            "taxes on families",
            "farmers, bakers, and other groups",
        ),
        (
            "Ann Roe rescinded the guidance that said schools should allow students to use the boats of their choice.",
            "should allow",
            "the guidance",
        ),
        (
            'A protester who saw the injured woman told the BBC: "They started to come with sticks and beat us."',
            "with sticks",
            "A protester who saw the injured woman",
        ),
        (
            'The town council released this statement from harbor adviser John Bolt: "I spoke to the crews for days."',
            "to the crews",
            "John Bolt",
        ),
        (
            "Western visitors would come, and then they’d ask why people moved to the slums.",
            "moved",
            "Western visitors",
        ),
        (
            "While the results are new, scientists for many weeks have predicted that warmth would slow the virus.",
            "slow the virus",
            "scientists",
        ),
    ],
)
def test_a_clause_is_of_whom_it_tells_and_not_of_the_thing_beside(text, words, speaker):
    assert speaker_of(text, words) == speaker


def test_those_who_sign_a_resolution_say_what_it_says():
    text = "Eleven members of the council signed a resolution that said the ferry should stop running at night."
    assert speaker_of(text, "should stop") == "Eleven members of the council"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "According to Axios, the list is long. However, the outlet reports that the panel is slow.",
            "is slow",
            "Axios",
        ),
        (
            "The advocacy group Open Harbors sued on Monday. Drivers cheered. The advocacy group said the law is unjust.",
            "the law is",
            "Open Harbors",
        ),
        (
            '"It is false," the White House said in a statement. The paper wept. The statement added: "We are barred."',
            "We are barred",
            "White House",
        ),
        (
            "The UN High Commissioner for Refugees, Filippo Grandi, has told the BBC the policy towards sailors is wrong.",
            "is wrong",
            "Filippo Grandi",
        ),
        (
            "A shopper, identified as Joseph Wilcox, told his friend he was going to leave the store.",
            "going to leave",
            "Joseph Wilcox",
        ),
        (
            "Human Rights Watch works in ten countries. The watchdog group said it found signs of bombs in two towns.",
            "signs of bombs",
            "Human Rights Watch",
        ),
        (
            'A New York Times headline read, "Town rejoices as ferry lands at last."',
            "Town rejoices",
            "New York Times",
        ),
    ],
)
def test_a_body_or_person_speaks_under_the_name_the_article_gives(text, words, speaker):
    assert speaker_of(text, words) == speaker


def test_a_firm_named_after_its_kind_is_no_other():
    text = "Microsoft warned of it in May. The cybersecurity firm FarEye said the gang was at work in two towns."
    assert speaker_of(text, "the gang was") != "Microsoft"


def test_the_group_is_not_one_described_where_another_is_named_since():
    text = (
        "The advocacy group Open Harbors sued on Monday. Drivers cheered Brandt Paving Corp. on Tuesday. "
        "It rained. Both were heard. It was late. The group said the law is unjust."
    )
    assert speaker_of(text, "the law is") == "The group"


def test_a_paragraph_in_marks_goes_on_with_whoever_said_a_word_before():
    text = (
        'Peter Marsh spoke first. "This curries favor with the backers of the ferry," Marsh said in an email.\n\n'
        'Greg Mourad, head of the Rider Committee, called the bill "shameful."\n\n'
        '"This is a handout to the bosses that fund the campaigns, all at the expense of those who ride."'
    )
    assert speaker_of(text, "handout") == "Greg Mourad"


def test_a_line_signs_words_where_other_lines_of_the_article_do():
    text = (
        "Two views of the ferry stand below.\n\n"
        "“The ferry is old and should be sold before the winter comes, whatever the council may think.”\n\n"
        "Ann Lee, Washington Post\n\n"
        "“It is new and should be kept for years, as the town has no other way to reach the mill.”\n\n"
        "Bo Kim, New York Times\n\n"
        "Minority view: “It was never a ferry. It was a barge with a roof, and those who paid knew that well.”\n\n"
        "Matt Marsh, Harbor Line Blog"
    )
    assert speaker_of(text, "never a ferry") == "Matt Marsh"


def test_a_share_of_those_asked_speaks_and_not_who_asked_them():
    text = (
        "The Pew Research Center found that 47 percent said the policies “have not gone far enough,” while only "
        "32 percent said they were more concerned the town has gone “too far.”"
    )
    assert speaker_of(text, "too far") == "only 32 percent"

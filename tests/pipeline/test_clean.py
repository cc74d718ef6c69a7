"""What is the article, and what is only the page around it."""

from pathlib import Path

import pytest

from pipeline.core.word_counts import count_words
from pipeline.furniture.blocks import mark_blocks

SEEDS = Path(__file__).parents[2] / "seeds"

LEAD = (
    "The county council met on Monday to hear what the new sheriff plans to do about the crowded jail in the old town."
)
MORE_TEXT = (
    "Its members listened for two hours and asked him many questions about money, staff and the state of the roof."
)


def kinds(text, title=""):
    return [(text[b.start : b.end], b.kind, b.reason) for b in mark_blocks(text, title)]


def kind_of(line, before=LEAD, after=MORE_TEXT):
    """Kind and reason of a line between two paragraphs of an article."""
    text = f"{before}\n\n{line}\n\n{after}"
    found = [(b.kind, b.reason) for b in mark_blocks(text) if b.paragraph == 1]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("COUNTY JAIL ROOF COLLAPSES AFTER A WEEK OF HEAVY RAIN", "link"),
        ("WHY ARE THE 'WORST JAILS' IN THE STATE STILL OPEN?", "link"),
        ("JUST WATCHED The jail from within Replay More Videos ... MUST WATCH The jail from within 02:11", "link"),
        ("https://example.org/a/b.html", "link"),
        ("( AUDIO: The council on its jail)", "related"),
        ("CLICK HERE TO GET THE DAILY EXAMPLE APP", "call"),
        ("Click here for more on the jail.", "call"),
        ("Sign up for Daily Newsletters", "call"),
        ("Subscribe to our weekly newsletter", "call"),
        ("Follow @dailyexample on Twitter", "call"),
        ("Join the conversation", "call"),
        ("Ready to march? Sign up and find three deeds in your inbox every week. Read our policy here.", "call"),
        ("Thank you for signing up. For more from the Example, look at the latest issue", "call"),
        ("Write to Ann Poe at ann.poe@example.org", "call"),
        ("Daily Example's Ann Poe contributed to this report.", "credit"),
        ("Reporting by Ann Poe; editing by Bob Roe", "credit"),
        ("© 2020 Example Press. All rights reserved.", "credit"),
        ("The opinions expressed by columnists are their own.", "credit"),
        ("RELATED: Sheriff Of Next County Praises Old Jail", "related"),
        ("READ MORE: What the sheriff said last year", "related"),
        ("( PHOTOS: Ten old jails)", "related"),
        ("Sheriff of next county praises old jail Read more", "related"),
        ("[Read: What the sheriff said last year]", "related"),
        ("3 hrs 5 min ago", "page_code"),
        ("WC 640 words", "page_code"),
        ("Word count: 640", "page_code"),
        ("6 min read", "page_code"),
        ("Sponsored by Example Paint", "page_code"),
        ("By entering your e-mail address you agree to our terms and conditions.", "call"),
        ("Last updated on Tue 4 May 2021 09.40 BST", "dateline"),
        ("NS gjail : Prisons | gcat : General News", "page_code"),
        ("AN Document DEXA000020200217eg2f00001", "page_code"),
        ("9:40 a.m. ET, May 4, 2021", "dateline"),
        ("Ann Poe covers courts for the Example and joined it in 2011. Follow her on Twitter.", "credit"),
        ("The Docket is a weekly column by Ann Poe about the courts of the valley.", "credit"),
        ("Looking for more? Sign up for our daily Hearth newsletter and never miss a story.", "call"),
        ("If you enjoyed this article, we have something to ask of you: join us.", "call"),
        ("For more on this, check out our latest podcast, in which two editors disagree.", "call"),
        ("%d bloggers like this:", "page_code"),
        ("Advertisement", "page_code"),
        ("Story Continued Below", "page_code"),
        ("Advertisement — story continues below", "page_code"),
        ("View all comments (12)", "page_code"),
        ("ALSO READ: Six questions about the jail", "related"),
        ("* * *", "page_code"),
        ("OAN Newsroom", "byline"),
        ("By Ann Poe and Bob Roe", "byline"),
        ("(Ann Poe, Daily Example)", "byline"),
        ("UPDATED 8:28 AM PT — Saturday, February 15, 2020", "dateline"),
        ("Published on Jun 5, 2017", "dateline"),
    ],
)
def test_furniture_is_marked_with_its_reason(line, reason):
    assert kind_of(line) == ("furniture", reason)


@pytest.mark.parametrize(
    "line",
    [
        "FILE – In this July 8, 2019, file photo, the jail stands empty in Smallville, Calif. (AP Photo/Ann Poe, File)",
        "FILE PHOTO: The jail stands empty in Smallville, May 10, 2017. REUTERS/Ann Poe/File Photo",
        "Sheriff Bob Roe / IMAGE: Daily Example via Youtube",
        "Sheriff Bob Roe, right, speaks at the jail, Friday, Jan. 17, 2020. (AP Photo/Ann Poe)",
        "The jail at night. Photo: Ann Poe/Getty Images",
        "The jail at night. (Photo: Ann Poe, Daily Example)",
    ],
)
def test_captions_are_marked(line):
    assert kind_of(line) == ("caption", "caption")


def test_a_row_of_pictures_is_captions_however_long():
    shown = " ".join(
        f"Photos: A jail in the rain The council of the town walks through wing {number}, which leaks at every corner "
        f"and is to be closed. Hide Caption {number} of 12"
        for number in range(1, 13)
    )
    assert len(shown) > 1000
    assert kind_of(shown) == ("caption", "caption")
    spoken = "Photos: the sheriff asked his men to hide captions. " + MORE_TEXT * 8
    assert kind_of(spoken)[0] == "body"


@pytest.mark.parametrize(
    ("label", "caption"),
    [
        ("Enlarge this image toggle caption", "Ann Poe/Getty Images"),
        ("Image copyright Reuters Image caption", "The jail stands on a hill"),
        ("Media playback is unsupported on your device Media caption", "The jail by night"),
        ("Hide caption", "Ann Poe stands at the jail with a flag."),
        ("CLOSE", "The jail stands empty, and nobody knows why. Daily Example"),
    ],
)
def test_what_a_page_puts_before_a_caption_is_furniture(label, caption):
    text = f"{LEAD}\n\n{label} {caption}\n\n{MORE_TEXT}"
    found = [(text[b.start : b.end], b.kind) for b in mark_blocks(text) if b.paragraph == 1]
    assert found == [(label, "furniture"), (caption, "caption")]


@pytest.mark.parametrize(
    "line",
    [
        "Click, went the lock of the old jail, and the sheriff stood in the rain.",
        "He asked reporters to read more: nobody, he said, knows the law.",
        "The sheriff contributed to this report of the council, its chairman said, for many months.",
        "By Monday the council had not answered him.",
        "By The Way, a song, was sung.",
        "More: that is what the council wants, and what the sheriff will not give.",
        "NATO and the FBI and ICE and CBP and DHS sent people to the meeting.",
        "He held up a photo of the jail.",
        "SEE YOU IN COURT, THE SAFETY OF OUR TOWN IS AT STAKE!",
        "The council said it would subscribe to no such view.",
        "DACA — the programme — was not on the list.",
        "Advertisement of the post took a week.",
        "The copyright of the plans lies with the county.",
    ],
)
def test_ordinary_sentences_are_the_article(line):
    assert kind_of(line) == ("body", "")


def test_a_byline_that_begins_a_paragraph_is_cut_from_it():
    assert kinds(f"(Ann Poe, Daily Example) {LEAD}\n{MORE_TEXT}")[:2] == [
        ("(Ann Poe, Daily Example)", "furniture", "byline"),
        (LEAD, "body", ""),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "NEW YORK (Reuters) -",
        "Washington (CNN) —",
        "(CNN)",
        "WASHINGTON —",
        "SMALLVILLE, Texas –",
        "BIG RAPIDS, N.M. --",
        "ST. LOUIS/NEW YORK (Reuters) -",
    ],
)
def test_a_dateline_is_cut_from_its_paragraph(dateline):
    assert kinds(f"{dateline} {LEAD}")[:2] == [(dateline, "furniture", "dateline"), (LEAD, "body", "")]


def test_an_acronym_before_a_dash_is_no_dateline():
    text = "ICE — as it is called — sent nobody to the meeting of the council."
    assert kinds(text) == [(text, "body", "")]


def test_headline_and_decks_stand_before_the_lead():
    text = f"New Sheriff, Crowded Jail, County Council\n\n‘It Leaks’\n\nThe vote will be in the spring.\n\n{LEAD}\n\n{MORE_TEXT}"
    assert [kind for _, kind, _ in kinds(text)] == ["headline", "headline", "headline", "body", "body"]


def test_a_short_first_sentence_is_the_lead_when_the_next_goes_on_from_it():
    text = f"New Sheriff, Crowded Jail, County Council\n\nNobody likes a roof that leaks.\n\n{MORE_TEXT}"
    assert [kind for _, kind, _ in kinds(text)] == ["headline", "body", "body"]


def test_the_label_of_a_summary_is_no_headline():
    text = f"Story highlights Sheriff asks for a new jail\n\nCouncil will vote in spring\n\n{LEAD}"
    assert [(kind, reason) for _, kind, reason in kinds(text)] == [
        ("furniture", "page_code"),
        ("headline", ""),
        ("headline", ""),
        ("body", ""),
    ]


def test_an_article_that_begins_with_a_sentence_has_no_headline():
    assert [kind for _, kind, _ in kinds(f"{LEAD}\n{MORE_TEXT}")] == ["body", "body"]


def test_a_line_that_equals_the_title_is_the_headline_even_without_a_blank_line():
    assert kinds(f"The jail leaks.\n{LEAD}", title="The Jail Leaks")[0] == ("The jail leaks.", "headline", "")


def test_a_headline_printed_twice_counts_once():
    text = f"Sheriff Wants New Jail\n\nSheriff wants new jail\n\n{LEAD}"
    assert [(kind, reason) for _, kind, reason in kinds(text)] == [
        ("headline", ""),
        ("furniture", "repeat"),
        ("body", ""),
    ]


def test_a_caption_printed_twice_counts_once():
    caption = "FILE - The jail stands empty in Smallville, Calif. (AP Photo/Ann Poe)"
    assert [reason for _, _, reason in kinds(f"{caption}\n{caption}\n{LEAD}")] == ["caption", "repeat", ""]


def test_a_headline_between_paragraphs_is_a_headline():
    assert kind_of("A leaking roof") == ("headline", "")
    assert kind_of("‘LEAKS’") == ("headline", "")


def test_lines_that_are_broken_sentences_are_the_article():
    text = f"The sheriff, who was born in the county and knows it,\n\nasked for money. He\n\ngot none.\n\n{LEAD}"
    assert {kind for _, kind, _ in kinds(text)} == {"body"}


def test_a_quotation_set_apart_that_the_text_holds_too_is_a_pull_quote():
    said = "Nobody should have to sleep under a roof that leaks,"
    text = f'{LEAD}\n"Nobody should have to sleep under a roof that leaks."\n"{said}" he said, "and nobody will."'
    assert kinds(text)[1][1:] == ("furniture", "pull_quote")
    assert kinds(text)[2][1:] == ("body", "")


def test_a_sentence_set_apart_that_a_paragraph_holds_is_a_pull_quote_wherever_it_stands():
    sentence = "Nobody in the county has slept under a dry roof since May."
    text = f"{LEAD}\n\n{sentence}\n\n{MORE_TEXT}\n\nHe was clear. {sentence} That must end."
    assert [reason for _, _, reason in kinds(text)] == ["", "pull_quote", "", ""]


def test_a_quotation_that_says_who_spoke_is_the_article_though_its_words_return():
    text = f"{LEAD}\n“The old roof leaks every night,” he said.\n“The old roof leaks every night,” as the sheriff says, is true."
    assert {kind for _, kind, _ in kinds(text)} == {"body"}


def test_a_post_embedded_after_it_was_quoted_is_the_repeat():
    said = "The old roof leaks every single night and nobody cares!"
    text = f"“{said}” he wrote.\n{said} — Bob Roe (@bobroe) May 1, 2020\n{LEAD}"
    assert [reason for _, _, reason in kinds(text)] == ["", "repeat", ""]


@pytest.mark.parametrize(
    ("name", "link", "rest"),
    [
        ("Rep. Ann Poe", "Ann Lee PoePoe says no to new jail Ten jails to watch MORE", "(D-Calif.) left early."),
        ("Rep. Ann McPoe", "Ann (Annie) Lee McPoeOvernight News: McPoe says no MORE", ", who left early, is back."),
        ("Ann Poe", "Ann PoeSenate says no MORE", "'s new jail leaks."),
        ("The president", "Robert Bob RoweCouncil says no MORE", "left early."),
        ("Secretary Ann Poe", "Ann PoeCouncil says no MORE", "left early."),
    ],
)
def test_links_run_into_a_sentence_are_cut_out_of_it(name, link, rest):
    before = "" if name.startswith("Secretary") else " "
    after = "" if rest[0] in ",'" else " "
    assert kinds(f"{name}{before}{link}{after}{rest}") == [
        (name, "body", ""),
        (link, "furniture", "link"),
        (rest, "body", ""),
    ]


def test_the_word_more_in_capitals_is_no_link():
    text = "We need MORE of it, Sen. McCormick Poe said, and MORE again."
    assert kinds(text) == [(text, "body", "")]


def test_a_credit_run_into_the_headline_is_a_caption():
    text = f"The council has been asked to hurry. | AP Photo Council divided on jail\n\n{LEAD}"
    assert [kind for _, kind, _ in kinds(text)] == ["caption", "headline", "body"]


def test_an_article_all_in_capitals_is_not_all_links():
    text = "\n".join([LEAD.upper().rstrip("."), MORE_TEXT.upper().rstrip("."), "AND SO ON IT WENT FOR HOURS"])
    assert all(kind != "furniture" for _, kind, _ in kinds(text))


@pytest.mark.parametrize(
    ("name", "counted", "furniture"),
    [
        ("000_4fca64529feaf6c8", 671, 64),
        ("001_12dd421cbd6692c4", 338, 13),
        ("002_ce0d26ec571f20d2", 381, 37),
        ("003_d0cf9d55a3beb83b", 924, 28),
        ("004_7825fdf5c2fab89f", 372, 0),
    ],
)
def test_the_demonstration_articles_count_as_they_do_by_hand(name, counted, furniture):
    text = (SEEDS / f"{name}.txt").read_text("utf-8")
    words = {"furniture": 0, "counted": 0}
    for block in mark_blocks(text):
        words["furniture" if block.kind == "furniture" else "counted"] += count_words(text[block.start : block.end])
    assert words == {"counted": counted, "furniture": furniture}


@pytest.mark.parametrize(
    "text",
    ['"' * 300_000, "A." * 150_000, "MORE Poe PoeAnn " * 20_000, "the same line again and again, said he\n" * 8_000],
)
def test_a_hostile_text_takes_no_longer_than_its_length(text):
    assert mark_blocks(text)[-1].end == len(text.rstrip())


@pytest.mark.parametrize("agency", ["Reuters", "Reuters Health"])
def test_an_agency_and_its_desk_open_a_paragraph_as_a_dateline(agency):
    line = f"NEW HAVEN ({agency}) - {LEAD}"
    assert kinds(line)[0] == (f"NEW HAVEN ({agency}) -", "furniture", "dateline")


@pytest.mark.parametrize(
    "line",
    [
        "[The sheriff] read the list aloud, and nobody in the room spoke for the whole of two minutes.",
        "Ann Poe is a nurse in the jail. She said that inmates follow her on the stairs and ask for water.",
        "At 9:40 the council met again to hear the sheriff, who had been late for the first of the two meetings.",
    ],
)
def test_sentences_that_look_like_furniture_are_the_article(line):
    assert kind_of(line)[0] == "body"


def test_a_quotation_signed_with_a_name_repeats_the_paragraph_that_has_it():
    said = "“The jail was never meant for so many people,” Poe said."
    pulled = "“The jail was never meant for so many people.” — Sheriff Ann Marie Poe"
    text = f"{LEAD}\n\n{said}\n\n{pulled}\n\n{MORE_TEXT}"
    assert [(kind, reason) for words, kind, reason in kinds(text) if words == pulled] == [("furniture", "pull_quote")]
    alone = f"{LEAD}\n\n{pulled}\n\n{MORE_TEXT}"
    assert all(kind == "body" for words, kind, _ in kinds(alone) if words == pulled)

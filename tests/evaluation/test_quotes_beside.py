"""The rivals of the quotes, and the table they stand in, on sentences made up for it."""

import pytest

from evaluation.quote_rivals import plain, rivals
from evaluation.quotes_beside import by_kind

TEXT = "“We will rebuild this bridge,” said Ann Lee.\nIt was cold.\n“They said no to us,” he said."


def test_the_plain_rule_takes_the_subject_of_the_nearest_verb_of_saying():
    found = plain(TEXT)
    assert [TEXT[start:end] for quote in found for start, end in quote.quoted] == [
        "We will rebuild this bridge,",
        "They said no to us,",
    ]
    assert [TEXT[quote.speaker_start : quote.speaker_end] for quote in found] == ["Ann Lee", "he"]


def test_textacy_finds_what_it_can():
    pytest.importorskip("textacy")
    found = rivals()["textacy"](TEXT)
    assert [TEXT[quote.speaker_start : quote.speaker_end] for quote in found] == ["Ann Lee", "he"]


def labelled(kind, speaker, start):
    return {
        "kind": "direct",
        "start": start,
        "end": start + 30,
        "direct_segments": [[start, start + 30]],
        "speaker_start": TEXT.index(speaker),
        "speaker_end": TEXT.index(speaker) + len(speaker),
        "speaker_type": kind,
        "cue_start": None,
    }


def test_speakers_are_counted_by_kind_and_only_found_ones_are_right():
    row = {
        "text": TEXT,
        "quotes": [labelled("name", "Ann Lee", 0), labelled("pronoun", "he said", TEXT.index("“They"))],
    }
    row["quotes"][0]["direct_segments"] = [[1, 29]]
    row["quotes"][1]["direct_segments"] = [[TEXT.index("They"), TEXT.index(",” he")]]
    assert by_kind([row], [plain(TEXT)]) == {"name": (1, 1), "nominal": (0, 0), "pronoun": (1, 1), "elsewhere": (0, 0)}
    assert by_kind([row], [[]])["name"] == (0, 1)

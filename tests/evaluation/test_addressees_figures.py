"""The figures for who is addressed count what they say they count."""

from evaluation.addressees import agree, around, labels, score
from pipeline.core.annotations import Quote


def quote(cue, told=(None, None)):
    return Quote(0, 9, "indirect", 0, cue_start=cue, cue_end=cue + 4, addressee_start=told[0], addressee_end=told[1])


def test_a_wrong_one_costs_precision_and_a_missed_one_recall():
    labelled = [[10, 14, 20, 30], [50, 54, 60, 70], [90, 94, None, None]]
    figures = score([(labelled, [quote(10, (20, 30)), quote(50), quote(90, (95, 99))])])
    assert figures == {"found": 50.0, "precision": 50.0, "recall": 50.0}


def test_words_agree_by_half():
    assert agree((0, 10), (0, 5))
    assert not agree((0, 10), (0, 4))


def test_every_label_is_a_span():
    rows = [row for article in labels().values() for row in article]
    assert len(rows) == 200
    assert all(cue < end for cue, end, _, _ in rows)
    assert all((start is None) == (last is None) for _, _, start, last in rows)


def test_a_label_stands_where_it_stood_in_its_paragraph_and_those_beside_it():
    text = "One.\n\nTwo is here.\n\n“No,” she told Ann Lee.\n\nFour.\n\nFive.\n"
    cue, name = text.index("told"), text.index("Ann Lee")
    passage, label = around(text, (cue, cue + 4, name, name + 7))
    assert passage == "Two is here.\n\n“No,” she told Ann Lee.\n\nFour."
    assert (passage[label[0] : label[1]], passage[label[2] : label[3]]) == ("told", "Ann Lee")
    first = text.index("One")
    assert around(text, (first, first + 3, None, None)) == ("One.\n\nTwo is here.", (0, 3, None, None))

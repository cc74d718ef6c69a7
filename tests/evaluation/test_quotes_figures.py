"""The figures of quotes: what is counted, on sentences made up for it."""

import pytest

from evaluation.quotes import Stretch, calibration_error, elsewhere
from pipeline.quotes.confidence import name_share, right_shares


def test_confidence_that_is_as_often_right_has_no_error():
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)


def test_error_is_how_far_confidence_and_share_lie_apart():
    assert calibration_error([(0.9, True), (0.9, False)]) == pytest.approx(0.4)
    assert calibration_error([]) == 0


@pytest.mark.parametrize(("speaker", "apart"), [(0, True), (12, False)])
def test_a_speaker_in_another_paragraph_is_elsewhere(speaker, apart):
    gold = Stretch(0, 3, "", None, {"start": 16, "end": 30, "speaker_start": speaker, "cue_start": None})
    assert elsewhere("Ann spoke.\nShe said “it is so now”", gold) is apart


def test_a_pronoun_that_is_surer_is_trusted_more():
    assert name_share(0.5) == name_share(0.55) < name_share(0.7) < name_share(0.9)
    assert name_share(0.95) == right_shares()["pronoun, alone"]
    assert all(0 <= share <= 1 for share in right_shares().values())

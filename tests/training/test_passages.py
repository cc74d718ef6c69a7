"""What is written down of judged pairs of passages."""

import numpy as np

from training.passages import BANDS, shares_about


def test_shares_about_an_odds_are_weighed_and_never_fall():
    odds = np.array([-9.0, -3.2, -3.2, 0.2, 0.3, 0.7, 5.0])
    same = np.array([0, 1, 0, 1, 0, 0, 1])
    stands_for = np.array([50, 1, 3, 3, 1, 1, 1])
    shares = dict(shares_about(odds, same, stands_for))
    assert len(shares) == len(BANDS) + 1
    assert list(shares) == sorted(shares)
    assert shares[-3.25] == 0.25
    assert shares[0.25] == 0.75
    # None of the band above is the same: it is not thought less likely for that.
    assert shares[0.75] == 0.75
    assert shares[1.5] == 1.0

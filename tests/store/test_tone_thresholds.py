"""The methods say from where on tone is shown."""

import re
from pathlib import Path

from store.queries.conditions import NEGATIVE_FROM, POSITIVE_FROM

METHODS = Path(__file__).parents[2] / "docs/methods.md"


def test_the_methods_name_the_probabilities_that_pages_use():
    said = re.search(
        r"shown as negative only where its probability is at least (\S+), as positive\s+from (\S+) on",
        METHODS.read_text("utf-8"),
    )
    assert said is not None
    assert tuple(map(float, said.groups())) == (NEGATIVE_FROM, POSITIVE_FROM)

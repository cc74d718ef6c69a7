"""The figures of ``identity`` on the second half of its articles, as a single look found them.

``python -m evaluation.identity --once test --write`` takes the look and writes ``identity_once.json``.
"""

from __future__ import annotations

from typing import Final

from evaluation.looks import Look

LOOK: Final = Look.at("test")
NAME: Final = LOOK.name

available, measure, cases = LOOK.available, LOOK.measure, LOOK.cases

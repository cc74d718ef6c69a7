"""The figures of ``identity`` on articles drawn when the first look at its second half had been taken.

``python -m evaluation.identity --once fresh --write`` takes the look and writes ``fresh_once.json``.
"""

from __future__ import annotations

from typing import Final

from evaluation.looks import Look

LOOK: Final = Look.at("fresh")
NAME: Final = LOOK.name

available, measure, cases = LOOK.available, LOOK.measure, LOOK.cases

"""The figures of ``identity`` on articles that speak of an administration or a president, as a single look found them.

``python -m evaluation.identity --once administrations --write`` takes the look and writes
``administrations_once.json``.
"""

from __future__ import annotations

from typing import Final

from evaluation.looks import Look

LOOK: Final = Look.at("administrations")
NAME: Final = LOOK.name

available, measure, cases = LOOK.available, LOOK.measure, LOOK.cases

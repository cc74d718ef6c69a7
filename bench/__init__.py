"""Measurements of speed, each a ratio against a named rival in the same run."""

import pipeline  # noqa: F401  says how many threads numpy's matrices may have, before any module reads numpy

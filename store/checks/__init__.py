"""Checks: how right the analyses are on this very corpus, from samples that people answer."""

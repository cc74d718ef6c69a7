"""Candidates of the rules in, the same weighed by small learned models out."""

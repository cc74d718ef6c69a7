"""Subjects of cues that the parse hangs on the wrong word."""

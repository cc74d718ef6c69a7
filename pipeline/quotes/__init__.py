"""A parsed text with mentions in, attributions out: what is said, by whom, after which cue."""

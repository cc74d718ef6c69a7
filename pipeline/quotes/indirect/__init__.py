"""Cues in, the spans of speech without quotation marks that they lead to out."""

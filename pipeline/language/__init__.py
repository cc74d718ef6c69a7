"""A text with quotes and mentions in; voice, tone, labels, noun phrases and cited sources out."""

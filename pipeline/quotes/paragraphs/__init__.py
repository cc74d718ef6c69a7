"""Speech that fills whole paragraphs: transcripts, interviews, dialogue, quoted letters and posts."""

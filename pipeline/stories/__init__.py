"""Articles in, those that tell the same event out, with the passages that tell the same fact."""

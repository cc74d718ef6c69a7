"""What is asked of the words of articles, and the index that answers."""

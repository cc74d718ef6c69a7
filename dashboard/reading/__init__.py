"""An article in, its text with margins, its side rail and its cards out."""

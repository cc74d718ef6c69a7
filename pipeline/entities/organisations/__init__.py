"""In: a parsed text and the names of people in it. Out: the organisations it names, found again by short forms."""

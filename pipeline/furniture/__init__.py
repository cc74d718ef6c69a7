"""The text of an article in, its blocks out: body, headline, caption, and furniture that is counted nowhere."""

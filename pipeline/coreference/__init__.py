"""Mentions of people in, the pronouns, titles and roles that stand for them out."""

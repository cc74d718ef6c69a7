"""Mentions in, how each is spoken of out: probabilities of negative, neutral and positive."""

"""Texts put right as they are read, with the way back to the characters they came from."""

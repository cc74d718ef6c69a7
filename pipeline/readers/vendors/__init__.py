"""Readers of downloads from news databases: many articles a file, each with its labels."""

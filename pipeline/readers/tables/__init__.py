"""Readers of tables and records: one article a row."""

"""Folders in, the names of what lies in them out."""

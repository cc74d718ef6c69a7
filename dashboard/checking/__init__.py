"""Checks on the page: planning one, answering it blind, what it found, and the sentence beside figures."""

"""Readers of saved pages, mails, web archives and PDF files."""

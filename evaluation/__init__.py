"""Accuracy, measured on texts that people have labelled, and held by floors."""

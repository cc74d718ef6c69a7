"""One snapshot of all tables: written beside the last, named by the manifest, read as it was when opened."""

"""What stands round every page: the address, the filter bar, the theme, notices, the open store, downloads."""

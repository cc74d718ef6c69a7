"""What files give away without saying it: columns by their cells, sites by their addresses."""

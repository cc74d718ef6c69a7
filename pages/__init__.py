"""The pages: each takes the filter, asks the store and draws."""

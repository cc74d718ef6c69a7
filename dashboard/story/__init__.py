"""The articles of a story in, the facts each tells and the quotes each cut short out."""

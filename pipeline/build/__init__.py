"""A plan of what is new or changed in, tables of the store out: annotates articles on one or many processes."""

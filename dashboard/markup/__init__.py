"""Values in, HTML that no article can break out: tags, blocks, tables, numbers and dates in words."""

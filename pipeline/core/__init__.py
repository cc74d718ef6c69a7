"""What every analysis stands on: annotations as plain values, parses, word lists, tables, spans, quotation marks."""

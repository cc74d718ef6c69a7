"""A parsed text in, its countries, states, counties, cities and boroughs out, with the bodies called by them."""

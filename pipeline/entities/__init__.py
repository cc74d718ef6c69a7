"""A parsed text in, its people, organisations and administrations out, each under one name."""

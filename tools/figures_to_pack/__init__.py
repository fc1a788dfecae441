"""Published figures into the tables of a country pack, one module a subject."""

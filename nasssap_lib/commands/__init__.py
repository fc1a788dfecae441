"""The command ``nasssap``: parses, calls one function, prints."""

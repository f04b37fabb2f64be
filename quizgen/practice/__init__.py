"""Practice in the terminal: what to ask next, what an answer tells, and what is remembered."""

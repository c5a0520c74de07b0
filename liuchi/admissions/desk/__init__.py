"""Pages of the desk: applications to check, who holds what, programmes, several at once."""

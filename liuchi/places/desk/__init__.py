"""The desk's pages of places."""

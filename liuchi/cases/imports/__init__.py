"""Imports of requests from another system's file, by a mapping that says what its columns mean."""

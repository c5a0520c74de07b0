"""Rhythm: what recurs, rosters, kept or missed."""

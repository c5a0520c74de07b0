"""Telling: leaflets, lessons, lists of services, live lectures."""

"""Rooms with equipment, booked by residents and units."""

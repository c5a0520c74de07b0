"""Places in an Excel sheet: one row a place."""

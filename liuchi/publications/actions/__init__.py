"""Every write of publications."""

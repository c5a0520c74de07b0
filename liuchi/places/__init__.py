"""Where one can go: stations, shops, corners, counters, rooms."""

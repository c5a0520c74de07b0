"""The demo place: loaded through the same actions as a real one, with made-up people and drawn pictures."""

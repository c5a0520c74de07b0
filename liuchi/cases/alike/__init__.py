"""Which reports may be one and the same: near each other, near in time, alike in words or matter, and why."""

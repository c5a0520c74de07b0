"""How far it is on foot, and which way."""

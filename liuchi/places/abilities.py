"""Who may do what in this app; read by people.access through kernel.access."""

ABILITIES: dict[str, dict[str, str]] = {}

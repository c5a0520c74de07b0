"""The desk's pages of what goes out: what is stuck, the texts, text messages, robots of groups."""

"""Me too (我也遇到了): joining a report that somebody else made, and following it."""

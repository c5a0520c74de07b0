"""Thanks: a double-entry ledger, rules over the journal, a shop window."""

"""Getting in: programmes, applications, terms, certificates."""

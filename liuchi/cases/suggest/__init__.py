"""Suggestion of the matter (事项建议): from a report's words to a matter of the catalogue, with a share and the words
that speak for it. A lexicon of our own from the first day; a linear model once enough cases are confirmed."""

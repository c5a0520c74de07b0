"""Hot topics (热点): open requests grouped by words and place, once a day."""

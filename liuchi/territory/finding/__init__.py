"""Finding: the area of a point, the words for a point, the place for some words."""

"""Division codes (行政区划代码) from the lists of the statistics office."""

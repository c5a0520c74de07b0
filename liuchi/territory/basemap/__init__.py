"""The base map: OpenStreetMap things drawn into vector tiles, all in one PMTiles file, shown without an outside server."""

"""OpenStreetMap files (.osm, .pbf): read, told apart, brought in as places and as the base map."""

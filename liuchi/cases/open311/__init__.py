"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2) under /open311/v2: services, reports and what became of them, in XML and
JSON. What the public may read of a request is settled in docs/decisions/0015-open-interfaces.md."""

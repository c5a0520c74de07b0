"""Keys of other programs: made and revoked at the desk, asked for by the API and by Open311."""

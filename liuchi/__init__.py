"""Liuchi 六尺: grassroots governance (基层治理) for streets and communities."""

"""Papers on the site: uploaded, read apart, reviewed beside their source, accepted or rejected."""

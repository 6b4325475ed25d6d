"""`/api/v1`: JSON for machines."""

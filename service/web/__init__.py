"""One FastAPI application with two faces: `api/` for machines, `console/` for officers."""

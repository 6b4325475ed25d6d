"""Pages for officers: plain HTML that works without a script, on a poor connection."""

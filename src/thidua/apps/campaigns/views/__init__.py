"""Pages of plans, their readings, and campaigns."""

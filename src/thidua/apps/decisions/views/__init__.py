"""Pages of decisions and proposals for those who run them; the public reads a signed decision elsewhere."""

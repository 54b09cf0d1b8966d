"""Hall 2: law as data. Packs of dated, cited rules in; judged facts, limits and reasons out."""

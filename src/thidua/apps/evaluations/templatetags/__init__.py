"""Template tags of the evaluations app."""

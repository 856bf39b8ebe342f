"""A run's report: one self-contained page."""

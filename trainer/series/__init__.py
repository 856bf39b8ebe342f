"""Trainings that belong together: sweeps and folds."""

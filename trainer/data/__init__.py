"""Labelled photos, as people have them."""

"""Keras networks, from pixels to every output of a bundle."""

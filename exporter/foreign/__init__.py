"""A Keras file that was not trained here: read, understood, and made into a run."""

"""From labelled photos to a run: recipes, features, heads, fine-tuning, calibration, with Keras."""

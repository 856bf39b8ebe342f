"""What a trained model is used for: the last word on its test photos, and answers for a competition."""

"""What a run reached: its history, figures, predictions, and how runs compare."""

"""Everything that learns: features, heads, gradient descent, distillation, calibration."""

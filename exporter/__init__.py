"""From a run to a bundle: converted to ONNX, quantised, proven against Keras, packed."""

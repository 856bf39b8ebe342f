"""The window: photos in, answers out, on the person's own machine."""

"""What the ground floor says, as templates: the window looks them up to say them in its own language."""

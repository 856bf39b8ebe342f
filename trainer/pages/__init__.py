"""What the pages of the data and of a run share: words, drawings, small pictures."""

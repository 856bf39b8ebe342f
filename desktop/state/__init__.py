"""What the window shows, without the window: photos, answers, counts, progress. Knows no widgets."""

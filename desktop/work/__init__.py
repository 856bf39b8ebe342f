"""What takes long: generators, each run on a thread of its own. Knows no widgets."""

"""Beyond one machine: the same answers by many workers, on Ray Data, with files through fsspec."""

"""What Whatsit's trainer, exporter and app share: bundles, runs, pixels, answers."""

__version__ = "0.1.0"

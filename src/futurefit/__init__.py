"""FutureFit: plan, challenge, approve, deliver and publish a council's savings programme."""

__version__ = "0.1.0"

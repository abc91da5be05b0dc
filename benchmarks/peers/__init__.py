"""What FutureFit is measured beside: the same figures, made in other ways."""

"""The web site: a thin shell of Django over the pure floors below it."""

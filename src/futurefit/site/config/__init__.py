"""How the site is set up, joined together and served."""

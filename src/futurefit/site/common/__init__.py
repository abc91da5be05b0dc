"""What every page of the site shares: its look, tables, forms, audience and cache."""

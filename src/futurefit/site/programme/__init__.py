"""The programme in words: themes, workstreams, projects and what the papers say about them."""

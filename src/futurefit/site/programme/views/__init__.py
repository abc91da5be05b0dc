"""The programme's pages, one module for each subject."""

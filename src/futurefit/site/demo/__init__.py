"""The reference programme, restated as data, and how it is loaded."""

"""What one person has before them: what waits, what they watch, their views, comments, days."""

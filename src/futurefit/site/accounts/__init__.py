"""Who may sign in, what they may do and where, and what they did."""

"""What makes a register a way of working: lifecycle, proof, months, milestones, risks, measures."""

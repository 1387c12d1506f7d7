"""What the register holds of a doctor, read for rules, forms and pages; nothing here writes."""

"""Tables on paper and as spreadsheets: every declared table (``people/tables``) prints and exports in the same way."""

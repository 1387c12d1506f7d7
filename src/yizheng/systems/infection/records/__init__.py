"""The kinds of records a hospital reports: fields as data, shapes, how a typed cell is read."""

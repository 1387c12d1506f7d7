"""Tags and filters of page templates: shell (parts), writing (data), fields (forms)."""

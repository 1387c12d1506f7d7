"""Public pages: HTTP only, without scripts, for anybody."""

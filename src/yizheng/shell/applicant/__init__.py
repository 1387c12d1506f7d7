"""The applicant's side: what she can apply for, her form, her cases; HTTP only."""

"""Rules of special qualifications: what all have in common, then one file a kind; pure, over a ``SpecialApplicant``."""

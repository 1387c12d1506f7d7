"""Rules for registering doctors: one rule a function, each with its article; pure, over an ``Applicant`` and a day."""

"""Special qualifications (专项资格), which registers of people have alike: granted, listed and ended beside a registration."""

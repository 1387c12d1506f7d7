"""Special qualifications (专项资格): what is read, granted and ended beside a registration."""

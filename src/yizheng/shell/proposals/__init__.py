"""The page of proposals (拟办), for every register."""

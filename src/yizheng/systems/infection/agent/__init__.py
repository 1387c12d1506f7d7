"""医院一侧的程序: packages wait in a folder until the city has answered; nothing here needs Django or a database."""

"""The commands of ./yizheng: start everything, test everything, verify everything."""

"""业务数据定期切片、打磨、验证: dated copies of the registers, each proven by its digest, its changes and a sample."""

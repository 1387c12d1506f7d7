"""与登记核对: what hospitals report beside what the registers say of them; nobody else has both."""

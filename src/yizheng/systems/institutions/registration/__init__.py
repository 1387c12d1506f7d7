"""执业登记: an institution enters the register and may practise."""

"""制证: the desk where certificates are printed, spoilt sheets are written off and deliveries recorded (行政许可法第四十四条)."""

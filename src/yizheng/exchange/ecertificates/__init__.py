"""市电子证照: certificates of the platform as the municipal platform of electronic certificates holds them (GB/T 36901 to 36906)."""

"""What building the API costs."""

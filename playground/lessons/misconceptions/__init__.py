"""What a mistake would have given: wrong laws, exercises that tell them apart, and the reply to a typed number."""

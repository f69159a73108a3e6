"""What a change would change before it is published, what must stay right, and trying the assistant out."""

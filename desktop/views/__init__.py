"""What is seen: widgets that paint the state and pass on what a person does."""

"""The school year on the screen: terms, holidays, closures planned and unexpected."""

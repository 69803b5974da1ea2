"""The templates of letters: what each says in each language, changed in the window or in Word."""

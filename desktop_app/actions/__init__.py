"""One verb a function: it reads, decides, writes, and says what it touched."""

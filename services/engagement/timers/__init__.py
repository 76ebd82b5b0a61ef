"""What is to happen at a certain time: rows that follow from the log, and commands of the owner to itself."""

"""Files that a reader drops in, what was recognised in them and the build that runs by itself out."""

"""The edges: HTTP, SQL, workers, command line, and the place where objects are built and joined."""

"""Pages of what is under seal: for the cleared alone, and the same empty page or none for everybody else."""

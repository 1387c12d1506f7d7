"""What can be done with a batch, one verb a module: pages, commands and jobs do nothing else."""

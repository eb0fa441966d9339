"""Stories: a view told in steps, each sentence with its documents."""

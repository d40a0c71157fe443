"""From claims to the sets of reports that are of one deal: strands, threads, blocks, clusters."""

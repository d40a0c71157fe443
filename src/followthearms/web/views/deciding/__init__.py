"""What an analyst looks at before deciding: a claim in the queue, a slot to correct, a merge or a split."""

"""What the frames find, sentence by sentence: candidates, composed, qualified, their parties on their sides."""

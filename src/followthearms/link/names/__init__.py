"""What the words of mentions refer to: parties, companies, people, outlets, places, equipment."""

"""What has a name: states, bodies, firms, persons and places."""

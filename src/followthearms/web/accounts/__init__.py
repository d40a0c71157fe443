"""Who asks: alone on a laptop whoever runs the program, in a team who has logged in; and what each may do.

Invariant: a request that would change something is taken only with the token of the page that it was sent from, and
only from a visitor whose role allows it; in a team nobody reads anything before logging in.
"""

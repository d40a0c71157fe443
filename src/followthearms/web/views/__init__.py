"""What templates show: functions from what the register answers to frozen values.

A room for each subject, with the same name under `routes` and `templates`; beside the rooms, what several of them show.
Invariant: nothing here knows the request or the framework.
"""

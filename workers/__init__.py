"""Thin Celery: bells that drain queues. What the stages do is in `service.flow`."""

"""The Celery application: two queues of bells, and beat's schedule."""

from celery import Celery
from kombu.entity import Queue

from service import settings as environment
from service.doorbell import STALE_AFTER, transport_options
from service.flow import LANES

settings = environment.load()

# Sweeps between two clean-ups: about a minute.
CLEAN_UP_EVERY = 20
# Sweeps between two looks for a hand-over.
BRIEF_EVERY = 5
# Sweeps between two looks into the mailbox: half a minute.
LISTEN_EVERY = 10

app = Celery("tocsin", broker=settings.broker, include=["workers.tasks"])
app.conf.update(
    task_queues=[Queue(lane) for lane in LANES],
    task_default_queue="alarm",
    task_ignore_result=True,
    task_default_expires=STALE_AFTER,
    broker_transport_options=transport_options(),
    broker_connection_retry_on_startup=True,
    # The broker is a doorbell: nothing on it is worth waiting for when it is gone.
    broker_connection_max_retries=None,
    worker_prefetch_multiplier=1,
    # Without a word on it Celery warns at every loss of the broker.
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    timezone="UTC",
    beat_schedule={
        "sweep": {
            "task": "tocsin.sweep",
            "schedule": settings.sweep_every,
            # A sweep that waited longer than the interval is one too many.
            "options": {"queue": "alarm", "expires": max(1.0, settings.sweep_every)},
        },
        "brief": {
            "task": "tocsin.brief",
            "schedule": settings.sweep_every * BRIEF_EVERY,
            "options": {"queue": "alarm", "expires": settings.sweep_every * BRIEF_EVERY},
        },
        "clean_up": {
            "task": "tocsin.clean_up",
            "schedule": settings.sweep_every * CLEAN_UP_EVERY,
            "options": {"queue": "intake", "expires": settings.sweep_every * CLEAN_UP_EVERY},
        },
        "listen": {
            "task": "tocsin.listen",
            "schedule": settings.sweep_every * LISTEN_EVERY,
            "options": {"queue": "intake", "expires": settings.sweep_every * LISTEN_EVERY},
        },
    },
)

"""Tocsin: reads feeds, finds people in danger, rings until someone answers.

    feed → report → signal → incident → alert → notification → acknowledgement

    feeds/          bytes → items
    reports/        item → report: plain text, fingerprint
    signals/        text → signals, with the words of languages/ and the names of places/
    incidents/      signals → incidents: figures, alert level
    alerts/         what to send, to whom, when, why
    notifications/  alert → message → channel
    flow/           the six stages that carry it along, each a queue in the database
    answers/        what people answer by mail and SMS, read
    desk/           what people do to alerts, incidents, rotations

What judges is pure and meets in judgement.py; what does is thin and lives in flow/ and desk/.
"""

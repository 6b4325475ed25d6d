# One image for every service of docker-compose.yml; which one it is, is its command.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY service ./service
COPY workers ./workers
RUN pip install --no-deps --no-build-isolation . \
 && useradd --system --uid 10001 --create-home tocsin
USER tocsin

EXPOSE 8470
ENTRYPOINT ["tocsin"]
CMD ["web"]

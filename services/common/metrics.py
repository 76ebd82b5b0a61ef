"""Metrics of a process, in the format of Prometheus. Names start with `shopbell_`; times are in seconds."""

from collections.abc import Sequence

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
LATENCY_SECONDS = (0.001, 0.002, 0.004, 0.008, 0.012, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

registry = CollectorRegistry()
ProcessCollector(namespace="shopbell", registry=registry)


def counter(name: str, help_text: str, labels: Sequence[str] = ()) -> Counter:
    return Counter(f"shopbell_{name}", help_text, labels, registry=registry)


def gauge(name: str, help_text: str, labels: Sequence[str] = ()) -> Gauge:
    return Gauge(f"shopbell_{name}", help_text, labels, registry=registry)


def histogram(
    name: str, help_text: str, labels: Sequence[str] = (), buckets: Sequence[float] = LATENCY_SECONDS
) -> Histogram:
    return Histogram(f"shopbell_{name}", help_text, labels, buckets=buckets, registry=registry)


def exposition() -> bytes:
    """All metrics as text, for /metrics."""
    return generate_latest(registry)

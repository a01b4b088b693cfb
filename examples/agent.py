#!/usr/bin/env python3
"""Posts load, memory and disk usage of this machine to Tocsin. Python 3.8 or newer, standard library only.

Settings: TOCSIN_URL, TOCSIN_SOURCE, TOCSIN_INTERVAL (seconds), TOCSIN_TOKEN. `--once` posts one reading and exits.
"""
import datetime
import json
import os
import random
import shutil
import socket
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("TOCSIN_URL", "http://127.0.0.1:8642").rstrip("/") + "/api/anomaly/metrics/batch"
# Not the bare hostname: that is the source of Tocsin's own host agent, and both would write to the same series.
SOURCE = os.environ.get("TOCSIN_SOURCE", socket.gethostname() + "-python")
INTERVAL = float(os.environ.get("TOCSIN_INTERVAL", "15"))
TOKEN = os.environ.get("TOCSIN_TOKEN")
TIMEOUT_SECONDS = 5
MAX_WAIT_SECONDS = 60


def memory_percent():
    """Linux only; None elsewhere."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            kib = {name: int(rest.split()[0]) for name, rest in (line.split(":") for line in lines)}
    except OSError:
        return None
    return round(100 * (1 - kib["MemAvailable"] / kib["MemTotal"]), 1)


def reading():
    disk = shutil.disk_usage(os.sep)
    values = {
        "LOAD": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "MEMORY": memory_percent(),
        "DISK": round(100 * disk.used / (disk.used + disk.free), 1),
    }
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    return [
        {"source": SOURCE, "metric_type": name, "value": value, "recorded_at": now}
        for name, value in values.items()
        if value is not None
    ]


def attempt(body, key):
    """Returns the status, 0 if there was no answer, and the seconds after which Tocsin wants to be asked again."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if TOKEN:
        headers["Authorization"] = "Bearer " + TOKEN
    try:
        with urllib.request.urlopen(urllib.request.Request(URL, body, headers), timeout=TIMEOUT_SECONDS) as answer:
            return answer.status, 0
    except urllib.error.HTTPError as error:
        retry_after = error.headers.get("Retry-After", "")
        return error.code, int(retry_after) if retry_after.isdigit() else 0
    except (OSError, ValueError):
        return 0, 0


def post(samples):
    """Retries until Tocsin has answered. All attempts carry the same key, so a batch whose answer got lost is stored once."""
    body, key, wait = json.dumps(samples).encode(), str(uuid.uuid4()), 1
    while True:
        status, retry_after = attempt(body, key)
        if 200 <= status < 300:
            return True
        if 0 < status < 500 and status not in (408, 429):
            # The batch itself is at fault: sending it again would not help.
            print("agent.py: Tocsin refused the batch with status", status, file=sys.stderr)
            return False
        # Tocsin is away or overloaded. The jitter keeps many agents from coming back at the same moment.
        time.sleep(max(retry_after, wait * random.uniform(0.5, 1)))
        wait = min(2 * wait, MAX_WAIT_SECONDS)


if __name__ == "__main__":
    try:
        if "--once" in sys.argv:
            sys.exit(0 if post(reading()) else 1)
        while True:
            post(reading())
            time.sleep(INTERVAL)
    except KeyboardInterrupt:
        pass

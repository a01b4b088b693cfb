#!/bin/sh
# Posts load, memory and disk usage of this machine to Tocsin. Needs a POSIX shell, awk and curl.
# Settings: TOCSIN_URL, TOCSIN_SOURCE, TOCSIN_INTERVAL (seconds), TOCSIN_TOKEN. `--once` posts one reading and exits.
set -eu
export LC_ALL=C

url=${TOCSIN_URL:-http://127.0.0.1:8642}
# Not the bare hostname: that is the source of Tocsin's own host agent, and both would write to the same series.
source=${TOCSIN_SOURCE:-$(uname -n)-sh}
interval=${TOCSIN_INTERVAL:-15}

load() { uptime | sed 's/.*load averages\{0,1\}: *//; s/[, ].*//'; }
# Linux only: other systems have no /proc/meminfo, and the sample is left out.
memory() {
  [ ! -r /proc/meminfo ] || awk '
    /^MemTotal:/ { total = $2 } /^MemAvailable:/ { free = $2 }
    END { printf "%.1f", 100 * (total - free) / total }' /proc/meminfo
}
disk() { df -P / | awk 'NR == 2 { print $5 + 0 }'; }

# One JSON object, or nothing if there is no value. The unit of MEMORY and DISK (%) is known to Tocsin.
sample() {
  [ -z "$2" ] || printf '{"source":"%s","metric_type":"%s","value":%s,"recorded_at":"%s"}\n' "$source" "$1" "$2" "$now"
}

reading() {
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  { sample LOAD "$(load)"; sample MEMORY "$(memory)"; sample DISK "$(disk)"; } | paste -s -d , - | sed 's/.*/[&]/'
}

# Prints the status of the answer, 000 if there was none. The token goes through stdin, because `ps` shows arguments.
attempt() {
  { [ -z "${TOCSIN_TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$TOCSIN_TOKEN"; } |
    curl --config - --silent --max-time 5 --output /dev/null --write-out '%{http_code}' \
      --header 'Content-Type: application/json' --header "Idempotency-Key: $2" --data "$1" \
      "$url/api/anomaly/metrics/batch" || true
}

# Retries until Tocsin has answered. All attempts carry the same key, so a batch whose answer got lost is stored once.
post() {
  key="$source-$$-$(date +%s)"
  wait=1
  while :; do
    status=$(attempt "$1" "$key")
    case $status in
      2??) return 0 ;;
      000 | 408 | 429 | 5??) # Tocsin is away or overloaded: try later, at most once a minute.
        sleep "$wait"
        wait=$((wait < 30 ? wait * 2 : 60))
        ;;
      *) # The batch itself is at fault: sending it again would not help.
        echo "agent.sh: Tocsin refused the batch with status $status" >&2
        return 1
        ;;
    esac
  done
}

if [ "${1:-}" = --once ]; then
  post "$(reading)"
  exit
fi
while :; do
  post "$(reading)" || true
  sleep "$interval"
done

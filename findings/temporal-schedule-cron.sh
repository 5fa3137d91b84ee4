#!/usr/bin/env bash
# Temporal server 1.29.1 (CLI 1.5.1): a schedule's cron expression is not what cron(8), or the same server's cron workflows, take it for.
#
# Needs Go, and Python 3 for reading JSON. Builds the CLI, which holds a development server: minutes where Go's build cache is empty.
# Guess: "0 3 1 * 1" runs on the 1st of the month and on Mondays, as crontab(5) says of a restricted day of the month and day of the week; "0 3 * * 1#1"
#   is the first Monday of the month, as in Quartz and many libraries, or is refused, as L, W and ? are; with six fields the first are the seconds.
# Seen: a schedule wants both days: "0 3 1 * 1" runs on a 1st that is a Monday, one to three times a year. A workflow that the same server starts with the
#   same text as its cron runs on either. A "#" begins a comment even inside a field, so "0 3 * * 1#1" is every Monday. With six fields the last is the
#   year, so "0 0 3 * * *" is midnight of the 3rd of each month; only with seven fields are the first the seconds. None of it is an error.
# Output seen (on 1 December 2026):
#   schedule "0 3 1 * 1": 2027-02-01 03:00 Mon, 2027-03-01 03:00 Mon, 2027-11-01 03:00 Mon, 2028-05-01 03:00 Mon
#   workflow "0 3 1 * 1": within a week
#   schedule "0 3 * * 1#1": 2026-12-07 03:00 Mon, 2026-12-14 03:00 Mon, 2026-12-21 03:00 Mon, 2026-12-28 03:00 Mon
#   schedule "0 0 3 * * *": 2026-12-03 00:00 Thu, 2027-01-03 00:00 Sun, 2027-02-03 00:00 Wed, 2027-03-03 00:00 Wed
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" || true; rm -rf "$folder"' EXIT
cd "$folder"
CGO_ENABLED=0 GOBIN="$folder" go install github.com/temporalio/cli/cmd/temporal@v1.5.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
./temporal server start-dev --headless --port "$port" --log-level never > server.log 2>&1 &
server=$!
export TEMPORAL_ADDRESS=127.0.0.1:$port
for _ in $(seq 120); do
  ./temporal operator cluster health > health.log 2>&1 && break
  sleep 1
done
number=0
for cron in "0 3 1 * 1" "0 3 * * 1#1" "0 0 3 * * *"; do
  number=$((number + 1))
  ./temporal schedule create --schedule-id "schedule-$number" --cron "$cron" --type nothing --task-queue nobody --paused > create.log
  ./temporal schedule describe --schedule-id "schedule-$number" -o json > "schedule-$number.json"
done
./temporal workflow start --workflow-id cron --cron "0 3 1 * 1" --type nothing --task-queue nobody > start.log 2>&1
./temporal workflow describe --workflow-id cron -o json > workflow.json
cat > read.py <<'END'
import json
from datetime import datetime, timedelta, timezone


def time(text):
    return datetime.fromisoformat(text[:19] + "+00:00")


def show(number, cron):
    with open(f"schedule-{number}.json") as file:
        times = [time(text) for text in json.load(file)["info"]["futureActionTimes"]]
    print(f'schedule "{cron}":', ", ".join(when.strftime("%Y-%m-%d %H:%M %a") for when in times[:4]))
    return times


MONDAY = 0
both = show(1, "0 3 1 * 1")
with open("workflow.json") as file:
    first = time(json.load(file)["workflowExecutionInfo"]["executionTime"])
within = first - datetime.now(timezone.utc) <= timedelta(days=7, hours=1)
print('workflow "0 3 1 * 1":', "within a week" if within else first)
weekly = show(2, "0 3 * * 1#1")
monthly = show(3, "0 0 3 * * *")
assert all(when.day == 1 and when.weekday() == MONDAY for when in both)
assert within
assert all(later - earlier == timedelta(days=7) for earlier, later in zip(weekly, weekly[1:]))
assert all(when.day == 3 and when.hour == 0 for when in monthly)
END
python3 read.py

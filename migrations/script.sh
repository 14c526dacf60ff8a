#!/usr/bin/env bash
# Prints the SQL that brings a database to the newest migration: migrations/script.sh Sqlite|PostgreSql|SqlServer [--no-build]
# For PostgreSQL and SQL Server it may be run on a database of any earlier version; EF Core has no such script for SQLite,
# there it is for an empty database.
set -euo pipefail
cd "$(dirname "$0")/.."
provider=${1:-}
case $provider in
  PostgreSql | SqlServer) kind=--idempotent ;;
  Sqlite) kind= ;;
  *) echo "usage: migrations/script.sh Sqlite|PostgreSql|SqlServer [--no-build]" >&2; exit 2 ;;
esac

project=migrations/JinshanBio.Crm.Migrations.$provider
if [ "${2:-}" != --no-build ]; then dotnet build "$project" -v q -nologo -clp:NoSummary >&2; fi
output=$(mktemp)
trap 'rm -f "$output"' EXIT
dotnet ef migrations script $kind --project "$project" --startup-project "$project" --context CrmDb --no-build --output "$output" >&2
cat "$output"

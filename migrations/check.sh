#!/usr/bin/env bash
# Fails when the model of a database has changed without a migration, or its SQL script cannot be generated.
# Builds first, unless called as: migrations/check.sh --no-build
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore >/dev/null
scripts=$(mktemp -d)
trap 'rm -rf "$scripts"' EXIT
failed=0
for provider in Sqlite PostgreSql SqlServer; do
  project=migrations/JinshanBio.Crm.Migrations.$provider
  if [ "${1:-}" != --no-build ]; then dotnet build "$project" -v q -nologo -clp:NoSummary; fi

  if ! dotnet ef migrations has-pending-model-changes --no-build \
      --project "$project" --startup-project "$project" --context CrmDb >"$scripts/output" 2>&1; then
    cat "$scripts/output"
    echo "$provider: a migration is missing (migrations/add.sh NAME) or the check could not run"
    failed=1
  elif ! migrations/script.sh "$provider" --no-build >"$scripts/$provider.sql" 2>"$scripts/output" \
      || [ ! -s "$scripts/$provider.sql" ]; then
    cat "$scripts/output"
    echo "$provider: the SQL script cannot be generated"
    failed=1
  else
    echo "$provider: no pending model change; script of $(wc -l <"$scripts/$provider.sql") lines, $(wc -c <"$scripts/$provider.sql") bytes"
  fi
done
exit $failed

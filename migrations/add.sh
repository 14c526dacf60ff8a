#!/usr/bin/env bash
# Adds one migration of the given name for each database: migrations/add.sh AddParkFloors
set -euo pipefail
cd "$(dirname "$0")/.."
[[ ${1:-} =~ ^[A-Z][A-Za-z0-9]+$ ]] || { echo "usage: migrations/add.sh NAME   (PascalCase, such as AddParkFloors)" >&2; exit 2; }

dotnet tool restore
for provider in Sqlite PostgreSql SqlServer; do
  project=migrations/JinshanBio.Crm.Migrations.$provider
  dotnet build "$project" -v q -nologo -clp:NoSummary
  echo "== $provider"
  dotnet ef migrations add "$1" --no-build --project "$project" --startup-project "$project" --context CrmDb
done

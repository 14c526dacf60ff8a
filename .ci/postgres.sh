# Starts a throw-away PostgreSQL on a free loopback port and exports CRM_TEST_POSTGRES. Source it: source .ci/postgres.sh
# It ends and is deleted with the shell, or earlier by crm_postgres_stop. A CRM_TEST_POSTGRES that is already set is kept.

crm_postgres_as_owner() {
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    (cd / && "$@")
  fi
}

crm_postgres_bin() {
  local bin
  for bin in /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null)"; do
    [ -x "$bin/initdb" ] && { echo "$bin"; return 0; }
  done
  return 1
}

crm_postgres_start() {
  local bin port attempt
  bin=$(crm_postgres_bin) || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql-15)" >&2; return 1; }
  if [ "$(id -u)" -eq 0 ] && ! id postgres >/dev/null 2>&1; then
    useradd --system --no-create-home --shell /usr/sbin/nologin postgres || return 1
  fi

  CRM_POSTGRES_BIN=$bin
  CRM_POSTGRES_DIR=$(mktemp -d /tmp/crm-postgres.XXXXXX) || return 1
  [ "$(id -u)" -ne 0 ] || chown postgres "$CRM_POSTGRES_DIR"

  if ! crm_postgres_as_owner "$bin/initdb" -D "$CRM_POSTGRES_DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
      >"$CRM_POSTGRES_DIR/initdb.log" 2>&1; then
    cat "$CRM_POSTGRES_DIR/initdb.log" >&2
    crm_postgres_stop
    return 1
  fi
  cat >>"$CRM_POSTGRES_DIR/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$CRM_POSTGRES_DIR'
max_connections = 200
fsync = off
full_page_writes = off
synchronous_commit = off
CONF

  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    port=$((15000 + RANDOM % 15000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    if crm_postgres_as_owner "$bin/pg_ctl" start -w -D "$CRM_POSTGRES_DIR/data" -l "$CRM_POSTGRES_DIR/data/server.log" \
        -o "-p $port" </dev/null >/dev/null 2>&1; then
      export CRM_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Include Error Detail=true"
      return 0
    fi
  done
  cat "$CRM_POSTGRES_DIR/data/server.log" >&2
  crm_postgres_stop
  return 1
}

crm_postgres_stop() {
  [ -n "${CRM_POSTGRES_DIR:-}" ] || return 0
  if [ -f "$CRM_POSTGRES_DIR/data/postmaster.pid" ]; then
    crm_postgres_as_owner "$CRM_POSTGRES_BIN/pg_ctl" stop -m immediate -D "$CRM_POSTGRES_DIR/data" >/dev/null 2>&1 || true
  fi
  rm -rf "$CRM_POSTGRES_DIR"
  unset CRM_POSTGRES_DIR CRM_POSTGRES_BIN CRM_TEST_POSTGRES
}

if [ -z "${CRM_TEST_POSTGRES:-}" ]; then
  trap crm_postgres_stop EXIT
  if crm_postgres_start; then echo "CRM_TEST_POSTGRES=$CRM_TEST_POSTGRES"; fi
fi

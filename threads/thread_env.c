// SPDX-License-Identifier: MIT
// Variables are kept in tables that are never written once two environments use them: a copy costs a reference. The environment of the
// process is read from the system whenever it is copied after a change; its lock also keeps two threads from setenv and getenv at once.
// Tests: tests/threads/env.js.
#include "threads/thread_env.h"

#include <stdatomic.h>
#include <uv.h>

#include "base/platform.h"
#include "base/sync.h"
#include "base/vec.h"

typedef struct Variable {
  char *name, *value;
} Variable;

typedef struct Table {
  _Atomic u32 refs;
  VEC(Variable) variables;
} Table;

struct ThreadEnv {
  _Atomic u32 refs;
  bool is_process;
  Mutex mutex;
  Table *table; // of the process: the last copy, NULL once it is old
};

static ThreadEnv process_env = {.refs = 1, .is_process = true, .mutex = MUTEX_INIT};

static char *copy_string(const char *s) {
  size_t size = strlen(s) + 1;
  char *copy = base_alloc(size);
  memcpy(copy, s, size);
  return copy;
}

// ---- Tables ----

static Table *table_new(void) {
  Table *table = base_alloc_zeroed(sizeof *table);
  atomic_init(&table->refs, 1);
  return table;
}

static void table_release(Table *table) {
  if (!table || atomic_fetch_sub(&table->refs, 1) != 1) return;
  for (u32 i = 0; i < table->variables.len; i++) {
    base_free(table->variables.data[i].name);
    base_free(table->variables.data[i].value);
  }
  vec_free(&table->variables);
  base_free(table);
}

static void table_add(Table *table, const char *name, const char *value) {
  vec_push(&table->variables, (Variable){copy_string(name), copy_string(value)});
}

static Variable *table_find(const Table *table, const char *name) {
  for (u32 i = 0; i < table->variables.len; i++) {
    if (strcmp(table->variables.data[i].name, name) == 0) return &table->variables.data[i];
  }
  return NULL;
}

static Table *table_of_process(void) {
  Table *table = table_new();
  uv_env_item_t *items;
  int count;
  if (uv_os_environ(&items, &count)) return table;
  for (int i = 0; i < count; i++) table_add(table, items[i].name, items[i].value);
  uv_os_free_environ(items, count);
  return table;
}

// ---- Environments ----

bool thread_env_is_process(const ThreadEnv *environment) { return environment->is_process; }

// With the lock.
static Table *current_table(ThreadEnv *e) {
  if (!e->table) e->table = e->is_process ? table_of_process() : table_new();
  return e->table;
}

// With the lock: a table that nobody else reads.
static Table *own_table(ThreadEnv *e) {
  Table *old = current_table(e);
  if (atomic_load(&old->refs) == 1) return old;
  Table *table = table_new();
  for (u32 i = 0; i < old->variables.len; i++) table_add(table, old->variables.data[i].name, old->variables.data[i].value);
  table_release(old);
  return e->table = table;
}

static ThreadEnv *thread_env_with(Table *table) {
  ThreadEnv *e = base_alloc_zeroed(sizeof *e);
  atomic_init(&e->refs, 1);
  mutex_init(&e->mutex);
  e->table = table;
  return e;
}

ThreadEnv *thread_env_of_process(void) { return thread_env_retain(&process_env); }

ThreadEnv *thread_env_copy(ThreadEnv *from) {
  mutex_lock(&from->mutex);
  Table *table = current_table(from);
  atomic_fetch_add(&table->refs, 1);
  mutex_unlock(&from->mutex);
  return thread_env_with(table);
}

ThreadEnv *thread_env_new(const char *const *pairs, u32 count) {
  Table *table = table_new();
  for (u32 i = 0; i + 1 < count; i += 2) table_add(table, pairs[i], pairs[i + 1]);
  return thread_env_with(table);
}

ThreadEnv *thread_env_retain(ThreadEnv *e) {
  atomic_fetch_add_explicit(&e->refs, 1, memory_order_relaxed);
  return e;
}

void thread_env_release(ThreadEnv *e) {
  if (!e || atomic_fetch_sub(&e->refs, 1) != 1) return;
  table_release(e->table);
  e->table = NULL;
  if (e->is_process) return;
  mutex_destroy(&e->mutex);
  base_free(e);
}

// ---- Variables ----

// With the lock: what was read from the system is old.
static void forget_copy(ThreadEnv *e) {
  table_release(e->table);
  e->table = NULL;
}

char *thread_env_get(ThreadEnv *e, const char *name) {
  mutex_lock(&e->mutex);
  const Variable *v = e->is_process ? NULL : table_find(current_table(e), name);
  const char *found = e->is_process ? platform_env(name) : v ? v->value : NULL;
  char *copy = found ? copy_string(found) : NULL;
  mutex_unlock(&e->mutex);
  return copy;
}

void thread_env_set(ThreadEnv *e, const char *name, const char *value) {
  mutex_lock(&e->mutex);
  if (e->is_process) {
    (void)uv_os_setenv(name, value);
    forget_copy(e);
  } else {
    Table *table = own_table(e);
    Variable *v = table_find(table, name);
    if (v) {
      base_free(v->value);
      v->value = copy_string(value);
    } else {
      table_add(table, name, value);
    }
  }
  mutex_unlock(&e->mutex);
}

void thread_env_delete(ThreadEnv *e, const char *name) {
  mutex_lock(&e->mutex);
  if (e->is_process) {
    (void)uv_os_unsetenv(name);
    forget_copy(e);
  } else if (table_find(current_table(e), name)) {
    Table *table = own_table(e);
    Variable *v = table_find(table, name);
    base_free(v->name);
    base_free(v->value);
    u32 at = (u32)(v - table->variables.data);
    memmove(v, v + 1, (--table->variables.len - at) * sizeof *v);
  }
  mutex_unlock(&e->mutex);
}

char *thread_env_name(ThreadEnv *e, u32 n) {
  mutex_lock(&e->mutex);
  const Table *table = current_table(e);
  char *name = n < table->variables.len ? copy_string(table->variables.data[n].name) : NULL;
  mutex_unlock(&e->mutex);
  return name;
}

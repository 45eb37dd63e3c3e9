// SPDX-License-Identifier: MIT
// Who the process is: its user and groups, and becoming another program. What lib/internal/credentials.js asks, with checked arguments.
// Tests: tests/node/process/credentials.js.
#include <uv.h>

#include "base/platform.h"
#include "node/node_internal.h"
#include "vm/iterate.h"

// libuv's number of an errno; 0 stays.
static Value result_of(int error) { return value_from_int(error ? uv_translate_sys_error(error) : 0); }

static bool id_arg(Isolate *iso, Value v, u32 *id) {
  double d = value_is_number(v) ? value_number(v) : -1;
  if (!(d >= 0 && d <= UINT32_MAX)) return THROW(iso, RANGE, "An identifier was expected") != NULL;
  *id = (u32)d;
  return true;
}

// setId(PlatformId, id): 0 or an error
static Value set_id(Isolate *iso, const Call *call) {
  i32 which;
  u32 id = 0;
  TRY(binding_int(iso, call_arg(call, 0), &which));
  TRY(id_arg(iso, call_arg(call, 1), &id));
  if (which < PLATFORM_UID || which > PLATFORM_EGID) return THROW(iso, RANGE, "No such identifier"), VALUE_FAIL;
  return result_of(platform_set_id((PlatformId)which, id));
}

// find(name): its number; -1: there is none. magic 1: of a group
static Value find(Isolate *iso, const Call *call) {
  const char *name = TRY(binding_path(iso, call_arg(call, 0)));
  u32 id = 0;
  bool found = native_magic(call) ? platform_find_group(name, &id) : platform_find_user(name, &id);
  return found ? value_from_u32(id) : value_from_int(-1);
}

// userName(id): undefined: there is none
static Value user_name(Isolate *iso, const Call *call) {
  u32 id = 0;
  char name[512];
  TRY(id_arg(iso, call_arg(call, 0), &id));
  return platform_user_name(id, name, sizeof name) ? binding_string(iso, name) : VALUE_UNDEFINED;
}

static Value groups(Isolate *iso, const Call *call) {
  (void)call;
  IdVec ids = {0};
  JSObject *list = platform_groups(&ids) ? array_create(iso, 0) : THROW(iso, TYPE, "The system does not tell");
  for (u32 i = 0; list && i < ids.len; i++)
    if (!array_push_value(iso, list, value_from_u32(ids.data[i]))) list = NULL;
  vec_free(&ids);
  return list ? value_from_object(list) : VALUE_FAIL;
}

// setGroups(array of numbers): 0 or an error
static Value set_groups(Isolate *iso, const Call *call) {
  JSObject *list = TRY(create_list_from_array_like(iso, call_arg(call, 0)));
  IdVec ids = {0};
  bool ok = true;
  for (u32 i = 0; ok && i < (u32)array_length(list); i++) {
    u32 id = 0;
    ok = id_arg(iso, list_get(list, i), &id);
    if (ok) vec_push(&ids, id);
  }
  int error = ok ? platform_set_groups(ids.data, ids.len) : 0;
  vec_free(&ids);
  return ok ? result_of(error) : VALUE_FAIL;
}

// initGroups(user's name, group's number): 0 or an error
static Value init_groups(Isolate *iso, const Call *call) {
  u32 group = 0;
  const char *user = TRY(binding_path(iso, call_arg(call, 0)));
  TRY(id_arg(iso, call_arg(call, 1), &group));
  return result_of(platform_init_groups(user, group));
}

typedef VEC(char *) TextVec;

static void free_texts(TextVec *texts) {
  for (u32 i = 0; i < texts->len; i++) base_free(texts->data[i]);
  vec_free(texts);
}

static bool read_texts(Isolate *iso, Value v, TextVec *texts) {
  JSObject *list = TRY(create_list_from_array_like(iso, v));
  for (u32 i = 0; i < (u32)array_length(list); i++) {
    const char *text = TRY(binding_path(iso, list_get(list, i)));
    size_t size = strlen(text) + 1;
    vec_push(texts, base_alloc(size));
    memcpy(vec_last(texts), text, size);
  }
  vec_push(texts, NULL);
  return true;
}

// execute(path, arguments, environment): [errno, its text], or not at all
static Value execute(Isolate *iso, const Call *call) {
  const char *path = TRY(binding_path(iso, call_arg(call, 0)));
  TextVec args = {0}, environment = {0};
  bool ok = read_texts(iso, call_arg(call, 1), &args) && read_texts(iso, call_arg(call, 2), &environment);
  if (ok) fflush(stdout);
  int error = ok ? platform_execute(path, args.data, environment.data) : 0;
  free_texts(&args);
  free_texts(&environment);
  if (!ok) return VALUE_FAIL;
  char text[256];
  Value pair[] = {value_from_int(error), TRY(binding_string(iso, platform_error_text(error, text, sizeof text)))};
  return value_from_object(TRY(array_from_values(iso, pair, 2)));
}

static const NativeMethod methods[] = {
    {"setId", set_id, 2, 0},  {"findUser", find, 1, 0},        {"findGroup", find, 1, 1},         {"userName", user_name, 1, 0},
    {"groups", groups, 0, 0}, {"setGroups", set_groups, 1, 0}, {"initGroups", init_groups, 2, 0}, {"execute", execute, 3, 0},
};
const NodeBinding node_binding_credentials = {"credentials", methods, ARRAY_LEN(methods), NULL};

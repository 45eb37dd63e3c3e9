// SPDX-License-Identifier: MIT
// Any bytes as a serialised value, in the format of the wire and in that of messages inside the process. What can be read is written
// and read again in every mode; all ways must lead to the same bytes. Input: a byte of choices, the bytes.
#include "threads/clone_reader.h"
#include "vm/call.h"
#include "vm/error.h"

enum {
  RUNS_PER_ISOLATE = 2000,
  HEAP_MAX = 64 << 20,
  CHOICE_MESSAGE = 1,
  CHOICE_REFERENCES = 2,
  CHOICE_STORES = 4,
  CHOICE_STRESS = 8
};

static Host *host;
static u32 runs;

static void end_isolate(void) {
  if (!host) return;
  host_destroy(host);
  host = NULL;
}

static void begin_isolate(bool stress) {
  HostConfig config = {.heap_limit = HEAP_MAX, .gc_stress_period = stress ? 7 : 0};
  host = host_new(&config);
  CHECK(host);
  isolate_enter(host->iso);
  runs = 0;
}

// The leak checker does not look into the collector's blocks, and the isolate lives on between runs.
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "detect_leaks=0:detect_stack_use_after_return=0:allocator_may_return_null=1"; }

static void must_be_error(Isolate *iso) {
  Value exception = isolate_take_exception(iso);
  CHECK(exception && value_is_kind(exception, KIND_ERROR));
}

// What a message may carry beside its bytes.
static void add_stores(Message *message) {
  message_add_store(message, backing_store_new(16, 16, false, false));
  message_add_store(message, backing_store_new(8, 24, true, true));
  SharedText *narrow = shared_text_new(10, false), *wide = shared_text_new(5, true);
  memset(narrow->chars, 'x', 10);
  memset(wide->chars, 3, 10);
  message_add_text(message, narrow);
  message_add_text(message, wide);
}

static Message *message_of(const u8 *bytes, size_t size, u8 choices) {
  Message *message = message_new();
  CHECK(message && message_reserve(message, (u32)size));
  memcpy(message->bytes, bytes, size);
  message->size = (u32)size;
  message->has_references = choices & CHOICE_REFERENCES;
  if (choices & CHOICE_STORES) add_stores(message);
  return message;
}

static Value read_wire(Isolate *iso, const u8 *bytes, size_t size) {
  CloneReader r;
  clone_reader_init(&r, iso, CLONE_WIRE, NULL);
  clone_reader_set_bytes(&r, bytes, size);
  return clone_read_header(&r) ? clone_read_value(&r) : VALUE_FAIL;
}

static Message *write_wire(Isolate *iso, Value v) {
  CloneWriter w;
  Message *message = message_new();
  CHECK(message);
  clone_writer_init(&w, iso, CLONE_WIRE, message);
  if (clone_write_header(&w) && clone_write_value(&w, v)) {
    clone_writer_finish(&w);
    return message;
  }
  must_be_error(iso); // shared memory, too deep
  message_free(message);
  return NULL;
}

static void demand_same(Isolate *iso, Value v, const Message *expected) {
  if (!v) {
    must_be_error(iso);
    return;
  }
  Message *again = write_wire(iso, v);
  if (again) CHECK(again->size == expected->size && memcmp(again->bytes, expected->bytes, again->size) == 0);
  message_free(again);
}

static void check_value(Isolate *iso, Value v) {
  Message *first = write_wire(iso, v);
  if (!first) return;
  demand_same(iso, read_wire(iso, first->bytes, first->size), first);
  demand_same(iso, clone_value(iso, v, NULL, 0), first);
  Message *message = clone_serialize(iso, v, NULL, 0);
  if (message) demand_same(iso, clone_deserialize(iso, message, NULL), first);
  else must_be_error(iso);
  message_free(message);
  message_free(first);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
  if (!size) return 0;
  if (!host || runs++ == RUNS_PER_ISOLATE) {
    end_isolate();
    begin_isolate(data[0] & CHOICE_STRESS);
  }
  Isolate *iso = host->iso;
  Message *message = NULL;
  Value v;
  if (data[0] & CHOICE_MESSAGE) {
    message = message_of(data + 1, size - 1, data[0]);
    v = clone_deserialize(iso, message, NULL);
  } else {
    v = read_wire(iso, data + 1, size - 1);
  }
  if (v) check_value(iso, v);
  else must_be_error(iso);
  message_free(message);
  return 0;
}

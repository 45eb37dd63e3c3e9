// SPDX-License-Identifier: MIT
// Buffers over memory of the host's, detaching, shared memory, typed arrays.
#include "tests/api/host.h"

static int released;
static void release(void *memory, size_t size, void *data) {
  ck_assert_uint_eq(size, 8);
  ck_assert_ptr_eq(data, &released);
  (void)memory;
  released++;
}

START_TEST(host_memory) {
  WeftIsolate *w = isolate_make();
  unsigned char memory[8] = {1, 2, 3};
  released = 0;
  WeftValue buffer = weft_array_buffer(w, memory, sizeof memory, release, &released);
  ck_assert_int_eq(weft_kind(buffer), WEFT_ARRAY_BUFFER);
  ck_assert(weft_set_named(w, weft_global(w), "b", buffer));
  ck_assert_shows(w, eval(w, "u = new Uint8Array(b); u[7] = 9; u"), "1,2,3,0,0,0,0,9");
  ck_assert_int_eq(memory[7], 9);
  WeftBytes bytes;
  ck_assert(weft_bytes(eval(w, "u.subarray(2, 5)"), &bytes));
  ck_assert(bytes.data == memory + 2 && bytes.size == 3);
  ck_assert(weft_bytes(eval(w, "new DataView(b, 4)"), &bytes));
  ck_assert(bytes.data == memory + 4 && bytes.size == 4);
  ck_assert(!weft_bytes(weft_object(w), &bytes));
  WeftRelease give_back;
  void *data;
  ck_assert(weft_array_buffer_detach(w, buffer, &bytes, &give_back, &data));
  ck_assert(bytes.data == memory && bytes.size == 8 && released == 0);
  ck_assert_shows(w, eval(w, "[b.byteLength, u.length]"), "0,0");
  ck_assert(weft_bytes(buffer, &bytes) && bytes.size == 0);
  give_back(memory, 8, data);
  ck_assert_int_eq(released, 1);
  // Own memory, given away and taken back.
  buffer = weft_array_buffer(w, NULL, 16, NULL, NULL);
  ck_assert(weft_bytes(buffer, &bytes) && bytes.size == 16);
  ((char *)bytes.data)[3] = 7;
  ck_assert(weft_array_buffer_detach(w, buffer, &bytes, &give_back, &data));
  WeftValue again = weft_array_buffer(w, bytes.data, bytes.size, give_back, data);
  ck_assert(weft_set_named(w, weft_global(w), "c", again));
  ck_assert_shows(w, eval(w, "new Uint8Array(c)[3]"), "7");
  ck_assert(!weft_array_buffer_detach(w, weft_object(w), NULL, NULL, NULL));
  ck_assert_thrown(w, "TypeError: An ArrayBuffer was expected");
  weft_isolate_delete(w);
}
END_TEST

START_TEST(transferred_memory) {
  WeftIsolate *w = isolate_make();
  unsigned char memory[8] = {5};
  released = 0;
  ck_assert(weft_set_named(w, weft_global(w), "b", weft_array_buffer(w, memory, sizeof memory, release, &released)));
  ck_assert_shows(w, eval(w, "c = b.transfer(); [b.detached, new Uint8Array(c)[0]]"), "true,5");
  weft_isolate_delete(w);
  ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(shared) {
  unsigned char memory[8] = {0};
  released = 0;
  WeftSharedMemory *shared = weft_shared_memory_new(memory, sizeof memory, release, &released);
  WeftIsolate *isolates[3];
  for (int i = 0; i < 3; i++) {
    isolates[i] = isolate_make();
    WeftValue buffer = weft_shared_array_buffer(isolates[i], shared);
    ck_assert_int_eq(weft_kind(buffer), WEFT_SHARED_ARRAY_BUFFER);
    ck_assert(weft_set_named(isolates[i], weft_global(isolates[i]), "b", buffer));
    (void)eval(isolates[i], "Atomics.add(new Int32Array(b), 1, 5)");
  }
  ck_assert_int_eq(((int *)(void *)memory)[1], 15);
  weft_shared_memory_delete(shared);
  for (int i = 0; i < 3; i++) {
    ck_assert_int_eq(released, 0);
    weft_isolate_enter(isolates[i]);
    weft_isolate_delete(isolates[i]);
  }
  ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(typed_arrays) {
  WeftIsolate *w = isolate_make();
  WeftValue buffer = weft_array_buffer(w, NULL, 64, NULL, NULL);
  static const char *const names[] = {"Int8Array",    "Uint8Array",   "Uint8ClampedArray", "Int16Array",
                                      "Uint16Array",  "Int32Array",   "Uint32Array",       "Float16Array",
                                      "Float32Array", "Float64Array", "BigInt64Array",     "BigUint64Array"};
  for (int type = WEFT_INT8; type < WEFT_NO_ELEMENT; type++) {
    WeftValue view = weft_typed_array(w, (WeftElementType)type, buffer, 16, 3);
    ck_assert_int_eq(weft_typed_array_type(view), type);
    ck_assert_shows(w, weft_get_named(w, weft_get_named(w, view, "constructor"), "name"), names[type]);
    size_t offset;
    ck_assert(weft_strict_equals(w, weft_view_buffer(w, view, &offset), buffer));
    ck_assert_uint_eq(offset, 16);
  }
  ck_assert_ptr_null(weft_typed_array(w, WEFT_INT32, buffer, 2, 1));
  ck_assert_thrown(w, "RangeError: start offset of Int32Array should be a multiple of 4");
  ck_assert_ptr_null(weft_typed_array(w, WEFT_UINT8, buffer, 60, 5));
  ck_assert_thrown(w, "RangeError: Invalid typed array length: 5");
  ck_assert_int_eq(weft_typed_array_type(buffer), WEFT_NO_ELEMENT);
  weft_isolate_delete(w);
}
END_TEST

UNIT_MAIN("api/buffers", host_memory, transferred_memory, shared, typed_arrays)

// SPDX-License-Identifier: MIT
// Messages between isolates and threads, ports whose other end is C, values as bytes.
#include <pthread.h>

#include "tests/api/host.h"

START_TEST(messages) {
  WeftIsolate *a = isolate_make();
  WeftValue v = eval(a, "b = new ArrayBuffer(8); new Uint8Array(b)[1] = 7;"
                        "({ list: [1, , 'x'], map: new Map([[1, { d: new Date(5) }]]), big: 10n ** 30n, b })");
  WeftValue buffer = eval(a, "b");
  WeftMessage *message = weft_message_new(a, v, 1, &buffer);
  ck_assert_ptr_nonnull(message);
  ck_assert_shows(a, eval(a, "b.byteLength"), "0");
  ck_assert_ptr_null(weft_message_new(a, eval(a, "({ f() {} })"), 0, NULL));
  char text[200];
  ck_assert_ptr_nonnull(strstr(thrown(a, text), "could not be cloned"));
  weft_isolate_delete(a);
  WeftIsolate *b = isolate_make();
  ck_assert(weft_set_named(b, weft_global(b), "v", weft_message_open(b, message)));
  ck_assert_shows(b, eval(b, "[v.list.length, 1 in v.list, v.map.get(1).d.getTime(), v.big, new Uint8Array(v.b)[1]].join()"),
                  "3,false,5,1000000000000000000000000000000,7");
  weft_message_delete(weft_message_new(b, eval(b, "v"), 0, NULL));
  weft_isolate_delete(b);
}
END_TEST

START_TEST(bytes) {
  WeftIsolate *w = isolate_make();
  void *bytes;
  size_t size;
  ck_assert(weft_serialize(w, eval(w, "({ a: [1, 2.5, 'x\\u20ac', new Set([true])], t: 'long'.repeat(50000) })"), &bytes, &size));
  ck_assert(weft_set_named(w, weft_global(w), "v", weft_deserialize(w, bytes, size)));
  ck_assert_shows(w, eval(w, "[v.a[2], v.a[3].has(true), v.t.length].join()"), "x\xe2\x82\xac,true,200000");
  WeftMessage *message = weft_message_from_bytes(bytes, size);
  ck_assert_shows(w, weft_get_at(w, weft_get_named(w, weft_message_open(w, message), "a"), 1), "2.5");
  for (size_t at = 0; at < 40; at++) {
    unsigned char old = ((unsigned char *)bytes)[at];
    for (int bit = 0; bit < 8; bit++) {
      ((unsigned char *)bytes)[at] = (unsigned char)(old ^ (1 << bit));
      if (!weft_deserialize(w, bytes, at + 20)) ck_assert_ptr_nonnull(weft_exception_take(w));
    }
    ((unsigned char *)bytes)[at] = old;
  }
  weft_free(bytes);
  ck_assert(!weft_serialize(w, eval(w, "Symbol('s')"), &bytes, &size));
  char text[200];
  ck_assert_ptr_nonnull(strstr(thrown(w, text), "could not be cloned"));
  weft_isolate_delete(w);
}
END_TEST

static void *serve(void *end) { // a thread that runs no JavaScript itself, but an isolate to look into messages
  WeftPort *port = end;
  WeftIsolate *w = isolate_make();
  bool closed = false;
  for (WeftMessage *m; (m = weft_port_receive(port, -1, &closed));) {
    WeftValue v = weft_message_open(w, m);
    WeftMessage *answer = weft_message_new(w, weft_number(weft_as_number(v) * 2), 0, NULL);
    if (!weft_port_post(port, answer)) break;
  }
  ck_assert(closed);
  weft_isolate_delete(w);
  weft_port_delete(port);
  return NULL;
}

static void ports_with(bool node) {
  WeftIsolate *w = weft_isolate_new(&(WeftConfig){.size = sizeof(WeftConfig), .node = node});
  WeftPort *here, *there;
  ck_assert(weft_channel_new(&here, &there));
  pthread_t thread;
  pthread_create(&thread, NULL, serve, there);
  ck_assert(weft_set_named(w, weft_global(w), "port", weft_port_give(here, w)));
  (void)eval(w, "sum = 0; count = 0; port.onmessage = (e) => { sum += e.data; if (++count === 1000) port.close() };"
                "for (let i = 0; i < 1000; i++) port.postMessage(i)");
  weft_run_loop(w);
  ck_assert_shows(w, eval(w, "sum"), "999000");
  weft_isolate_delete(w);
  pthread_join(thread, NULL);
}
START_TEST(ports) {
  ports_with(false);
  ports_with(true);
}
END_TEST

static void arrived(void *data) { ++*(int *)data; }

START_TEST(two_ends_in_c) {
  WeftIsolate *w = isolate_make();
  WeftPort *a, *b;
  int news = 0;
  bool closed;
  ck_assert(weft_channel_new(&a, &b));
  ck_assert_ptr_null(weft_port_receive(b, 0, &closed));
  ck_assert(!closed);
  ck_assert_ptr_null(weft_port_receive(b, 5, &closed));
  weft_port_on_arrival(b, arrived, &news);
  for (int i = 0; i < 3; i++) ck_assert(weft_port_post(a, weft_message_new(w, weft_integer(i), 0, NULL)));
  ck_assert_int_ge(news, 1);
  for (int i = 0; i < 2; i++) ck_assert(weft_as_number(weft_message_open(w, weft_port_receive(b, 0, NULL))) == i);
  weft_port_delete(a);
  ck_assert(!weft_port_post(b, weft_message_new(w, weft_integer(9), 0, NULL)));
  WeftMessage *last = weft_port_receive(b, -1, &closed); // what was sent before the end still comes
  ck_assert(last && !closed);
  weft_message_delete(last);
  ck_assert(!weft_port_receive(b, -1, &closed) && closed);
  weft_port_delete(b);
  weft_isolate_delete(w);
}
END_TEST

// Ports travel in messages, also between isolates without Node's globals.
START_TEST(ports_move) {
  WeftIsolate *w = isolate_make();
  WeftPort *a, *b, *c, *d;
  ck_assert(weft_channel_new(&a, &b) && weft_channel_new(&c, &d));
  ck_assert(weft_set_named(w, weft_global(w), "one", weft_port_give(a, w)));
  ck_assert(weft_set_named(w, weft_global(w), "two", weft_port_give(c, w)));
  (void)eval(w, "one.postMessage({ two }, [two]); try { one.postMessage(two) } catch (e) { name = e.name }");
  ck_assert_shows(w, eval(w, "name"), "DataCloneError");
  WeftIsolate *other = isolate_make();
  ck_assert(weft_set_named(other, weft_global(other), "m", weft_message_open(other, weft_port_receive(b, 0, NULL))));
  (void)eval(other, "m.two.onmessage = (e) => { m.two.postMessage(e.data + '!'); m.two.close() }");
  ck_assert(weft_port_post(d, weft_message_new(other, weft_string(other, "hi", 2), 0, NULL)));
  weft_run_loop(other);
  ck_assert_shows(other, weft_message_open(other, weft_port_receive(d, 0, NULL)), "hi!");
  weft_isolate_delete(other);
  weft_isolate_enter(w);
  weft_isolate_delete(w);
  weft_port_delete(b);
  weft_port_delete(d);
}
END_TEST

UNIT_MAIN("api/messages", messages, bytes, ports, two_ends_in_c, ports_move)

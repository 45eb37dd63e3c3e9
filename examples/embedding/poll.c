// SPDX-License-Identifier: MIT
// A host with an event loop of its own: plain poll(2) over its own descriptors and weft's one. A device (here a thread at the other end of
// a socket) sends lines; the script answers each after a while, with timers and promises, beside timers that have nothing to do with it.
// Shows: weft_poll_descriptor, weft_poll_timeout, weft_pump; Node's globals (setTimeout) in an isolate that the host pumps; a promise
// of the script that C waits for without blocking (weft_then).
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "weft/weft.h"

static const char script[] = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n"
                             "let ticks = 0;\n"
                             "const ticking = setInterval(() => ticks++, 2);\n"
                             "async function onLine(line) {\n"
                             "  await sleep(50 - 20 * Number(line.slice(-1)));\n"
                             "  send(line.toUpperCase());\n"
                             "  return line.length;\n"
                             "}\n"
                             "function onEnd() { clearInterval(ticking); return ticks > 0 }\n";

enum { LINES = 3 };

// ---- The device ----

static void *device(void *end) { // a thread that knows nothing of JavaScript
  int fd = *(int *)end;
  for (int i = 0; i < LINES; i++) {
    char line[20];
    int size = snprintf(line, sizeof line, "line %d\n", i);
    if (write(fd, line, (size_t)size) != size) break;
  }
  char c;
  for (int answers = 0; answers < LINES && read(fd, &c, 1) == 1;) answers += c == '\n';
  close(fd);
  return NULL;
}

// ---- The host ----

typedef struct Server {
  WeftIsolate *isolate;
  int device;
  bool is_open;
  char line[256];
  size_t used;
  double characters; // that the script says it has answered
} Server;

static WeftValue send_line(WeftIsolate *isolate, const WeftCall *call) {
  Server *server = call->data;
  char *text = weft_to_utf8(isolate, weft_argument(call, 0), NULL);
  if (!text) return NULL;
  printf("answer: %s\n", text);
  bool sent = dprintf(server->device, "%s\n", text) > 0;
  weft_free(text);
  return sent ? weft_undefined() : weft_throw_error(isolate, WEFT_ERROR_PLAIN, "the device does not listen: %s", strerror(errno));
}

static void answered(WeftIsolate *isolate, WeftValue result, bool fulfilled, void *data) {
  Server *server = data;
  if (fulfilled) {
    server->characters += weft_as_number(result);
    return;
  }
  char *text = weft_exception_text(isolate, result);
  fprintf(stderr, "onLine failed: %s\n", text);
  weft_free(text);
}

static void hand_to_script(Server *server, const char *line, size_t size) {
  WeftIsolate *isolate = server->isolate;
  WeftValue text = weft_string(isolate, line, size);
  WeftValue promise = text ? weft_call_method(isolate, weft_global(isolate), "onLine", 1, &text) : NULL;
  if (promise) weft_then(isolate, promise, answered, server, NULL);
  else weft_exception_take(isolate);
}

static void read_device(Server *server) {
  ssize_t got = read(server->device, server->line + server->used, sizeof server->line - server->used);
  if (got <= 0) {
    server->is_open = false;
    return;
  }
  server->used += (size_t)got;
  char *end;
  while ((end = memchr(server->line, '\n', server->used))) {
    size_t size = (size_t)(end - server->line);
    hand_to_script(server, server->line, size);
    server->used -= size + 1;
    memmove(server->line, end + 1, server->used);
  }
}

// The loop: the device's descriptor and the isolate's side by side.
static void run(Server *server) {
  bool alive = true;
  while (server->is_open || alive) {
    struct pollfd fds[] = {{.fd = weft_poll_descriptor(server->isolate), .events = POLLIN},
                           {.fd = server->is_open ? server->device : -1, .events = POLLIN}};
    int timeout = alive ? weft_poll_timeout(server->isolate) : -1;
    if (poll(fds, 2, timeout) < 0 && errno != EINTR) break;
    if (fds[1].revents) {
      read_device(server);
      if (!server->is_open) {
        WeftValue enough = weft_call_method(server->isolate, weft_global(server->isolate), "onEnd", 0, NULL);
        printf("the script's own timer ran meanwhile: %s\n", weft_as_boolean(enough) ? "yes" : "no");
      }
    }
    alive = weft_pump(server->isolate);
  }
}

int main(void) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
  Server server = {.device = ends[0], .is_open = true};
  WeftConfig config = {.size = sizeof config, .node = true}; // for setTimeout
  WeftIsolate *isolate = server.isolate = weft_isolate_new(&config);
  if (!isolate) return 1;
  WeftValue f = weft_function(isolate, "send", 1, send_line, &server);
  if (!f || !weft_set_named(isolate, weft_global(isolate), "send", f) || !weft_eval(isolate, script, WEFT_TEXT_END, "poll.js"))
    return 1;
  pthread_t thread;
  if (pthread_create(&thread, NULL, device, &ends[1]) != 0) return 1;
  run(&server);
  pthread_join(thread, NULL);
  printf("%g characters answered\n", server.characters);
  weft_isolate_delete(isolate);
  close(ends[0]);
  return 0;
}

// SPDX-License-Identifier: MIT
// A web server's core: C owns the sockets, JavaScript answers. Each thread has an isolate of its own and the connections that it accepted;
// all threads run the same compiled script, and all scripts count in the same SharedArrayBuffer.
// Shows: one isolate per thread, code compiled once (WeftCode), shared memory, promises as answers (weft_then), the isolate's descriptor in
// the host's poll set, stopping from another thread.
//
//   server [--port N] [--threads N] [SCRIPT]      port 0 (the default): any; SIGTERM or SIGINT ends it
// SCRIPT defines `handle(request)`, which returns { status, type, body } or a promise of it.
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "weft/weft.h"

enum { THREADS_MOST = 64, CONNECTIONS_MOST = 512, REQUEST_MOST = 64 << 10, COUNTERS = 16 };

static const char default_script[] =
    "const counters = new Int32Array(shared), TOTAL = 0, LATE = 1\n"
    "const json = (value, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(value) })\n"
    "function handle({ method, path, body }) {\n"
    "  Atomics.add(counters, TOTAL, 1)\n"
    "  const url = path.split('?')[0]\n"
    "  if (url === '/') return { status: 200, type: 'text/plain', body: 'hello from thread ' + thread + '\\n' }\n"
    "  if (url === '/echo') return { status: 200, type: 'text/plain', body: method + ' ' + body }\n"
    "  if (url === '/count') return json({ total: Atomics.load(counters, TOTAL), late: Atomics.load(counters, LATE) })\n"
    "  if (url === '/late') return later()\n"
    "  if (url === '/throw') throw new Error('thrown by the script')\n"
    "  return json({ error: 'nothing here' }, 404)\n"
    "}\n"
    "async function later() {\n"
    "  await new Promise((resolve) => setTimeout(resolve, 5))\n"
    "  Atomics.add(counters, LATE, 1)\n"
    "  return json({ late: true })\n"
    "}\n";

// ---- What the threads share ----

typedef struct Server {
  int listener;
  const char *script;
  WeftSharedMemory *memory;
} Server;

static int32_t counters[COUNTERS];

// ---- One thread ----

typedef struct Connection {
  int fd; // -1: free
  unsigned serial;
  bool is_busy; // a request is with the script
  bool closes;  // after the answer
  size_t used;
  char *in;
} Connection;

typedef struct Worker {
  pthread_t thread;
  Server *server;
  int number;
  int bell; // becomes readable when the server ends
  WeftIsolate *isolate;
  WeftRef *handle;
  Connection connections[CONNECTIONS_MOST];
  unsigned served, serials;
} Worker;

// An answer may come when its connection is gone, or is another's by then.
typedef struct Ticket {
  Worker *worker;
  Connection *connection;
  unsigned serial;
} Ticket;

static void hang_up(Connection *c) {
  close(c->fd);
  free(c->in);
  c->in = NULL;
  c->fd = -1;
}

static bool write_all(int fd, const char *bytes, size_t size) {
  while (size) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent > 0) {
      bytes += sent;
      size -= (size_t)sent;
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return false;
    struct pollfd wait = {.fd = fd, .events = POLLOUT};
    if (poll(&wait, 1, 5000) <= 0) return false;
  }
  return true;
}

static void answer(Worker *worker, Connection *c, int status, const char *type, const char *body, size_t size) {
  char head[512];
  int length = snprintf(head, sizeof head, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: %s\r\n\r\n",
                        status, status < 400 ? "OK" : "Error", type, size, c->closes ? "close" : "keep-alive");
  c->is_busy = false;
  worker->served++;
  bool sent = length > 0 && (size_t)length < sizeof head && write_all(c->fd, head, (size_t)length) && write_all(c->fd, body, size);
  if (!sent || c->closes) hang_up(c);
}

static void answer_with_error(Worker *worker, Connection *c, WeftValue exception) {
  char *text = exception ? weft_exception_text(worker->isolate, exception) : NULL;
  fprintf(stderr, "handle: %s\n", text ? text : "stopped");
  weft_free(text);
  static const char body[] = "the script has failed\n";
  answer(worker, c, 500, "text/plain", body, sizeof body - 1);
}

static void answer_with(Worker *worker, Connection *c, WeftValue reply) {
  WeftIsolate *isolate = worker->isolate;
  int32_t status = 200;
  size_t size = 0;
  WeftValue v = weft_get_named(isolate, reply, "status");
  bool good = v && weft_to_int32(isolate, v, &status);
  char *type = good && (v = weft_get_named(isolate, reply, "type")) ? weft_to_utf8(isolate, v, NULL) : NULL;
  char *body = type && (v = weft_get_named(isolate, reply, "body")) ? weft_to_utf8(isolate, v, &size) : NULL;
  if (body && status >= 100 && status < 600 && !strpbrk(type, "\r\n")) answer(worker, c, status, type, body, size);
  else answer_with_error(worker, c, weft_exception_take(isolate));
  weft_free(type);
  weft_free(body);
}

static void read_requests(Worker *worker, Connection *c);

static void settled(WeftIsolate *isolate, WeftValue result, bool fulfilled, void *data) {
  (void)isolate;
  Ticket ticket = *(Ticket *)data;
  free(data);
  Connection *c = ticket.connection;
  if (c->fd < 0 || c->serial != ticket.serial) return;
  if (fulfilled) answer_with(ticket.worker, c, result);
  else answer_with_error(ticket.worker, c, result);
  if (c->fd >= 0) read_requests(ticket.worker, c); // what has come meanwhile
}

// ---- Requests ----

static bool set_text(WeftIsolate *isolate, WeftValue o, const char *name, const char *text, size_t size) {
  WeftValue v = weft_string(isolate, text, size);
  return v && weft_set_named(isolate, o, name, v);
}

// To the script: the request line's parts and the body. What it returns, a promise or not, is waited for in the same way.
static void hand_to_script(Worker *worker, Connection *c, const char *line, size_t line_size, const char *body, size_t body_size) {
  WeftIsolate *isolate = worker->isolate;
  c->is_busy = true;
  const char *space = memchr(line, ' ', line_size), *end = line + line_size;
  const char *path = space ? space + 1 : end, *path_end = memchr(path, ' ', (size_t)(end - path));
  if (!path_end) path_end = end;
  WeftValue request = weft_object(isolate);
  bool good = request && set_text(isolate, request, "method", line, (size_t)((space ? space : end) - line)) &&
              set_text(isolate, request, "path", path, (size_t)(path_end - path)) &&
              set_text(isolate, request, "body", body, body_size);
  WeftValue reply = good ? weft_call(isolate, weft_ref_get(worker->handle), weft_undefined(), 1, &request) : NULL;
  if (!reply) {
    answer_with_error(worker, c, weft_exception_take(isolate));
    return;
  }
  if (weft_kind(reply) != WEFT_PROMISE) {
    answer_with(worker, c, reply);
    return;
  }
  Ticket *ticket = malloc(sizeof *ticket);
  if (ticket) *ticket = (Ticket){worker, c, c->serial};
  if (ticket && weft_then(isolate, reply, settled, ticket, free)) return;
  free(ticket);
  answer_with_error(worker, c, weft_exception_take(isolate));
}

static size_t content_length(const char *head, const char *end) {
  for (const char *line = head; line < end; line++) {
    if (strncasecmp(line, "content-length:", 15) == 0) return strtoul(line + 15, NULL, 10);
    if (!(line = strchr(line, '\n'))) break;
  }
  return 0;
}

static bool wants_to_close(const char *head, const char *end) {
  for (const char *line = head; line < end; line++) {
    if (strncasecmp(line, "connection: close", 17) == 0) return true;
    if (!(line = strchr(line, '\n'))) break;
  }
  return false;
}

// Hands over what is complete, one request after the other.
static void read_requests(Worker *worker, Connection *c) {
  while (c->fd >= 0 && !c->is_busy) {
    c->in[c->used] = 0;
    char *end = strstr(c->in, "\r\n\r\n");
    if (!end) break;
    size_t head = (size_t)(end - c->in) + 4, body = content_length(c->in, end);
    if (body > REQUEST_MOST - head) {
      hang_up(c);
      return;
    }
    if (c->used < head + body) break;
    // The request leaves the buffer before the script runs: an answer may come at once, and with it the next request.
    char *request = malloc(head + body + 1);
    if (!request) {
      hang_up(c);
      return;
    }
    memcpy(request, c->in, head + body);
    request[head + body] = 0;
    c->used -= head + body;
    memmove(c->in, c->in + head + body, c->used);
    c->closes = wants_to_close(request, request + head);
    hand_to_script(worker, c, request, strcspn(request, "\r\n"), request + head, body);
    free(request);
  }
}

static void read_more(Worker *worker, Connection *c) {
  ssize_t got = recv(c->fd, c->in + c->used, REQUEST_MOST - c->used, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    hang_up(c);
    return;
  }
  c->used += (size_t)got;
  read_requests(worker, c);
  if (c->fd >= 0 && !c->is_busy && c->used == REQUEST_MOST) hang_up(c);
}

static void accept_one(Worker *worker) {
  int fd = accept(worker->server->listener, NULL, NULL); // another thread may have been quicker
  if (fd < 0) return;
  fcntl(fd, F_SETFL, O_NONBLOCK);
  for (int i = 0; i < CONNECTIONS_MOST; i++) {
    Connection *c = &worker->connections[i];
    if (c->fd >= 0) continue;
    *c = (Connection){.fd = fd, .serial = ++worker->serials, .in = malloc(REQUEST_MOST + 1)};
    if (!c->in) hang_up(c);
    return;
  }
  close(fd);
}

// ---- The loop of a thread ----

static void serve(Worker *worker) {
  enum { BELL, LISTENER, ISOLATE, FIRST };
  struct pollfd fds[FIRST + CONNECTIONS_MOST];
  for (;;) {
    weft_pump(worker->isolate);
    fds[BELL] = (struct pollfd){.fd = worker->bell, .events = POLLIN};
    fds[LISTENER] = (struct pollfd){.fd = worker->server->listener, .events = POLLIN};
    fds[ISOLATE] = (struct pollfd){.fd = weft_poll_descriptor(worker->isolate), .events = POLLIN};
    for (int i = 0; i < CONNECTIONS_MOST; i++) {
      const Connection *c = &worker->connections[i];
      fds[FIRST + i] = (struct pollfd){.fd = c->is_busy ? -1 : c->fd, .events = POLLIN};
    }
    if (poll(fds, FIRST + CONNECTIONS_MOST, weft_poll_timeout(worker->isolate)) < 0 && errno != EINTR) return;
    if (fds[BELL].revents) return;
    if (fds[LISTENER].revents) accept_one(worker);
    for (int i = 0; i < CONNECTIONS_MOST; i++) {
      if (fds[FIRST + i].revents && worker->connections[i].fd == fds[FIRST + i].fd) read_more(worker, &worker->connections[i]);
    }
  }
}

// An isolate with the globals `shared` and `thread`, in which the script has run.
static bool begin(Worker *worker, const WeftCode *code) {
  WeftIsolate *isolate = worker->isolate;
  WeftValue global = weft_global(isolate), shared = weft_shared_array_buffer(isolate, worker->server->memory);
  if (!shared || !weft_set_named(isolate, global, "shared", shared)) return false;
  if (!weft_set_named(isolate, global, "thread", weft_integer(worker->number))) return false;
  if (!weft_run_code(isolate, code, NULL)) return false;
  WeftValue handle = weft_get_named(isolate, global, "handle");
  if (!handle) return false;
  worker->handle = weft_ref_new(isolate, handle);
  return worker->handle != NULL;
}

// The first thread that comes compiles for all.
static pthread_mutex_t code_lock = PTHREAD_MUTEX_INITIALIZER;
static WeftCode *shared_code;

static WeftCode *code_for(WeftIsolate *isolate, const char *script) {
  pthread_mutex_lock(&code_lock);
  if (!shared_code) shared_code = weft_compile(isolate, script, WEFT_TEXT_END, "handler.js", WEFT_GOAL_SCRIPT);
  WeftCode *code = shared_code;
  pthread_mutex_unlock(&code_lock);
  return code;
}

static void *work(void *data) {
  Worker *worker = data;
  for (int i = 0; i < CONNECTIONS_MOST; i++) worker->connections[i].fd = -1;
  WeftConfig config = {.size = sizeof config, .node = true, .heap_limit_bytes = 256 << 20}; // setTimeout is Node's
  WeftIsolate *isolate = worker->isolate = weft_isolate_new(&config);
  if (!isolate) return NULL;
  const WeftCode *code = code_for(isolate, worker->server->script);
  if (code && begin(worker, code)) {
    serve(worker);
  } else {
    char *text = weft_exception_text(isolate, weft_exception_take(isolate));
    fprintf(stderr, "%s\n", text);
    weft_free(text);
  }
  for (int i = 0; i < CONNECTIONS_MOST; i++) {
    if (worker->connections[i].fd >= 0) hang_up(&worker->connections[i]);
  }
  weft_ref_delete(worker->handle);
  weft_isolate_delete(isolate);
  return NULL;
}

// ---- The process ----

static int listen_on(unsigned port, unsigned *chosen) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 256) != 0) return -1;
  if (getsockname(fd, (struct sockaddr *)&address, &size) != 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0) return -1;
  *chosen = ntohs(address.sin_port);
  return fd;
}

static char *read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  char *text = file ? calloc(1, (1 << 20) + 1) : NULL;
  if (text && fread(text, 1, 1 << 20, file) == 0) text[0] = 0;
  if (file) fclose(file);
  return text;
}

static unsigned run_workers(Server *server, int count) {
  static Worker workers[THREADS_MOST];
  int bell[2], signal_number;
  unsigned served = 0;
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, NULL); // in the workers, too
  if (pipe(bell) != 0) return 0;
  for (int i = 0; i < count; i++) {
    workers[i].server = server;
    workers[i].number = i;
    workers[i].bell = bell[0];
    if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) count = i;
  }
  sigwait(&ends, &signal_number);
  close(bell[1]); // the other end is readable for ever
  for (int i = 0; i < count; i++) {
    pthread_join(workers[i].thread, NULL);
    printf("thread %d has answered %s\n", i, workers[i].served ? "requests" : "nothing");
    served += workers[i].served;
  }
  close(bell[0]);
  return served;
}

int main(int argc, char **argv) {
  unsigned port = 0;
  int threads = 2;
  Server server = {.script = default_script};
  char *own_script = NULL;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--port") == 0 && i + 1 < argc) port = (unsigned)atoi(argv[++i]);
    else if (strcmp(argv[i], "--threads") == 0 && i + 1 < argc) threads = atoi(argv[++i]);
    else server.script = own_script = read_file(argv[i]);
  }
  if (threads < 1 || threads > THREADS_MOST || !server.script) return 2;
  server.memory = weft_shared_memory_new(counters, sizeof counters, NULL, NULL);
  server.listener = listen_on(port, &port);
  if (!server.memory || server.listener < 0) {
    perror("server");
    return 1;
  }
  printf("listening on http://127.0.0.1:%u with %d threads\n", port, threads);
  fflush(stdout);
  unsigned served = run_workers(&server, threads);
  printf("%u requests, of which the scripts counted %d\n", served, counters[0]);
  close(server.listener);
  weft_code_delete(shared_code);
  weft_shared_memory_delete(server.memory);
  free(own_script);
  return 0;
}

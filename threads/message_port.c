// SPDX-License-Identifier: MIT
// Ends and their queues. A channel's two ends share one lock, as do all ends of a broadcast name: who may be told, who owns what and what waits
// changes only under it. Deserialising and running JS happen outside.
// An end that is told holds a reference for the notice in its owner's inbox.
// Tests: tests/threads/, tests/unit/threads/test_message_port.c.
#include "threads/message_port.h"

#include "base/hash.h"

// What the ends of a channel, or of a broadcast name, have in common.
typedef struct Channel {
  Mutex mutex;
  _Atomic u32 refs; // one per end
  VEC(Port *) ends; // those that are still part of it, without references
  bool closed;      // a pair: nothing can be sent any more
  char *name;       // of a broadcast channel
  size_t name_size;
  struct Channel *next; // in the table of names
} Channel;

struct Port {
  _Atomic u32 refs;
  Channel *channel;
  Port *peer; // of a pair; only an address once it has left the channel
  // Under the channel's lock
  Message *first, **last;
  u32 count;
  u32 older;        // of them: were here before the notice that is on its way, while the owner looks
  bool close_sent;  // PORT_CLOSED follows the messages
  bool closed_here; // by this end: what waits is not worth waiting for unless it is being delivered
  enum {
    PORT_QUIET,
    PORT_TOLD /* a notice is on its way to the owner */,
    PORT_LISTENS /* the notice arrived, the owner looks */
  } told;
  void (*arrived)(void *data); // of who holds it outside of isolates, or NULL
  void *arrived_data;
  bool started; // written by the owner only
  Host *host;   // NULL: in nobody's hands
  // Of the owner
  Message *taken, **taken_last; // the head of the queue, out of the lock's reach: a thousand messages cost one lock
  u32 taken_count;
  LoopMessage notice;
  const PortReceiver *receiver;
  Value object;
  bool referenced, delivering;
  bool closing; // it was closed by its owner: that keeps the loop alive until the owner has heard PORT_CLOSED
  Port *previous_of_host, *next_of_host;
};

// ---- Names ----

static struct Names {
  Mutex mutex;
  Channel *first; // few names are in use at once
} names = {.mutex = MUTEX_INIT};

static Channel *channel_new(void) {
  Channel *channel = base_try_alloc_zeroed(sizeof *channel);
  if (channel) mutex_init(&channel->mutex);
  return channel;
}

static void channel_free(Channel *channel) {
  vec_free(&channel->ends);
  mutex_destroy(&channel->mutex);
  base_free(channel->name);
  base_free(channel);
}

static void channel_release(Channel *channel) {
  if (!channel->name) {
    if (atomic_fetch_sub(&channel->refs, 1) == 1) channel_free(channel);
    return;
  }
  mutex_lock(&names.mutex); // nobody may find it by name meanwhile
  bool last = atomic_fetch_sub(&channel->refs, 1) == 1;
  if (last) {
    Channel **link = &names.first;
    while (*link != channel) link = &(*link)->next;
    *link = channel->next;
  }
  mutex_unlock(&names.mutex);
  if (last) channel_free(channel);
}

static Channel *channel_named(const char *name, size_t size) { // with a reference
  mutex_lock(&names.mutex);
  Channel *found = names.first;
  while (found && (found->name_size != size || memcmp(found->name, name, size) != 0)) found = found->next;
  if (!found && (found = channel_new())) {
    found->name = base_alloc(size + 1);
    memcpy(found->name, name, size);
    found->name_size = size;
    found->next = names.first;
    names.first = found;
  }
  if (found) atomic_fetch_add(&found->refs, 1);
  mutex_unlock(&names.mutex);
  return found;
}

// ---- Life ----

static Port *port_new(Channel *channel) {
  Port *port = base_try_alloc_zeroed(sizeof *port);
  if (!port) return NULL;
  atomic_init(&port->refs, 1);
  port->channel = channel;
  port->last = &port->first;
  port->taken_last = &port->taken;
  port->object = VALUE_EMPTY;
  return port;
}

bool port_pair_new(Port **a, Port **b) {
  Channel *channel = channel_new();
  *a = channel ? port_new(channel) : NULL;
  *b = *a ? port_new(channel) : NULL;
  if (!*b) {
    base_free(*a);
    if (channel) channel_free(channel);
    return false;
  }
  atomic_init(&channel->refs, 2);
  (*a)->peer = *b;
  (*b)->peer = *a;
  vec_push(&channel->ends, *a);
  vec_push(&channel->ends, *b);
  return true;
}

Port *port_broadcast_new(const char *name, size_t name_size) {
  Channel *channel = channel_named(name, name_size);
  Port *port = channel ? port_new(channel) : NULL;
  if (!port) {
    if (channel) channel_release(channel);
    return NULL;
  }
  mutex_lock(&channel->mutex);
  vec_push(&channel->ends, port);
  mutex_unlock(&channel->mutex);
  return port;
}

Port *port_retain(Port *port) {
  atomic_fetch_add_explicit(&port->refs, 1, memory_order_relaxed);
  return port;
}

// With the lock: nobody sends to it any more.
static void leave_channel(Port *port) {
  Channel *channel = port->channel;
  for (u32 i = 0; i < channel->ends.len; i++) {
    if (channel->ends.data[i] != port) continue;
    channel->ends.data[i] = vec_last(&channel->ends);
    channel->ends.len--;
    return;
  }
}

static void tell(Port *port);

// With the lock: the pair ends; what each end has received already stays. The one that ends it hears of it first.
static void close_pair(Channel *channel, Port *by) {
  if (channel->closed) return;
  channel->closed = true;
  for (u32 i = 0; i < channel->ends.len; i++) channel->ends.data[i]->close_sent = true;
  tell(by);
  for (u32 i = 0; i < channel->ends.len; i++) tell(channel->ends.data[i]);
}

void port_release(Port *port) {
  if (atomic_fetch_sub(&port->refs, 1) != 1) return;
  Channel *channel = port->channel;
  mutex_lock(&channel->mutex);
  leave_channel(port);
  if (!channel->name) close_pair(channel, port);
  mutex_unlock(&channel->mutex);
  for (Message *m = port->first, *next; m; m = next) {
    next = m->next;
    message_free(m);
  }
  channel_release(channel);
  base_free(port);
}

static void release_item(void *item) { port_release(item); }
const TransferKind port_transfer_kind = {"MessagePort", release_item};

// ---- Sending ----

static void notice_arrived(Host *host, LoopMessage *message);

// With the lock: nothing but PORT_CLOSED is left to deliver.
static bool is_over(const Port *port) { return port->close_sent && (!port->first || (port->closed_here && !port->started)); }

// With the lock: the owner's loop hears once that there is something.
static void tell(Port *port) {
  if (port->arrived && !port->host) port->arrived(port->arrived_data);
  if (!port->host || port->told || !(is_over(port) || (port->started && port->first))) return;
  port->told = PORT_TOLD;
  port_retain(port);
  port->notice.run = notice_arrived;
  loop_post(&port->host->loop, &port->notice);
}

static void enqueue(Port *port, Message *message) {
  message->next = NULL;
  *port->last = message;
  port->last = &message->next;
  port->count++;
  // An owner that looks finds it without a notice. But what has come for its other ends is older, and to be heard before: then this one
  // takes its place behind that, and only those that waited already are found.
  if (port->told == PORT_LISTENS && loop_has_mail(&port->host->loop)) {
    port->told = PORT_QUIET;
    port->older = port->count - 1;
  }
  tell(port);
}

// What a broadcast sends has moved nothing: bytes and shared memory only.
static Message *copy_message(const Message *message) {
  Message *copy = message_new();
  if (!copy || !message_reserve(copy, message->size)) {
    if (copy) message_free(copy);
    return NULL;
  }
  memcpy(copy->bytes, message->bytes, message->size);
  copy->size = message->size;
  copy->object_count = message->object_count;
  copy->has_references = message->has_references;
  const MessageExtras *extras = message->extras;
  if (!extras) return copy;
  for (u32 i = 0; i < extras->store_count; i++) message_add_store(copy, backing_store_retain(extras->stores[i]));
  for (u32 i = 0; i < extras->text_count; i++) message_add_text(copy, shared_text_retain(extras->texts[i]));
  return copy;
}

static void post_to_all_others(Port *from, Message *message) {
  Channel *channel = from->channel;
  Port *last = NULL;
  for (u32 i = 0; i < channel->ends.len; i++) {
    Port *to = channel->ends.data[i];
    if (to == from || to->close_sent) continue;
    if (last) {
      Message *copy = copy_message(message);
      if (copy) enqueue(last, copy);
    }
    last = to;
  }
  if (last) enqueue(last, message);
  else message_free(message);
}

bool port_post(Port *from, Message *message) {
  Channel *channel = from->channel;
  mutex_lock(&channel->mutex);
  if (channel->name && !from->close_sent) {
    post_to_all_others(from, message);
    message = NULL;
  } else if (!channel->closed && !channel->name) {
    enqueue(from->peer, message);
    message = NULL;
  }
  mutex_unlock(&channel->mutex);
  if (message) message_free(message);
  return !message;
}

// ---- Receiving ----

// With the lock: all that waits goes to the owner's own list.
static void take_all(Port *port) {
  if (!port->first) return;
  *port->taken_last = port->first;
  port->taken_last = port->last;
  port->taken_count += port->count;
  port->first = NULL;
  port->last = &port->first;
  port->count = 0;
}

// With the lock: the first n of them.
static void take_first(Port *port, u32 n) {
  if (n >= port->count) {
    take_all(port);
    return;
  }
  if (!n) return;
  Message *last = port->first;
  for (u32 i = 1; i < n; i++) last = last->next;
  *port->taken_last = port->first;
  port->taken_last = &last->next;
  port->first = last->next;
  port->count -= n;
  port->taken_count += n;
  last->next = NULL;
}

// With the lock: the other way round.
static void give_back(Port *port) {
  if (!port->taken) return;
  *port->taken_last = port->first;
  if (!port->first) port->last = port->taken_last;
  port->first = port->taken;
  port->count += port->taken_count;
  port->taken = NULL;
  port->taken_last = &port->taken;
  port->taken_count = 0;
}

static Message *next_taken(Port *port) {
  Message *message = port->taken;
  if (!message) return NULL;
  port->taken = message->next;
  if (!port->taken) port->taken_last = &port->taken;
  port->taken_count--;
  return message;
}

Message *port_take(Port *port) {
  if (!port->host) return NULL;
  Message *message = next_taken(port);
  if (port->taken) return message;
  mutex_lock(&port->channel->mutex);
  take_all(port);
  if (!message) message = next_taken(port);
  if (!port->taken) tell(port); // that was all: the end may be next
  mutex_unlock(&port->channel->mutex);
  return message;
}

static void unlink_from_host(Port *port) {
  Host *host = port->host;
  if (port->previous_of_host) port->previous_of_host->next_of_host = port->next_of_host;
  else host->ports = port->next_of_host;
  if (port->next_of_host) port->next_of_host->previous_of_host = port->previous_of_host;
  port->previous_of_host = port->next_of_host = NULL;
  port_reference(port, false);
  if (port->closing) loop_unreference(&host->loop);
  port->closing = false;
}

// An end that is being delivered, on the stack of its owner. A listener may send the end away: then another thread may have it already.
struct PortDelivery {
  const Port *port;
  bool has_left;
  struct PortDelivery *outer;
};

// Takes the end out of the isolate. The isolate's reference goes to the caller.
static void leave_host(Port *port) {
  for (struct PortDelivery *d = port->host->deliveries; d; d = d->outer) d->has_left |= d->port == port;
  unlink_from_host(port);
  port->delivering = false;
  mutex_lock(&port->channel->mutex);
  give_back(port);
  if (port->told == PORT_LISTENS) port->told = PORT_QUIET;
  port->host = NULL;
  port->started = false;
  mutex_unlock(&port->channel->mutex);
  port->object = VALUE_EMPTY;
}

// The channel is over and all was delivered that is going to be.
static void finish(Host *host, Port *port) {
  Value object = port->object;
  leave_host(port);
  port->object = object;
  port->receiver->receive(host, port, PORT_CLOSED, NULL);
  port->object = VALUE_EMPTY;
  port_release(port);
}

enum { TURN_MAX = 1000 }; // messages of one end in one turn of the loop, or as many as wait at its beginning

// Takes what waits, or gives back what is not going to be delivered in this turn. true: the end has come.
// first: at the beginning of a delivery, when all that waits is older than any notice that has not been taken.
static bool look_at_queue(Port *port, bool more, bool first) {
  mutex_lock(&port->channel->mutex);
  if (more && port->started) take_first(port, first || port->told != PORT_TOLD ? port->count : port->older);
  else give_back(port);
  port->older = 0;
  bool over = !port->taken && is_over(port);
  if (!port->taken) {
    if (port->told == PORT_LISTENS) port->told = PORT_QUIET; // it looks no more: from here on a notice is needed
    if (!over) tell(port);
  }
  mutex_unlock(&port->channel->mutex);
  return over;
}

static void deliver(Host *host, Port *port, u32 limit) {
  struct PortDelivery delivery = {port, false, host->deliveries};
  bool outer = port->delivering;
  host->deliveries = &delivery;
  port->delivering = true;
  for (u32 i = 0; !delivery.has_left; i++) {
    if (!i || !port->taken || !port->started || i >= limit) {
      bool over = look_at_queue(port, !i || i < limit, !i || limit == UINT32_MAX);
      if (!i) limit = MAX(limit, port->taken_count);
      if (over) {
        finish(host, port);
        break;
      }
    }
    Message *message = next_taken(port);
    if (!message) break;
    port->receiver->receive(host, port, PORT_MESSAGE, message);
    message_free(message);
    loop_drain(host);
    if (host->iso->terminating) break;
  }
  if (!delivery.has_left) port->delivering = outer;
  host->deliveries = delivery.outer;
}

static void notice_arrived(Host *host, LoopMessage *message) {
  Port *port = CONTAINER_OF(message, Port, notice);
  mutex_lock(&port->channel->mutex);
  // It may have moved on since: then its new owner has to be told.
  bool mine = host && port->host == host;
  port->told = mine ? PORT_LISTENS : PORT_QUIET;
  if (!mine) tell(port);
  mutex_unlock(&port->channel->mutex);
  if (mine) deliver(host, port, TURN_MAX);
  port_release(port);
}

void port_drain(Host *host, Port *port) {
  port_retain(port);
  if (port->host) deliver(host, port, UINT32_MAX);
  port_release(port);
}

// ---- Held outside of isolates ----

void port_hold(Port *port, void (*arrived)(void *data), void *data) {
  mutex_lock(&port->channel->mutex);
  port->arrived = arrived;
  port->arrived_data = data;
  if (arrived && (port->first || port->close_sent)) arrived(data);
  mutex_unlock(&port->channel->mutex);
}

Message *port_take_held(Port *port, bool *over) {
  mutex_lock(&port->channel->mutex);
  Message *message = port->first;
  if (message) {
    port->first = message->next;
    if (!port->first) port->last = &port->first;
    port->count--;
  }
  *over = !message && port->close_sent;
  mutex_unlock(&port->channel->mutex);
  return message;
}

void port_drop_held(Port *port) {
  port_hold(port, NULL, NULL);
  port_close(port);
  port_release(port);
}

// ---- Owning ----

void port_attach(Host *host, Port *port, const PortReceiver *receiver, Value object) {
  port->receiver = receiver;
  port->object = object;
  port->next_of_host = host->ports;
  if (host->ports) host->ports->previous_of_host = port;
  host->ports = port;
  mutex_lock(&port->channel->mutex);
  port->host = host;
  tell(port);
  mutex_unlock(&port->channel->mutex);
}

Value port_object(const Port *port) { return port->object; }

bool port_is_attached(const Port *port) { return port->host != NULL; }

void port_start(Port *port) {
  mutex_lock(&port->channel->mutex);
  port->started = true;
  if (!port->delivering) give_back(port); // to be told of it
  tell(port);
  mutex_unlock(&port->channel->mutex);
}

void port_stop(Port *port) {
  mutex_lock(&port->channel->mutex);
  port->started = false;
  mutex_unlock(&port->channel->mutex);
}

void port_reference(Port *port, bool on) {
  if (!port->host || port->referenced == on) return;
  port->referenced = on;
  if (on) loop_reference(&port->host->loop);
  else loop_unreference(&port->host->loop);
}

bool port_is_referenced(const Port *port) { return port->referenced; }

void port_close(Port *port) {
  Channel *channel = port->channel;
  if (port->host && !port->closing) {
    loop_reference(&port->host->loop);
    port->closing = true;
  }
  mutex_lock(&channel->mutex);
  port->closed_here = true;
  if (channel->name) {
    if (!port->close_sent) leave_channel(port);
    port->close_sent = true;
    tell(port);
  } else {
    close_pair(channel, port);
    tell(port); // what the other end had closed before may be over only now
  }
  mutex_unlock(&channel->mutex);
}

void port_abandon(Port *port) {
  if (!port->host) return;
  leave_host(port);
  mutex_lock(&port->channel->mutex);
  leave_channel(port);
  if (!port->channel->name) close_pair(port->channel, port);
  mutex_unlock(&port->channel->mutex);
  port_release(port);
}

Port *port_detach(Port *port) {
  leave_host(port);
  return port;
}

bool port_are_entangled(const Port *a, const Port *b) { return a->peer == b && b->peer == a; }

u32 ports_count_referenced(Host *host) {
  u32 count = 0;
  for (Port *port = host->ports; port; port = port->next_of_host) count += port->referenced;
  return count;
}

void ports_abandon_all(Host *host) {
  while (host->ports) {
    host->ports->receiver->abandon(host->ports);
    port_abandon(host->ports);
  }
}

void ports_trace(Host *host, GcTracer *tracer) {
  for (Port *port = host->ports; port; port = port->next_of_host) {
    if (port->started || port->referenced) gc_trace_word(tracer, value_bits(port->object));
  }
}

// SPDX-License-Identifier: MIT
// Message ports: the two ends of a channel, each owned by at most one isolate at a time, and the channels of one name that hear each other
// (BroadcastChannel). An end is process-wide memory with a count; what scripts see is a host object over it.
//
// Messages wait in the end they were sent to. Whoever owns that end is told through its event loop once, not per message; it then delivers
// them one by one, each a task of its own. A closed channel delivers what was sent before and then says so (PORT_CLOSED).
#ifndef WEFT_THREADS_MESSAGE_PORT_H
#define WEFT_THREADS_MESSAGE_PORT_H

#include "base/sync.h"
#include "threads/clone.h"

typedef struct Port Port;
extern const TransferKind port_transfer_kind;

// What arrives at an end. The receiver runs on the owner's thread, may run JS and leaves no exception pending.
typedef enum PortEvent {
  PORT_MESSAGE, // take the message's value with clone_deserialize; the message is freed afterwards
  PORT_CLOSED,  // the last one; the end has left the isolate
} PortEvent;
typedef struct PortReceiver {
  void (*receive)(Host *host, Port *port, PortEvent event, Message *message);
  void (*abandon)(Port *port); // the isolate ends: the object has to forget the end. Runs no JS
} PortReceiver;

// Both with one reference, neither owned. false: no memory.
MUST_CHECK bool port_pair_new(Port **a, Port **b);
// An end that hears all others of the name; one reference. NULL: no memory.
MUST_CHECK Port *port_broadcast_new(const char *name, size_t name_size);
Port *port_retain(Port *port);
void port_release(Port *port);

// ---- On the thread of the owner
// The isolate becomes the owner; `object` (or EMPTY) is kept alive while the end is started or referenced. Takes a reference.
void port_attach(Host *host, Port *port, const PortReceiver *receiver, Value object);
Value port_object(const Port *port);
bool port_is_attached(const Port *port);  // false: closed, or moved away
void port_start(Port *port);              // begins to deliver
void port_stop(Port *port);               // messages wait again
void port_reference(Port *port, bool on); // whether it keeps the owner's loop alive
bool port_is_referenced(const Port *port);
// Closes the channel for both ends: each hears PORT_CLOSED from its loop, behind what was sent before.
void port_close(Port *port);
// Closes at once and says nothing to the owner (its object was collected, or its isolate ends).
void port_abandon(Port *port);
// Leaves the isolate with all that waits: the reference is the caller's.
Port *port_detach(Port *port);
// The next message, started or not. NULL: none.
Message *port_take(Port *port);
// Delivers now what waits, up to the end of the channel. Runs JS.
void port_drain(Host *host, Port *port);
bool port_are_entangled(const Port *a, const Port *b);

// ---- An end in nobody's isolate: of a thread of the host program. One thread at a time.
// `arrived(data)` is called under the channel's lock, on the sender's thread, when a message or the end of the channel has come: it may only
// wake somebody. NULL: nobody is told any more.
void port_hold(Port *port, void (*arrived)(void *data), void *data);
// The next message; NULL: none, and *over says that none will come.
Message *port_take_held(Port *port, bool *over);
// Closes the channel and gives the reference back.
void port_drop_held(Port *port);

// ---- From any thread
// Sends to the other end (to all others of the name); takes the message. false: after the end of the channel nothing happens.
bool port_post(Port *from, Message *message);

u32 ports_count_referenced(Host *host); // of the isolate: those that keep its loop alive
void ports_abandon_all(Host *host);     // the isolate ends
void ports_trace(Host *host, GcTracer *tracer);

#endif

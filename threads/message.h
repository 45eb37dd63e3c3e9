// SPDX-License-Identifier: MIT
// A message: a serialised value and what travels beside its bytes. It belongs to no isolate: plain native memory, handed from thread to
// thread by pointer, with one owner at a time.
#ifndef WEFT_THREADS_MESSAGE_H
#define WEFT_THREADS_MESSAGE_H

#include "base/base.h"
#include "vm/buffer.h"

// Immutable characters that several isolates use at once: long strings are shared, not copied.
typedef struct SharedText {
  _Atomic u32 refs;
  bool utf16;
  u32 length; // code units
  u8 chars[]; // Latin-1 bytes or u16 units
} SharedText;
SharedText *shared_text_new(u32 length, bool utf16); // one reference, chars not filled; NULL: no memory
static inline SharedText *shared_text_retain(SharedText *text) {
  atomic_fetch_add_explicit(&text->refs, 1, memory_order_relaxed);
  return text;
}
void shared_text_release(SharedText *text);

// Something of a higher kind that moves from isolate to isolate (a message port). `kind` is constant data.
typedef struct TransferKind {
  const char *name;
  void (*release)(void *item); // it arrived nowhere
} TransferKind;
typedef struct TransferItem {
  const TransferKind *kind; // NULL: was taken
  void *item;
} TransferItem;

// What few messages have.
typedef struct MessageExtras {
  u32 store_count, text_count, item_count;
  BackingStore **stores; // a reference each: shared memory, and buffers that were moved here; NULL: was taken
  SharedText **texts;
  TransferItem *items;
} MessageExtras;

typedef struct Message {
  struct Message *next; // in a queue
  u8 *bytes;            // inline_bytes, or own memory
  u32 size, capacity;
  u32 object_count;      // objects in the bytes
  bool has_references;   // some object occurs more than once
  MessageExtras *extras; // NULL: none
  u8 inline_bytes[];
} Message;

enum { MESSAGE_INLINE = 192 };
Message *message_new(void); // empty, with room for MESSAGE_INLINE bytes; NULL: no memory
// A message on the C stack, for one that is not going to be sent as it is (message_seal, message_clear).
enum { MESSAGE_DRAFT = sizeof(Message) + 512 };
static inline Message *message_draft(u64 memory[MESSAGE_DRAFT / sizeof(u64)]) {
  Message *message = (Message *)memory;
  memset(message, 0, sizeof *message);
  message->bytes = message->inline_bytes;
  message->capacity = MESSAGE_DRAFT - sizeof *message;
  return message;
}
// The draft as a message no larger than it needs to be, which takes over all that the draft has. NULL: no memory, the draft is as it was.
Message *message_seal(const Message *draft);
void message_clear(Message *message); // what message_free does to all but itself
void message_free(Message *message);  // and all that was not taken out of it
// Room for `more` further bytes. false: no memory, or beyond 4 GB.
MUST_CHECK bool message_reserve(Message *message, u32 more);
// Takes over the reference (the item) and gives its number.
u32 message_add_store(Message *message, BackingStore *store);
u32 message_add_text(Message *message, SharedText *text);
u32 message_add_item(Message *message, const TransferKind *kind, void *item);

#endif

// SPDX-License-Identifier: MIT
// Messages and the characters that they share: native memory that no isolate owns.
// Threads: a message has one owner at a time; the reference counts of texts and stores are atomic.
// Tests: tests/unit/threads/test_clone.c.
#include "threads/message.h"

// ---- Shared characters ----

SharedText *shared_text_new(u32 length, bool utf16) {
  SharedText *text = base_try_alloc(sizeof(SharedText) + ((size_t)length << utf16));
  if (!text) return NULL;
  atomic_init(&text->refs, 1);
  text->utf16 = utf16;
  text->length = length;
  return text;
}

void shared_text_release(SharedText *text) {
  if (text && atomic_fetch_sub_explicit(&text->refs, 1, memory_order_acq_rel) == 1) base_free(text);
}

// ---- Messages ----

Message *message_new(void) {
  Message *message = base_try_alloc(sizeof(Message) + MESSAGE_INLINE);
  if (!message) return NULL;
  memset(message, 0, sizeof *message);
  message->bytes = message->inline_bytes;
  message->capacity = MESSAGE_INLINE;
  return message;
}

Message *message_seal(const Message *draft) {
  u32 size = draft->bytes == draft->inline_bytes ? draft->size : 0;
  Message *message = base_try_alloc(sizeof(Message) + size);
  if (!message) return NULL;
  *message = *draft;
  if (!size) return message;
  memcpy(message->inline_bytes, draft->inline_bytes, size);
  message->bytes = message->inline_bytes;
  message->capacity = size;
  return message;
}

static NOINLINE void extras_free(MessageExtras *extras) {
  for (u32 i = 0; i < extras->store_count; i++) backing_store_release(extras->stores[i]);
  for (u32 i = 0; i < extras->text_count; i++) shared_text_release(extras->texts[i]);
  for (u32 i = 0; i < extras->item_count; i++) {
    TransferItem *item = &extras->items[i];
    if (item->kind) item->kind->release(item->item);
  }
  base_free(extras->stores);
  base_free(extras->texts);
  base_free(extras->items);
  base_free(extras);
}

void message_clear(Message *message) {
  if (UNLIKELY(message->extras != NULL)) extras_free(message->extras);
  if (UNLIKELY(message->bytes != message->inline_bytes)) base_free(message->bytes);
}

void message_free(Message *message) {
  if (!message) return;
  message_clear(message);
  base_free(message);
}

bool message_reserve(Message *message, u32 more) {
  u64 wanted = (u64)message->size + more;
  if (wanted <= message->capacity) return true;
  if (wanted > UINT32_MAX) return false;
  u64 capacity = MIN(MAX(wanted, (u64)message->capacity * 2), (u64)UINT32_MAX);
  bool is_inline = message->bytes == message->inline_bytes;
  u8 *bytes = base_try_realloc(is_inline ? NULL : message->bytes, (size_t)capacity);
  if (!bytes) return false;
  if (is_inline) memcpy(bytes, message->inline_bytes, message->size);
  message->bytes = bytes;
  message->capacity = (u32)capacity;
  return true;
}

// Lists grow at every power of two.
static void *list_grow(void *list, u32 count, size_t entry_size) {
  if (count & (count - 1)) return list;
  return base_realloc(list, MAX(count * 2, 1u) * entry_size);
}

static MessageExtras *extras_of(Message *message) {
  if (!message->extras) message->extras = base_alloc_zeroed(sizeof(MessageExtras));
  return message->extras;
}

u32 message_add_store(Message *message, BackingStore *store) {
  MessageExtras *extras = extras_of(message);
  extras->stores = list_grow(extras->stores, extras->store_count, sizeof(BackingStore *));
  extras->stores[extras->store_count] = store;
  return extras->store_count++;
}

u32 message_add_text(Message *message, SharedText *text) {
  MessageExtras *extras = extras_of(message);
  extras->texts = list_grow(extras->texts, extras->text_count, sizeof(SharedText *));
  extras->texts[extras->text_count] = text;
  return extras->text_count++;
}

u32 message_add_item(Message *message, const TransferKind *kind, void *item) {
  MessageExtras *extras = extras_of(message);
  extras->items = list_grow(extras->items, extras->item_count, sizeof(TransferItem));
  extras->items[extras->item_count] = (TransferItem){kind, item};
  return extras->item_count++;
}

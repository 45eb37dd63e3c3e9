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
  Message *message = base_try_alloc(sizeof(Message));
  if (!message) return NULL;
  message_init(message);
  return message;
}

void message_clear(Message *message) {
  for (u32 i = 0; i < message->store_count; i++) backing_store_release(message->stores[i]);
  for (u32 i = 0; i < message->text_count; i++) shared_text_release(message->texts[i]);
  for (u32 i = 0; i < message->item_count; i++) {
    TransferItem *item = &message->items[i];
    if (item->kind) item->kind->release(item->item);
  }
  if (message->stores) base_free(message->stores);
  if (message->texts) base_free(message->texts);
  if (message->items) base_free(message->items);
  if (message->bytes != message->inline_bytes) base_free(message->bytes);
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

u32 message_add_store(Message *message, BackingStore *store) {
  message->stores = list_grow(message->stores, message->store_count, sizeof(BackingStore *));
  message->stores[message->store_count] = store;
  return message->store_count++;
}

u32 message_add_text(Message *message, SharedText *text) {
  message->texts = list_grow(message->texts, message->text_count, sizeof(SharedText *));
  message->texts[message->text_count] = text;
  return message->text_count++;
}

u32 message_add_item(Message *message, const TransferKind *kind, void *item) {
  message->items = list_grow(message->items, message->item_count, sizeof(TransferItem));
  message->items[message->item_count] = (TransferItem){kind, item};
  return message->item_count++;
}

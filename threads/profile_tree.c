// SPDX-License-Identifier: MIT
// Growing call trees at samples, and what both kinds of profiles write about a function.
// Tests: tests/threads/profiles/.
#include "threads/profile_tree.h"

#include "vm/function.h"
#include "vm/string.h"

enum { DEPTH_MAX = 256, HEAD_MAX = 256 };

void profile_tree_init(ProfileTree *tree) {
  *tree = (ProfileTree){0};
  ProfileNode root = {.parent = PROFILE_NONE, .first_child = PROFILE_NONE, .next_sibling = PROFILE_NONE};
  vec_push(&tree->nodes, root);
}

void profile_tree_free(ProfileTree *tree) {
  for (u32 i = 0; i < tree->nodes.len; i++) {
    ProfileNode *node = &tree->nodes.data[i];
    if (node->block) code_block_release(node->block);
    base_free(node->name);
    vec_free(&node->ticks);
  }
  vec_free(&tree->nodes);
  vec_free(&tree->scripts);
}

static bool is_node(const ProfileNode *node, const CodeBlock *block, const char *name) {
  if (block || node->block) return node->block == block;
  return strcmp(node->name, name) == 0;
}

static u32 child(ProfileTree *tree, u32 parent, CodeBlock *block, const char *name) {
  u32 last = PROFILE_NONE;
  for (u32 i = tree->nodes.data[parent].first_child; i != PROFILE_NONE; i = tree->nodes.data[i].next_sibling) {
    if (is_node(&tree->nodes.data[i], block, name)) return i;
    last = i;
  }
  ProfileNode node = {.parent = parent, .first_child = PROFILE_NONE, .next_sibling = PROFILE_NONE};
  if (block) {
    node.block = code_block_retain(block);
  } else {
    size_t size = strlen(name) + 1;
    node.name = base_alloc(size);
    memcpy(node.name, name, size);
  }
  u32 number = tree->nodes.len;
  vec_push(&tree->nodes, node);
  if (last == PROFILE_NONE) tree->nodes.data[parent].first_child = number;
  else tree->nodes.data[last].next_sibling = number;
  return number;
}

u32 profile_tree_own(ProfileTree *tree, const char *name) { return child(tree, PROFILE_ROOT, NULL, name); }

static u32 child_of_frame(ProfileTree *tree, Isolate *iso, u32 parent, const StackFrameInfo *frame) {
  if (frame->block) return child(tree, parent, frame->block, "");
  String *name = error_function_name(iso, frame->function);
  return child(tree, parent, NULL, name ? error_text_of_string(iso, name) : "");
}

u32 profile_tree_here(ProfileTree *tree, Isolate *iso, u32 depth, StackFrameInfo *innermost) {
  StackFrameInfo frames[DEPTH_MAX];
  u32 count = stack_trace_frames(iso, MIN(depth, (u32)DEPTH_MAX), frames);
  u32 node = PROFILE_ROOT;
  for (u32 i = count; i-- > 0;) node = child_of_frame(tree, iso, node, &frames[i]);
  *innermost = count ? frames[0] : (StackFrameInfo){.pc = UINT32_MAX};
  return node;
}

// Children come after their parents: from the end on, every node knows what is below it.
bool *profile_tree_used(const ProfileTree *tree) {
  bool *used = base_alloc_zeroed(tree->nodes.len);
  used[PROFILE_ROOT] = true;
  for (u32 i = tree->nodes.len; i-- > 1;) {
    if (tree->nodes.data[i].bytes || tree->nodes.data[i].hits) used[i] = true;
    if (used[i]) used[tree->nodes.data[i].parent] = true;
  }
  return used;
}

// ---- Text ----

void profile_append_text(ByteVec *out, const char *text) {
  bytes_append(out, "\"", 1);
  for (const char *p = text; *p; p++) {
    char escaped[8];
    if (*p == '"' || *p == '\\') bytes_append(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\%c", *p));
    else if ((u8)*p < ' ') bytes_append(out, escaped, (size_t)snprintf(escaped, sizeof escaped, "\\u%04x", (u32)(u8)*p));
    else bytes_append(out, p, 1);
  }
  bytes_append(out, "\"", 1);
}

void profile_append_number(ByteVec *out, double number) {
  char text[32];
  bytes_append(out, text, (size_t)snprintf(text, sizeof text, "%.0f", number));
}

static void append_member(ByteVec *out, const char *name, double number) {
  profile_append_text(out, name);
  bytes_append(out, ":", 1);
  profile_append_number(out, number);
}

static void append_string_member(ByteVec *out, const char *name, const char *text) {
  profile_append_text(out, name);
  bytes_append(out, ":", 1);
  profile_append_text(out, text);
}

void profile_append_name(ByteVec *out, const ProfileTree *tree, u32 number) {
  const ProfileNode *node = &tree->nodes.data[number];
  const char *name = number == PROFILE_ROOT ? "(root)" : node->block ? node->block->name : node->name;
  append_string_member(out, "functionName", name);
}

static u32 script_number(ProfileTree *tree, SourceText *source) {
  for (u32 i = 0; i < tree->scripts.len; i++) {
    if (tree->scripts.data[i] == source) return i + 1;
  }
  vec_push(&tree->scripts, source);
  return tree->scripts.len;
}

static u32 unit_at(const SourceText *source, u32 i) {
  const void *chars = source_text_chars(source);
  return source->utf16 ? ((const u16 *)chars)[i] : ((const u8 *)chars)[i];
}

// Where V8 says that a function begins: its parameters. Scripts and modules begin at their beginning.
static u32 start_of(const CodeBlock *block) {
  if (!block->family || !block->source->length) return 0;
  if (block->flags & CODE_ARROW) return block->start;
  u32 end = MIN(block->end, block->start + HEAD_MAX);
  for (u32 i = block->start; i < end; i++) {
    if (unit_at(block->source, i) == '(') return i;
  }
  return block->start;
}

void profile_append_place(ByteVec *out, ProfileTree *tree, u32 number, bool script_first) {
  const ProfileNode *node = &tree->nodes.data[number];
  u32 line = 0, column = 0, script = 0;
  const char *url = "";
  if (node->block && node->block->source) {
    source_text_position(node->block->source, start_of(node->block), &line, &column);
    script = script_number(tree, node->block->source);
    url = node->block->source->name;
  }
  double first_line = (double)line - 1, first_column = (double)column - 1; // from 0; -1: there is none
  if (script_first) {
    append_member(out, "scriptId", script);
    bytes_append(out, ",", 1);
  }
  append_member(out, "lineNumber", first_line);
  bytes_append(out, ",", 1);
  append_member(out, "columnNumber", first_column);
  bytes_append(out, ",", 1);
  if (script_first) {
    profile_append_name(out, tree, number);
  } else {
    append_member(out, "scriptId", script);
  }
  bytes_append(out, ",", 1);
  append_string_member(out, "url", url);
}

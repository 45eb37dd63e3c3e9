// SPDX-License-Identifier: MIT
// Call trees of profiles: a node per function and way there. Functions of bytecode are named by their code block, which the tree keeps.
#ifndef WEFT_THREADS_PROFILE_TREE_H
#define WEFT_THREADS_PROFILE_TREE_H

#include "base/bytes.h"
#include "vm/error.h"

enum { PROFILE_NONE = UINT32_MAX, PROFILE_ROOT = 0 };

typedef struct ProfileTicks {
  u32 line, count;
} ProfileTicks;

typedef struct ProfileNode {
  u32 parent, first_child, next_sibling; // PROFILE_NONE: none
  CodeBlock *block;                      // one reference; NULL: native, or one of the profile's own
  char *name;                            // of those without a block
  u32 hits;                              // samples that ended here
  u64 bytes;                             // of heap profiles
  VEC(ProfileTicks) ticks;               // hits by line
} ProfileNode;

typedef struct ProfileTree {
  VEC(ProfileNode) nodes;    // [PROFILE_ROOT]
  VEC(SourceText *) scripts; // by the number that they get in the text, minus 1; borrowed from the nodes' blocks
} ProfileTree;

void profile_tree_init(ProfileTree *tree);
void profile_tree_free(ProfileTree *tree);
// The node of the running code, and where it stands in it; at most `depth` frames deep, counted from the innermost.
u32 profile_tree_here(ProfileTree *tree, Isolate *iso, u32 depth, StackFrameInfo *innermost);
u32 profile_tree_own(ProfileTree *tree, const char *name); // "(idle)" and the like, below the root

// Which nodes have hits or bytes, or something below them that has; to be base_free'd.
MUST_CHECK bool *profile_tree_used(const ProfileTree *tree);
void profile_append_text(ByteVec *out, const char *text);
void profile_append_number(ByteVec *out, double number);
// "functionName":..., as members of a callFrame
void profile_append_name(ByteVec *out, const ProfileTree *tree, u32 node);
void profile_append_place(ByteVec *out, ProfileTree *tree, u32 node, bool script_first);

#endif

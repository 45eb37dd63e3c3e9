// SPDX-License-Identifier: MIT
// What the parts of the test262 host share: an isolate furnished with $262, the test's own or an agent's.
#ifndef WEFT_NODE_TEST262_INTERNAL_H
#define WEFT_NODE_TEST262_INTERNAL_H

#include "node/node_internal.h"

typedef struct AgentGroup AgentGroup;
typedef struct Agent Agent;

typedef struct Test262 {
  Host *host;
  HashTable *modules; // "type\nabsolute path" -> Module
  const Test262Options *options;
  Test262Phase phase;
  AgentGroup *agents; // of the whole test
  Agent *agent;       // NULL: the test's own isolate
  Value on_broadcast; // of an agent: what receiveBroadcast was given, or undefined
} Test262;
static inline Test262 *test262_of(Isolate *iso) { return ((Host *)iso->host)->node; }

// Makes the host and furnishes its realm. `t` must lie in a frame that lives as long. false: no memory, nothing is left.
MUST_CHECK bool test262_begin(Test262 *t, bool no_can_block);
void test262_end(Test262 *t);
// Runs a script. Takes the text over. Runs JS.
MUST_CHECK Value test262_run_text(Isolate *iso, Realm *realm, SourceText *text);
MUST_CHECK bool test262_add_function(Isolate *iso, Realm *realm, JSObject *o, const char *name, NativeFn fn, u32 length);

// ---- test262_agent.c ----
AgentGroup *agent_group_new(Host *main);
void agent_group_free(AgentGroup *group); // ends all agents that still run, whatever they do, and waits for their threads
// $262.agent
MUST_CHECK bool agent_add_functions(Isolate *iso, Realm *realm, JSObject *o);
// An agent's exception was not caught: the test has failed, and is not to wait for what will not come.
void agent_failed(Test262 *t);

#endif

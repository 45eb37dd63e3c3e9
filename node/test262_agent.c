// SPDX-License-Identifier: MIT
// $262.agent: the other threads of a conformance test. An agent is an isolate in a thread of its own, whose loop runs until it says
// leaving(), its script fails, or the test is over. Broadcasts travel through the agents' loops, reports through a queue.
// What several threads see is in the group, under its lock.
// Tests: tests/cli/test262_agents.sh, test262's built-ins/Atomics.
#include "base/platform.h"
#include "node/test262_internal.h"

struct Agent {
  Agent *next;
  AgentGroup *group;
  Thread thread;
  char *script; // WTF-8
  size_t script_size;
  Host *host; // NULL: not made yet, or gone
  bool started, left;
};

typedef struct Report {
  struct Report *next;
  size_t size;
  char text[];
} Report;

struct AgentGroup {
  Mutex mutex;
  Condition changed;
  Host *main;
  Agent *agents;
  Report *reports, **reports_end;
  u32 broadcasts; // on their way to an agent
  bool over;      // the test is: no agent starts any more
  u64 start_ns;
};

typedef struct Broadcast {
  LoopMessage message;
  AgentGroup *group;
  BackingStore *store;
  i64 number;
  bool big;
} Broadcast;

static AgentGroup *group_of(Isolate *iso) { return test262_of(iso)->agents; }

// ---- The agent's thread ----

static void leave(Agent *agent) {
  if (agent->left) return;
  agent->left = true;
  loop_unreference(&agent->host->loop);
}

static void run_agent(Test262 *t) {
  Isolate *iso = t->host->iso;
  Agent *agent = t->agent;
  loop_reference(&t->host->loop);
  String *script = str_new_utf8(iso, agent->script, agent->script_size);
  SourceText *text = script ? node_source_from_string(iso, script, "agent") : NULL;
  if (!text || !test262_run_text(iso, iso->main_realm, text)) (void)host_report_pending(t->host);
  loop_drain(t->host);
  loop_run(t->host);
}

static void agent_main(void *arg) {
  Agent *agent = arg;
  AgentGroup *group = agent->group;
  Test262 t = {.options = test262_of(group->main->iso)->options, .agents = group, .agent = agent};
  bool made = test262_begin(&t, false);
  mutex_lock(&group->mutex);
  agent->started = true;
  agent->host = made ? t.host : NULL;
  condition_broadcast(&group->changed);
  bool run = made && !group->over;
  mutex_unlock(&group->mutex);
  if (run) run_agent(&t);
  mutex_lock(&group->mutex);
  agent->host = NULL; // from here on nobody posts to it or ends it
  mutex_unlock(&group->mutex);
  if (made) test262_end(&t);
}

void agent_failed(Test262 *t) {
  mutex_lock(&t->agents->mutex);
  if (!t->agents->over) isolate_terminate(t->agents->main->iso);
  mutex_unlock(&t->agents->mutex);
  leave(t->agent);
}

// ---- Broadcasts ----

static void broadcast_arrived(AgentGroup *group) {
  mutex_lock(&group->mutex);
  group->broadcasts--;
  condition_broadcast(&group->changed);
  mutex_unlock(&group->mutex);
}

static bool call_receiver(Isolate *iso, Value receiver, const Broadcast *b) {
  JSArrayBuffer *buffer = TRY(array_buffer_from_store(iso, backing_store_retain(b->store)));
  Value number = value_from_i64(b->number);
  if (b->big) number = value_from_cell(TRY(bigint_from_i64(iso, b->number)));
  return CALL2(iso, receiver, VALUE_UNDEFINED, value_from_object(buffer), number) != VALUE_FAIL;
}

static void run_broadcast(Host *host, LoopMessage *message) {
  Broadcast *b = (Broadcast *)message;
  broadcast_arrived(b->group);
  if (host) {
    Test262 *t = host->node;
    Value receiver = t->on_broadcast;
    t->on_broadcast = VALUE_UNDEFINED;
    if (!value_is_undefined(receiver) && !call_receiver(host->iso, receiver, b)) (void)host_report_pending(host);
  }
  backing_store_release(b->store);
  base_free(b);
}

static bool post_broadcast(AgentGroup *group, Agent *agent, const Broadcast *model) {
  if (!agent->host) return false;
  Broadcast *b = base_alloc(sizeof *b);
  *b = *model;
  backing_store_retain(b->store);
  group->broadcasts++;
  loop_post(&agent->host->loop, &b->message);
  return true;
}

// broadcast(sharedArrayBuffer, number): returns when all agents have it.
static Value broadcast(Isolate *iso, const Call *call) {
  enum { PATIENCE_S = 60 };
  AgentGroup *group = group_of(iso);
  Value v = call_arg(call, 0), number = call_arg(call, 1);
  if (!value_is_kind(v, KIND_SHARED_ARRAY_BUFFER)) return THROW(iso, TYPE, "broadcast needs a SharedArrayBuffer");
  Broadcast model = {.message.run = run_broadcast, .group = group, .store = ((JSArrayBuffer *)value_object(v))->store};
  model.big = value_is_bigint(number);
  if (model.big) {
    model.number = (i64)bigint_to_u64((BigInt *)value_cell(number));
  } else {
    i32 n;
    TRY(to_int32(iso, number, &n));
    model.number = n;
  }
  u64 deadline = platform_clock_ns() + (u64)PATIENCE_S * 1000000000;
  mutex_lock(&group->mutex);
  for (Agent *a = group->agents; a; a = a->next) (void)post_broadcast(group, a, &model);
  bool in_time = true;
  while (group->broadcasts && in_time) in_time = condition_wait_until(&group->changed, &group->mutex, deadline);
  mutex_unlock(&group->mutex);
  return in_time ? VALUE_UNDEFINED : THROW(iso, TYPE, "an agent does not take the broadcast");
}

static Value receive_broadcast(Isolate *iso, const Call *call) {
  if (!value_is_callable(call_arg(call, 0))) return throw_not_a_function(iso, call_arg(call, 0));
  test262_of(iso)->on_broadcast = call->args[0];
  return VALUE_UNDEFINED;
}

// ---- Starting ----

static Value start(Isolate *iso, const Call *call) {
  AgentGroup *group = group_of(iso);
  if (test262_of(iso)->agent) return THROW(iso, TYPE, "an agent starts no agents");
  String *script = TRY(to_string(iso, call_arg(call, 0)));
  Agent *agent = base_alloc_zeroed(sizeof *agent);
  agent->group = group;
  agent->script = str_to_utf8(iso, script, &agent->script_size);
  if (!agent->script || !thread_create(&agent->thread, "agent", 0, agent_main, agent)) {
    bool no_thread = agent->script != NULL;
    base_free(agent->script);
    base_free(agent);
    return no_thread ? THROW(iso, RANGE, "cannot start a thread") : VALUE_FAIL;
  }
  mutex_lock(&group->mutex);
  agent->next = group->agents;
  group->agents = agent;
  while (!agent->started) condition_wait(&group->changed, &group->mutex);
  mutex_unlock(&group->mutex);
  return VALUE_UNDEFINED;
}

static Value leaving(Isolate *iso, const Call *call) {
  (void)call;
  Agent *agent = test262_of(iso)->agent;
  if (agent) leave(agent);
  return VALUE_UNDEFINED;
}

// ---- Reports ----

static Value report(Isolate *iso, const Call *call) {
  AgentGroup *group = group_of(iso);
  String *s = TRY(to_string(iso, call_arg(call, 0)));
  size_t size;
  char *text = TRY(str_to_utf8(iso, s, &size));
  Report *r = base_alloc(sizeof *r + size);
  *r = (Report){.size = size};
  memcpy(r->text, text, size);
  base_free(text);
  mutex_lock(&group->mutex);
  *group->reports_end = r;
  group->reports_end = &r->next;
  mutex_unlock(&group->mutex);
  return VALUE_UNDEFINED;
}

static Report *take_report(AgentGroup *group) {
  mutex_lock(&group->mutex);
  Report *r = group->reports;
  if (r) group->reports = r->next;
  if (!group->reports) group->reports_end = &group->reports;
  mutex_unlock(&group->mutex);
  return r;
}

static Value get_report(Isolate *iso, const Call *call) {
  (void)call;
  Report *r = take_report(group_of(iso));
  if (!r) return VALUE_NULL;
  String *s = str_new_utf8(iso, r->text, r->size);
  base_free(r);
  return s ? value_from_cell(s) : VALUE_FAIL;
}

// ---- Time ----

static Value sleep_ms(Isolate *iso, const Call *call) {
  double ms;
  TRY(to_double(iso, call_arg(call, 0), &ms));
  u64 ns = ms > 0 ? (u64)(MIN(ms, 1e9) * 1e6) : 0;
  return wait_list_sleep(iso->host, ns) ? VALUE_UNDEFINED : VALUE_FAIL;
}

static Value monotonic_now(Isolate *iso, const Call *call) {
  (void)call;
  return value_from_double((double)(platform_clock_ns() - group_of(iso)->start_ns) / 1e6);
}

bool agent_add_functions(Isolate *iso, Realm *realm, JSObject *o) {
  TRY(test262_add_function(iso, realm, o, "start", start, 1));
  TRY(test262_add_function(iso, realm, o, "broadcast", broadcast, 2));
  TRY(test262_add_function(iso, realm, o, "receiveBroadcast", receive_broadcast, 1));
  TRY(test262_add_function(iso, realm, o, "report", report, 1));
  TRY(test262_add_function(iso, realm, o, "getReport", get_report, 0));
  TRY(test262_add_function(iso, realm, o, "sleep", sleep_ms, 1));
  TRY(test262_add_function(iso, realm, o, "leaving", leaving, 0));
  return test262_add_function(iso, realm, o, "monotonicNow", monotonic_now, 0);
}

// ---- The group ----

AgentGroup *agent_group_new(Host *main) {
  AgentGroup *group = base_alloc_zeroed(sizeof *group);
  mutex_init(&group->mutex);
  condition_init(&group->changed);
  group->main = main;
  group->reports_end = &group->reports;
  group->start_ns = platform_clock_ns();
  return group;
}

void agent_group_free(AgentGroup *group) {
  mutex_lock(&group->mutex);
  group->over = true;
  for (Agent *a = group->agents; a; a = a->next) {
    if (a->host) isolate_terminate(a->host->iso);
  }
  mutex_unlock(&group->mutex);
  for (Agent *a = group->agents, *next; a; a = next) {
    next = a->next;
    thread_join(&a->thread);
    base_free(a->script);
    base_free(a);
  }
  for (Report *r; (r = take_report(group));) base_free(r);
  condition_destroy(&group->changed);
  mutex_destroy(&group->mutex);
  base_free(group);
}

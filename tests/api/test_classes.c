// SPDX-License-Identifier: MIT
// Classes of the host's: constructors, members, data, what cannot be passed for what, values in the data, the end.
#include "tests/api/host.h"

typedef struct Point {
  double x, y;
  WeftValue label; // seen by the trace hook only
} Point;

static int alive;

static void finalise(void *data) {
  alive--;
  free(data);
}
static void trace(WeftTracer *tracer, void *data) { weft_trace(tracer, ((Point *)data)->label); }

typedef struct World {
  WeftClass *point, *pixel, *other;
} World;

static World *world_of(WeftIsolate *w) { return weft_isolate_data(w); }

static Point *point_new(WeftIsolate *w, const WeftCall *call) {
  Point *p = calloc(1, sizeof *p);
  if (!weft_to_number(w, weft_argument(call, 0), &p->x) || !weft_to_number(w, weft_argument(call, 1), &p->y)) {
    free(p);
    return NULL;
  }
  p->label = weft_undefined();
  alive++;
  return p;
}

static WeftValue make(WeftIsolate *w, const WeftCall *call) {
  Point *p = point_new(w, call);
  return p ? weft_instance_new(w, world_of(w)->point, call->new_target, p) : NULL;
}
static WeftValue make_pixel(WeftIsolate *w, const WeftCall *call) {
  Point *p = point_new(w, call);
  return p ? weft_instance_new(w, world_of(w)->pixel, call->new_target, p) : NULL;
}

static WeftValue sum(WeftIsolate *w, const WeftCall *call) {
  const Point *p = weft_instance_data(w, world_of(w)->point, call->this_value);
  return weft_number(p->x + p->y + (call->data ? *(int *)call->data : 0));
}
static WeftValue get_x(WeftIsolate *w, const WeftCall *call) {
  return weft_number(((Point *)weft_instance_data(w, world_of(w)->point, call->this_value))->x);
}
static WeftValue set_x(WeftIsolate *w, const WeftCall *call) {
  Point *p = weft_instance_data(w, world_of(w)->point, call->this_value);
  return weft_to_number(w, weft_argument(call, 0), &p->x) ? weft_undefined() : NULL;
}
static WeftValue set_label(WeftIsolate *w, const WeftCall *call) {
  ((Point *)weft_instance_data(w, world_of(w)->point, call->this_value))->label = weft_argument(call, 0);
  return weft_undefined();
}
static WeftValue get_label(WeftIsolate *w, const WeftCall *call) {
  return ((Point *)weft_instance_data(w, world_of(w)->point, call->this_value))->label;
}
static WeftValue origin(WeftIsolate *w, const WeftCall *call) {
  return weft_construct(w, call->this_value, 2, (WeftValue[]){weft_integer(0), weft_integer(0)});
}
static WeftValue take(WeftIsolate *w, const WeftCall *call) { // a point, as an argument
  const Point *p = weft_instance_data(w, world_of(w)->point, weft_argument(call, 0));
  return p ? weft_number(p->x) : NULL;
}

static int thousand = 1000;
static const WeftMember members[] = {
    {WEFT_METHOD, "sum", sum, 0, NULL},
    {WEFT_METHOD, "more", sum, 0, &thousand},
    {WEFT_GETTER, "x", get_x, 0, NULL},
    {WEFT_SETTER, "x", set_x, 1, NULL},
    {WEFT_SETTER, "label", set_label, 1, NULL},
    {WEFT_GETTER, "label", get_label, 0, NULL},
    {WEFT_STATIC_METHOD, "origin", origin, 0, NULL},
};

static WeftIsolate *world_make(World *world) {
  WeftIsolate *w = isolate_make();
  weft_isolate_set_data(w, world);
  WeftClassDefinition definition = {.size = sizeof definition,
                                    .name = "Point",
                                    .construct = make,
                                    .length = 2,
                                    .members = members,
                                    .member_count = sizeof members / sizeof members[0],
                                    .finalise = finalise,
                                    .trace = trace};
  world->point = weft_class_new(w, &definition);
  ck_assert_ptr_nonnull(world->point);
  world->pixel = weft_class_new(
      w, &(WeftClassDefinition){.size = sizeof definition, .name = "Pixel", .parent = world->point, .construct = make_pixel});
  world->other = weft_class_new(w, &(WeftClassDefinition){.size = sizeof definition, .name = "Other"});
  ck_assert(world->pixel && world->other);
  WeftValue global = weft_global(w);
  ck_assert(weft_set_named(w, global, "Point", weft_class_constructor(w, world->point)));
  ck_assert(weft_set_named(w, global, "Pixel", weft_class_constructor(w, world->pixel)));
  ck_assert(weft_set_named(w, global, "Other", weft_class_constructor(w, world->other)));
  ck_assert(weft_set_named(w, global, "take", weft_function(w, "take", 1, take, NULL)));
  return w;
}

START_TEST(members_work) {
  World world;
  WeftIsolate *w = world_make(&world);
  ck_assert_shows(w, eval(w, "p = new Point(3, 4); [p.sum(), p.more(), p.x, (p.x = 10, p.x), p.sum()]"), "7,1007,3,10,14");
  ck_assert_shows(w, eval(w, "[Point.length, Point.name, Point.prototype.sum.name, String(p), Object.keys(p).length]"),
                  "2,Point,sum,[object Point],0");
  ck_assert_shows(w, eval(w, "Point.origin().sum()"), "0");
  ck_assert_int_eq(weft_kind(eval(w, "p")), WEFT_INSTANCE);
  ck_assert_shows(w,
                  eval(w, "class Sub extends Point { sum() { return super.sum() + 0.5 } } s = new Sub(1, 2);"
                          "[s.sum(), s instanceof Sub, s instanceof Point, take(s)]"),
                  "3.5,true,true,1");
  ck_assert_shows(w, eval(w, "q = new Pixel(5, 6); [q.sum(), q instanceof Point, take(q), Object.getPrototypeOf(Pixel) === Point]"),
                  "11,true,5,true");
  ck_assert(weft_is_instance(w, world.pixel, eval(w, "q")));
  ck_assert(!weft_is_instance(w, world.pixel, eval(w, "p")));
  weft_isolate_delete(w);
  ck_assert_int_eq(alive, 0);
}
END_TEST

START_TEST(nothing_else_is_taken) {
  World world;
  WeftIsolate *w = world_make(&world);
  static const char *const cases[][2] = {
      {"Point(1, 2)", "TypeError: Class constructor Point cannot be invoked without 'new'"},
      {"new Other", "TypeError: Illegal constructor"},
      {"Point.prototype.sum.call({})", "TypeError: A method of Point was called on #<Object>"},
      {"Point.prototype.x", "TypeError: A method of Point was called on #<Point>"},
      {"take(1)", "TypeError: 1 is no Point"},
      {"take({ __proto__: Point.prototype })", "TypeError: #<Point> is no Point"},
      {"new Point({ valueOf() { throw new RangeError('mine') } })", "RangeError: mine"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    ck_assert_ptr_null(weft_eval(w, cases[i][0], WEFT_TEXT_END, NULL));
    ck_assert_thrown(w, cases[i][1]);
  }
  weft_isolate_delete(w);
}
END_TEST

// Values that only the data holds, old data that gets young values, cycles through the data.
START_TEST(values_in_data) {
  World world;
  WeftIsolate *w = world_make(&world);
  (void)eval(w, "p = new Point(1, 1)");
  weft_collect(w);
  weft_collect(w); // old by now
  (void)eval(w, "for (let i = 0; i < 200000; i++) { p.label = { i, text: 'n' + i }; if (p.label.text !== 'n' + i) throw i }");
  ck_assert_shows(w, eval(w, "p.label.text"), "n199999");
  int before = alive;
  (void)eval(w, "for (let i = 0; i < 1000; i++) { const q = new Point(i, i); q.label = { q } } p.label = undefined");
  weft_collect(w);
  weft_collect(w);
  ck_assert_int_lt(alive, before + 20); // the cycles are gone, but for what stale words of the stack keep
  weft_isolate_delete(w);
  ck_assert_int_eq(alive, 0);
}
END_TEST

UNIT_MAIN("api/classes", members_work, nothing_else_is_taken, values_in_data)

// SPDX-License-Identifier: MIT
// What OP_RUNTIME does: operations too rare for an instruction of their own. vm/runtime_ops.def says what each takes and gives.
#include "vm/dispose.h"
#include "vm/interp_internal.h"
#include "vm/lookup.h"

// The realm of the code that runs the operation.
static Realm *realm_here(Isolate *iso) { return frame_code(iso->fp)->realm; }

static Value or_empty(Value v) { return v == VALUE_EMPTY ? runtime_empty : v; }

static Value op_throw_const_assign(Isolate *iso, Value *a) {
  (void)a;
  return THROW(iso, CONST_ASSIGN);
}

static Value op_throw_error(Isolate *iso, Value *a) {
  const char *text = error_text_of_string(iso, value_string(a[1]));
  switch (value_int(a[0])) {
  case 0: return THROW(iso, SYNTAX, text);
  case 1: return THROW(iso, REFERENCE, text);
  default: return THROW(iso, TYPE, text);
  }
}

static Value op_throw_not_object_coercible(Isolate *iso, Value *a) {
  if (!value_is_nullish(a[0])) return a[0];
  const char *text = value_is_string(a[1]) ? error_text_of_string(iso, value_string(a[1])) : error_text_of_value(iso, a[0]);
  return a[0] == VALUE_NULL ? THROW(iso, DESTRUCTURE_NULL, text) : THROW(iso, DESTRUCTURE_NULLISH, text);
}

static Value op_check_object(Isolate *iso, Value *a) {
  if (value_is_object(a[0])) return a[0];
  return THROW(iso, ITERATOR_RESULT_NOT_OBJECT, error_text_of_value(iso, a[0]));
}

static Value op_global_declaration_instantiation(Isolate *iso, Value *a) {
  TRY(global_declaration_instantiation(iso, realm_here(iso), value_object(a[0]), value_object(a[1])));
  return VALUE_UNDEFINED;
}

static Value op_declare_global_var(Isolate *iso, Value *a) {
  PropertyKey name = TRY(to_property_key(iso, a[0]));
  TRY(create_global_var_binding(iso, realm_here(iso), name, a[1] == VALUE_TRUE));
  return VALUE_UNDEFINED;
}

static Value op_declare_global_function(Isolate *iso, Value *a) {
  PropertyKey name = TRY(to_property_key(iso, a[0]));
  TRY(create_global_function_binding(iso, realm_here(iso), name, a[1], a[2] == VALUE_TRUE));
  return VALUE_UNDEFINED;
}

static Value op_can_declare_global(Isolate *iso, Value *a) {
  PropertyKey name = TRY(to_property_key(iso, a[0]));
  Realm *realm = realm_here(iso);
  if (global_lexical_find(realm, name, iso)) return VALUE_FALSE;
  Tri can = TRY(a[1] == VALUE_TRUE ? can_declare_global_function(iso, realm, name) : can_declare_global_var(iso, realm, name));
  return value_from_bool(can == TRI_YES);
}

// ---- Names looked up at run time ----

static Environment *nearest_eval_vars(Value env) {
  for (Environment *e = (Environment *)env; e; e = ref_get(e->parent))
    if (e->cell.flags & ENV_EVAL_VARS) return e;
  return NULL;
}

// The object that holds an environment's eval-declared names, made when the first comes.
static JSObject *eval_vars_object(Isolate *iso, Environment *env) {
  Value v = slot_get(&env->slots[0]);
  if (v != VALUE_EMPTY) return value_object(v);
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  slot_set(iso, env, &env->slots[0], value_from_cell(o));
  return o;
}

static Value eval_declare(Isolate *iso, Value env, Value name, Value f) {
  PropertyKey key = TRY(to_property_key(iso, name));
  Environment *vars = nearest_eval_vars(env);
  if (!vars) {
    Realm *realm = realm_here(iso);
    if (f) TRY(create_global_function_binding(iso, realm, key, f, true));
    else TRY(create_global_var_binding(iso, realm, key, true));
    return VALUE_UNDEFINED;
  }
  JSObject *o = TRY(eval_vars_object(iso, vars));
  Tri has = TRY(has_own_property(iso, o, key));
  if (f || has == TRI_NO) TRY(create_data_property_or_throw(iso, o, key, f ? f : VALUE_UNDEFINED));
  return VALUE_UNDEFINED;
}

static Value op_eval_declare_var(Isolate *iso, Value *a) { return eval_declare(iso, a[0], a[1], VALUE_EMPTY); }
static Value op_eval_declare_function(Isolate *iso, Value *a) { return eval_declare(iso, a[0], a[1], a[2]); }

static Value op_new_eval_vars_env(Isolate *iso, Value *a) {
  Environment *env = environment_new(iso, (Environment *)a[0], (u32)value_int(a[1]));
  env->cell.flags = ENV_EVAL_VARS;
  return value_from_cell(env);
}

static Value op_new_with_env(Isolate *iso, Value *a) {
  JSObject *o = TRY(to_object(iso, a[1]));
  Environment *env = environment_new(iso, (Environment *)a[0], 1);
  env->cell.flags = ENV_WITH;
  slot_set(iso, env, &env->slots[0], value_from_cell(o));
  return value_from_cell(env);
}

// HasBinding of an object environment record (9.1.1.2.1) for `with`.
static Tri with_has_binding(Isolate *iso, JSObject *o, PropertyKey key) {
  Tri has = TRY(obj_has_property(iso, o, key));
  if (has == TRI_NO) return TRI_NO;
  Value unscopables = TRY(obj_get(iso, o, SYM(unscopables)));
  if (!value_is_object(unscopables)) return TRI_YES;
  Value blocked = TRY(obj_get(iso, value_object(unscopables), key));
  return tri(!to_boolean(iso, blocked));
}

static Value op_lookup_dynamic(Isolate *iso, Value *a) {
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  i32 left = value_int(a[2]);
  for (Environment *env = (Environment *)a[0]; env && left != 0; env = ref_get(env->parent), left--) {
    if (!(env->cell.flags & (ENV_WITH | ENV_EVAL_VARS))) continue;
    Value object = slot_get(&env->slots[0]);
    if (object == VALUE_EMPTY) continue;
    Tri has = TRY(env->cell.flags & ENV_WITH ? with_has_binding(iso, value_object(object), key)
                                             : has_own_property(iso, value_object(object), key));
    if (has == TRI_YES) return object;
  }
  return VALUE_UNDEFINED;
}

// Objects of eval variables have no prototype and never leave the engine; any other object is that of a `with`.
static Value op_lookup_dynamic_this(Isolate *iso, Value *a) {
  if (!value_is_object(a[0])) return VALUE_UNDEFINED;
  for (Environment *env = (Environment *)a[1]; env; env = ref_get(env->parent)) {
    if (env->cell.flags & ENV_WITH && slot_get(&env->slots[0]) == a[0]) return a[0];
  }
  (void)iso;
  return VALUE_UNDEFINED;
}

static Value op_get_binding_value(Isolate *iso, Value *a) {
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  JSObject *o = value_object(a[0]);
  Tri has = TRY(obj_has_property(iso, o, key));
  if (has == TRI_NO) return a[2] == VALUE_TRUE ? THROW(iso, NOT_DEFINED, error_text_of_key(iso, key)) : VALUE_UNDEFINED;
  return obj_get(iso, o, key);
}

static Value op_set_binding_value(Isolate *iso, Value *a) {
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  JSObject *o = value_object(a[0]);
  bool strict = a[3] == VALUE_TRUE;
  Tri has = TRY(obj_has_property(iso, o, key));
  if (has == TRI_NO && strict) return THROW(iso, NOT_DEFINED, error_text_of_key(iso, key));
  TRY(obj_set(iso, o, key, a[2], strict));
  return VALUE_UNDEFINED;
}

static Value op_delete_binding(Isolate *iso, Value *a) {
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  Realm *realm = realm_here(iso);
  if (a[0] == VALUE_UNDEFINED && global_lexical_find(realm, key, iso)) return VALUE_FALSE;
  JSObject *o = a[0] == VALUE_UNDEFINED ? ref_get(realm->global_object) : value_object(a[0]);
  Tri ok = TRY(obj_delete_property(iso, o, key));
  return value_from_bool(ok == TRI_YES);
}

// ---- Private names ----

static Value op_new_private_name(Isolate *iso, Value *a) {
  return value_from_cell(symbol_new(iso, value_string(a[0]), SYMBOL_PRIVATE));
}

static bool private_is_new(Isolate *iso, JSObject *o, PropertyKey key) {
  PropertySlot slot;
  if (shape_lookup(obj_shape(iso, o), key, &slot)) return THROW(iso, PRIVATE_REDECLARED, error_text_of_key(iso, key)) != NULL;
  return ordinary_is_extensible(iso, o) == TRI_YES || THROW(iso, NOT_EXTENSIBLE, error_text_of_key(iso, key)) != NULL;
}

static Value op_define_private_method(Isolate *iso, Value *a) {
  TRY(private_is_new(iso, value_object(a[0]), (PropertyKey)a[1]));
  obj_put_direct(iso, value_object(a[0]), (PropertyKey)a[1], a[2], 0);
  return VALUE_UNDEFINED;
}

static Value op_define_private_accessor(Isolate *iso, Value *a) {
  TRY(private_is_new(iso, value_object(a[0]), (PropertyKey)a[1]));
  obj_put_accessor_direct(iso, value_object(a[0]), (PropertyKey)a[1], a[2], a[3], 0);
  return VALUE_UNDEFINED;
}

// ---- Modules ----

// ImportCall (13.3.10): whatever goes wrong rejects the promise.
static Value op_import_call(Isolate *iso, Value *a) {
  PromiseCapabilityRecord capability;
  TRY(new_promise_capability(iso, intrinsic(iso, INTRINSIC_PROMISE), &capability));
  Value host_defined = slot_get(&frame_code(iso->fp)->host_defined);
  String *specifier = to_string(iso, a[0]);
  if (specifier && iso->hooks->import_dynamic(iso, host_defined, value_from_cell(specifier), a[1], capability.promise))
    return capability.promise;
  if (iso->terminating) return VALUE_FAIL;
  promise_reject(iso, (JSPromise *)capability.promise, isolate_take_exception(iso));
  return capability.promise;
}

static Value op_import_meta(Isolate *iso, Value *a) {
  (void)a;
  Module *module = (Module *)slot_get(&frame_code(iso->fp)->host_defined);
  Value meta = slot_get(&module->meta_object);
  if (value_is_object(meta)) return meta;
  JSObject *o = TRY(ordinary_object_create(iso, VALUE_NULL));
  if (iso->hooks->initialise_import_meta) TRY(iso->hooks->initialise_import_meta(iso, module, o));
  slot_set(iso, module, &module->meta_object, value_from_cell(o));
  return value_from_cell(o);
}

// ---- Others ----

static Value op_add_disposable(Isolate *iso, Value *a) { return add_disposable_resource(iso, a[0], a[1], a[2] == VALUE_TRUE); }
static Value op_dispose_resources(Isolate *iso, Value *a) { return dispose_resources(iso, a[0], a[1] == VALUE_TRUE, a[2]); }
static Value op_dispose_async_step(Isolate *iso, Value *a) { return dispose_async_step(iso, a[0], a[1]); }
static Value op_dispose_async_error(Isolate *iso, Value *a) { return dispose_error(iso, a[0], a[1]); }

static Value op_create_iter_result(Isolate *iso, Value *a) {
  return value_from_cell(create_iter_result(iso, a[0], a[1] == VALUE_TRUE));
}
static Value op_get_prototype_of(Isolate *iso, Value *a) { return obj_get_prototype_of(iso, value_object(a[0])); }
static Value op_super_base(Isolate *iso, Value *a) { return slow_super_base(iso, a[0]); }

static Value op_super_get(Isolate *iso, Value *a) {
  if (a[0] == VALUE_NULL) return slow_elem_key(iso, a[0], a[1]); // throws
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  return obj_get_with_receiver(iso, value_object(a[0]), key, a[2]);
}

static Value op_set_strict(Isolate *iso, Value *a) {
  if (value_is_nullish(a[0])) {
    u8 op = OP_SET_ELEM;
    return slow_set_elem(iso, &op, frame_code(iso->fp), a[0], a[1], a[2]) ? VALUE_UNDEFINED : VALUE_FAIL; // throws
  }
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  JSObject *o = TRY(to_object(iso, a[0]));
  Tri ok = TRY(obj_set_with_receiver(iso, o, key, a[2], a[0]));
  if (ok == TRI_YES) return VALUE_UNDEFINED;
  (void)throw_set_failed(iso, a[0], key);
  return VALUE_FAIL;
}

static Value op_delete_strict(Isolate *iso, Value *a) {
  Value done = TRY(slow_delete_elem(iso, frame_code(iso->fp), a[0], a[1]));
  if (done == VALUE_TRUE) return done;
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  return THROW(iso, STRICT_DELETE, error_text_of_key(iso, key), error_text_of_value(iso, a[0]));
}

static Value op_to_object(Isolate *iso, Value *a) { return value_from_cell(to_object(iso, a[0])); }

static Value op_require_function_name(Isolate *iso, Value *a) {
  JSObject *f = value_object(a[0]);
  Tri has = TRY(has_own_property(iso, f, ATOM(name)));
  if (has == TRI_YES) {
    Value name = TRY(obj_get(iso, f, ATOM(name)));
    if (!value_is_string(name) || value_string(name)->length) return a[0];
  }
  PropertyKey key = TRY(to_property_key(iso, a[1]));
  TRY(function_set_name(iso, f, key, NULL));
  return a[0];
}

static Value op_debugger(Isolate *iso, Value *a) {
  (void)iso;
  return or_empty(a[0]);
}

static Value op_is_direct_eval(Isolate *iso, Value *a) {
  return value_from_bool(is_intrinsic_eval(iso, frame_code(iso->fp), a[0]));
}

static Value op_closure(Isolate *iso, Value *a) {
  return value_from_cell(function_new(iso, (Code *)value_cell(a[0]), (Environment *)a[1]));
}

static Value op_has_global(Isolate *iso, Value *a) {
  Realm *realm = realm_here(iso);
  PropertyKey name = TRY(to_property_key(iso, a[0]));
  if (global_lexical_find(realm, name, iso)) return VALUE_TRUE;
  return value_from_bool(TRY(obj_has_property(iso, ref_get(realm->global_object), name)) == TRI_YES);
}

typedef Value (*RuntimeFn)(Isolate *iso, Value *args);
static const RuntimeFn runtime_functions[RUNTIME_OP_COUNT] = {
    [RUNTIME_THROW_CONST_ASSIGN] = op_throw_const_assign,
    [RUNTIME_THROW_ERROR] = op_throw_error,
    [RUNTIME_THROW_NOT_OBJECT_COERCIBLE] = op_throw_not_object_coercible,
    [RUNTIME_CHECK_OBJECT] = op_check_object,
    [RUNTIME_GLOBAL_DECLARATION_INSTANTIATION] = op_global_declaration_instantiation,
    [RUNTIME_DECLARE_GLOBAL_VAR] = op_declare_global_var,
    [RUNTIME_DECLARE_GLOBAL_FUNCTION] = op_declare_global_function,
    [RUNTIME_CAN_DECLARE_GLOBAL] = op_can_declare_global,
    [RUNTIME_EVAL_DECLARE_VAR] = op_eval_declare_var,
    [RUNTIME_EVAL_DECLARE_FUNCTION] = op_eval_declare_function,
    [RUNTIME_NEW_EVAL_VARS_ENV] = op_new_eval_vars_env,
    [RUNTIME_NEW_WITH_ENV] = op_new_with_env,
    [RUNTIME_LOOKUP_DYNAMIC] = op_lookup_dynamic,
    [RUNTIME_LOOKUP_DYNAMIC_THIS] = op_lookup_dynamic_this,
    [RUNTIME_GET_BINDING_VALUE] = op_get_binding_value,
    [RUNTIME_SET_BINDING_VALUE] = op_set_binding_value,
    [RUNTIME_DELETE_BINDING] = op_delete_binding,
    [RUNTIME_NEW_PRIVATE_NAME] = op_new_private_name,
    [RUNTIME_DEFINE_PRIVATE_METHOD] = op_define_private_method,
    [RUNTIME_DEFINE_PRIVATE_ACCESSOR] = op_define_private_accessor,
    [RUNTIME_IMPORT_CALL] = op_import_call,
    [RUNTIME_IMPORT_META] = op_import_meta,
    [RUNTIME_ADD_DISPOSABLE] = op_add_disposable,
    [RUNTIME_DISPOSE_RESOURCES] = op_dispose_resources,
    [RUNTIME_DISPOSE_ASYNC_STEP] = op_dispose_async_step,
    [RUNTIME_DISPOSE_ASYNC_ERROR] = op_dispose_async_error,
    [RUNTIME_CREATE_ITER_RESULT] = op_create_iter_result,
    [RUNTIME_GET_PROTOTYPE_OF] = op_get_prototype_of,
    [RUNTIME_SUPER_BASE] = op_super_base,
    [RUNTIME_SUPER_GET] = op_super_get,
    [RUNTIME_SET_STRICT] = op_set_strict,
    [RUNTIME_DELETE_STRICT] = op_delete_strict,
    [RUNTIME_TO_OBJECT] = op_to_object,
    [RUNTIME_REQUIRE_FUNCTION_NAME] = op_require_function_name,
    [RUNTIME_DEBUGGER] = op_debugger,
    [RUNTIME_CLOSURE] = op_closure,
    [RUNTIME_HAS_GLOBAL] = op_has_global,
    [RUNTIME_IS_DIRECT_EVAL] = op_is_direct_eval,
};

Value runtime_op(Isolate *iso, u32 op, Value *args, u32 argc) {
  (void)argc;
  return runtime_functions[op](iso, args);
}

Value direct_eval(Isolate *iso, Value *fp, Value source, u32 scope, Value env) {
  if (!value_is_string(source)) return source;
  Code *code = frame_code(fp);
  EvalCall call = {
      .strict = code->flags & CODE_STRICT,
      .env = (Environment *)env,
      .realm = code->realm,
      .caller = code->block,
      .scope = scope,
      .this_value = fp[0],
      .function = fp[-4],
      .new_target = frame_flags(fp) & FRAME_CONSTRUCT ? fp[-5] : VALUE_UNDEFINED,
  };
  return iso->hooks->eval(iso, value_string(source), &call);
}

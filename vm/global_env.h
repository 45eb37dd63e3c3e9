// SPDX-License-Identifier: MIT
// The global environment record of a realm (ECMA-262 9.1.1.4). Names are atoms.
#ifndef WEFT_VM_GLOBAL_ENV_H
#define WEFT_VM_GLOBAL_ENV_H

#include "vm/module.h"

Binding *global_lexical_find(Realm *realm, PropertyKey name, Isolate *iso);                         // NULL: none
MUST_CHECK bool global_lexical_create(Isolate *iso, Realm *realm, PropertyKey name, bool is_const); // uninitialised
MUST_CHECK bool global_lexical_initialize(Isolate *iso, Realm *realm, PropertyKey name, Value v);
MUST_CHECK Tri can_declare_global_var(Isolate *iso, Realm *realm, PropertyKey name);
MUST_CHECK Tri can_declare_global_function(Isolate *iso, Realm *realm, PropertyKey name);
MUST_CHECK bool create_global_var_binding(Isolate *iso, Realm *realm, PropertyKey name, bool deletable);
MUST_CHECK bool create_global_function_binding(Isolate *iso, Realm *realm, PropertyKey name, Value f, bool deletable);
// Checks of GlobalDeclarationInstantiation (16.1.7), then the lexical bindings. Arrays of pairs: name, isFunction; name, isConst.
MUST_CHECK bool global_declaration_instantiation(Isolate *iso, Realm *realm, JSObject *vars, JSObject *lexicals);

#endif

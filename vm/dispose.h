// SPDX-License-Identifier: MIT
// Explicit resource management (ECMA-262, DisposeCapability records): `using`, `await using`. Runs JS.
#ifndef WEFT_VM_DISPOSE_H
#define WEFT_VM_DISPOSE_H

#include "vm/isolate.h"

// AddDisposableResource. `list` is undefined at first; the result is the list to go on with.
MUST_CHECK Value add_disposable_resource(Isolate *iso, Value list, Value v, bool is_async);
// DisposeResources for synchronous scopes: undefined, or throws the error (suppressed ones nested).
MUST_CHECK Value dispose_resources(Isolate *iso, Value list, bool has_error, Value error);
// The next asynchronous step: what to await, or undefined when all is disposed (error EMPTY) / throws the final error.
MUST_CHECK Value dispose_async_step(Isolate *iso, Value list, Value error);
// SuppressedError(new, old) or just the new one.
MUST_CHECK Value dispose_error(Isolate *iso, Value old, Value error);

#endif

// SPDX-License-Identifier: MIT
// Import attributes: pairs of key and value in an engine array, or undefined where there are none.
#ifndef WEFT_NODE_IMPORT_ATTRIBUTES_H
#define WEFT_NODE_IMPORT_ATTRIBUTES_H

#include "vm/isolate.h"

// From the options of import(). Runs JS.
MUST_CHECK bool import_attributes(Isolate *iso, Value options, Value *attributes);
// The value of `type` ("" when there is none), in memory that lives while it is on the C stack. TypeError on unknown attributes.
MUST_CHECK bool import_attribute_type(Isolate *iso, Value attributes, const char **type);

#endif

// SPDX-License-Identifier: MIT
// What iterator.c and iterator_zip.c share.
#ifndef WEFT_RUNTIME_CONTROL_ITERATOR_INTERNAL_H
#define WEFT_RUNTIME_CONTROL_ITERATOR_INTERNAL_H

#include "runtime/support.h"

// JSIteratorHelper.what
enum HelperKind {
  HELPER_MAP,
  HELPER_FILTER,
  HELPER_TAKE,
  HELPER_DROP,
  HELPER_FLAT_MAP,
  HELPER_CONCAT,
  HELPER_ZIP,
  HELPER_CHUNKS,
  HELPER_WINDOWS
};

JSIteratorHelper *iterator_helper_new(Isolate *iso, enum HelperKind what);
// IteratorStepValue: YES and *value, or NO. Runs JS.
MUST_CHECK Tri iterator_record_step(Isolate *iso, Value iterator, Value next, Value *value);
// GetIteratorFlattenable. Runs JS.
MUST_CHECK bool get_iterator_flattenable(Isolate *iso, Value v, bool strings, Value *iterator, Value *next);

Value iterator_zip(Isolate *iso, const Call *call); // Iterator.zip, with magic 1 Iterator.zipKeyed
Tri iterator_zip_step(Isolate *iso, JSIteratorHelper *h, Value *value);
bool iterator_zip_close(Isolate *iso, JSIteratorHelper *h);

#endif

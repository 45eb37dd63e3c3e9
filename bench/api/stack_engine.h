// SPDX-License-Identifier: MIT
// The loops that are alike for engines whose API is a stack: what an adaptor defines as PUSH_OBJECT(heap), PUSH_NUMBER(heap, n),
// PUSH_TRUE(heap), PUSH_TEXT(heap, s), PUT(heap, name) (the top, into the object below it), TEXT(heap) (of the top) and POP(heap).
#ifndef WEFT_BENCH_API_STACK_ENGINE_H
#define WEFT_BENCH_API_STACK_ENGINE_H

static double objects(void *heap, long count) {
  for (long i = 0; i < count; i++) {
    PUSH_OBJECT(heap);
    PUSH_NUMBER(heap, (double)i);
    PUT(heap, "x");
    PUSH_NUMBER(heap, 2);
    PUT(heap, "y");
    PUSH_TRUE(heap);
    PUT(heap, "z");
    POP(heap);
  }
  return (double)count;
}

static double strings(void *heap, long count) {
  double sum = 0;
  for (long i = 0; i < count; i++) {
    PUSH_TEXT(heap, "sixteen letters.");
    sum += TEXT(heap)[0];
    POP(heap);
  }
  return sum;
}

#endif

// SPDX-License-Identifier: MIT
// A growable array in native memory, typed by macro. Elements are moved by realloc: hold indices, not pointers.
//
//   typedef VEC(u32) U32Vec;
//   U32Vec v = {0};
//   vec_push(&v, 7);
//   for (u32 i = 0; i < v.len; i++) use(v.data[i]);
//   vec_free(&v);
#ifndef WEFT_BASE_VEC_H
#define WEFT_BASE_VEC_H

#include "base/base.h"

#define VEC(T) \
  struct { \
    T *data; \
    u32 len, cap; \
  }

// Grows `*data` so that `need` elements of `size` bytes fit. Aborts when memory is gone.
void vec_grow_(void **data, u32 *cap, u32 need, size_t size);

#define vec_reserve(v, n) \
  do { \
    if ((v)->cap < (u32)(n)) vec_grow_((void **)&(v)->data, &(v)->cap, (u32)(n), sizeof(*(v)->data)); \
  } while (0)
#define vec_push(v, ...) \
  do { \
    vec_reserve(v, (v)->len + 1); \
    (v)->data[(v)->len++] = (__VA_ARGS__); \
  } while (0)
// Adds n uninitialised elements; evaluates to a pointer to the first of them.
#define vec_extend(v, n) \
  (vec_extend_((void **)&(v)->data, &(v)->len, &(v)->cap, (u32)(n), sizeof(*(v)->data)), (v)->data + ((v)->len - (u32)(n)))
void vec_extend_(void **data, u32 *len, u32 *cap, u32 n, size_t size);
#define vec_pop(v) ((v)->data[--(v)->len])
#define vec_last(v) ((v)->data[(v)->len - 1])
#define vec_clear(v) ((void)((v)->len = 0))
#define vec_free(v) (base_free((v)->data), (void)((v)->data = NULL, (v)->len = (v)->cap = 0))

#endif

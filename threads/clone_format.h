// SPDX-License-Identifier: MIT
// The bytes of serialised values. Up to 0x7f: the wire format of V8, version 15, which v8.serialize has to speak byte by byte.
// Above: tags of our own, which only occur inside the process. Lengths and numbers are varints (7 bits a byte, least significant
// first); `zigzag` is a varint whose lowest bit is the sign. Only for threads/clone*.c.
#ifndef WEFT_THREADS_CLONE_FORMAT_H
#define WEFT_THREADS_CLONE_FORMAT_H

enum { WIRE_VERSION = 15, WIRE_VERSION_MIN = 13 };

enum CloneTag {
  TAG_VERSION = 0xFF, // version
  TAG_PADDING = 0,
  TAG_VERIFY_OBJECT_COUNT = '?', // number; says nothing
  TAG_HOLE = '-',                // an element that was lost while the array was written
  TAG_UNDEFINED = '_',
  TAG_NULL = '0',
  TAG_TRUE = 'T',
  TAG_FALSE = 'F',
  TAG_ZIGZAG = 'I',           // zigzag
  TAG_UINT = 'U',             // number
  TAG_DOUBLE = 'N',           // 8 bytes
  TAG_BIGINT = 'Z',           // byte length * 2 + sign, limbs
  TAG_STRING_UTF8 = 'S',      // byte length, bytes
  TAG_STRING8 = '"',          // byte length, Latin-1
  TAG_STRING16 = 'c',         // byte length, UTF-16 (at an even position on the wire)
  TAG_REFERENCE = '^',        // number of an object
  TAG_OBJECT = 'o',           // (key, value)*, TAG_OBJECT_END
  TAG_OBJECT_END = '{',       // number of properties
  TAG_SPARSE_ARRAY = 'a',     // length, (key, value)*, TAG_SPARSE_ARRAY_END
  TAG_SPARSE_ARRAY_END = '@', // number of properties, length
  TAG_DENSE_ARRAY = 'A',      // length, that many values, (key, value)*, TAG_DENSE_ARRAY_END
  TAG_DENSE_ARRAY_END = '$',  // number of properties, length
  TAG_DATE = 'D',             // double
  TAG_TRUE_OBJECT = 'y',
  TAG_FALSE_OBJECT = 'x',
  TAG_NUMBER_OBJECT = 'n',            // double
  TAG_BIGINT_OBJECT = 'z',            // as TAG_BIGINT
  TAG_STRING_OBJECT = 's',            // a string with its tag
  TAG_REGEXP = 'R',                   // a string with its tag, flags
  TAG_MAP = ';',                      // (key, value)*, TAG_MAP_END
  TAG_MAP_END = ':',                  // entries * 2
  TAG_SET = '\'',                     // value*, TAG_SET_END
  TAG_SET_END = ',',                  // entries
  TAG_ARRAY_BUFFER = 'B',             // byte length, bytes
  TAG_RESIZABLE_ARRAY_BUFFER = '~',   // byte length, maximal byte length, bytes
  TAG_TRANSFERRED_ARRAY_BUFFER = 't', // number that both sides agreed upon
  TAG_SHARED_ARRAY_BUFFER = 'u',      // likewise
  TAG_VIEW = 'V',                     // follows the buffer: kind, byte offset, byte length, VIEW_*
  TAG_HOST_OBJECT = '\\',             // what the delegate writes
  TAG_ERROR = 'r',                    // (ERROR_* and what belongs to it)*, ERROR_END

  // Inside the process
  TAG_INT_RAW = 0x80, // 4 bytes
  TAG_NEW_SHAPE,      // byte: size of what follows the hash (0: it is long), 4 bytes: hash of it; number of keys, strings;
                      // then as TAG_SHAPED: it gets the next number
  TAG_SHAPED,         // number of the shape, a value per key (TAG_HOLE: a getter deleted it)
  TAG_OWN_SHAPED,     // within one isolate: number of the shape, a value per slot
  TAG_CELL,           // within one isolate: the next of the cells, an immutable value
  TAG_REGEXP_CELL,    // within one isolate: the next of the cells, the RegExp
  TAG_TEXT8,          // number of a shared text, first character, length
  TAG_TEXT16,
  TAG_NUMBERS,      // length, values as they are: an array of numbers
  TAG_STORE,        // number of a backing store: an ArrayBuffer or SharedArrayBuffer
  TAG_ITEM,         // number of a transferred object
  TAG_CALLS_OBJECT, // two values: CloneCalls.read_object makes it
};

enum { VIEW_LENGTH_TRACKING = 1, VIEW_BUFFER_RESIZABLE = 2 };
enum { VIEW_DATA_VIEW = '?' };
// By ElementType
#define VIEW_KIND_LETTERS "bBCwWdDqQhfF"

enum {
  ERROR_EVAL = 'E',
  ERROR_RANGE = 'R',
  ERROR_REFERENCE = 'F',
  ERROR_SYNTAX = 'S',
  ERROR_TYPE = 'T',
  ERROR_URI = 'U',
  ERROR_MESSAGE = 'm',
  ERROR_CAUSE = 'c',
  ERROR_STACK = 's',
  ERROR_END = '.',
};

// Bit i of a RegExp's flags is the character here.
#define WIRE_REGEXP_FLAGS "gimyus\0dv"

#endif

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""weft from Python, by ctypes and the shared library. Values of Python do not live on the C stack, where the collector looks: while a
scope is open, all that weft returns is kept; what shall live longer is a WeftRef.
Shows: scopes, references, Python functions that JavaScript calls, exceptions of both sides.

  guest.py [PATH/libweft.so]     without a path: the installed library
"""
import ctypes
import ctypes.util
import math
import sys

Value, Isolate, Ref = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p


class Call(ctypes.Structure):
    _fields_ = [('this_value', Value), ('new_target', Value), ('count', ctypes.c_size_t),
                ('arguments', ctypes.POINTER(Value)), ('data', ctypes.c_void_p)]


Function = ctypes.CFUNCTYPE(Value, Isolate, ctypes.POINTER(Call))
TEXT_END = ctypes.c_size_t(-1)
UNDEFINED, NULL, BOOLEAN, NUMBER, BIGINT, STRING, SYMBOL, OBJECT, FUNCTION, ARRAY = range(10)

PROTOTYPES = {
    'weft_version': (ctypes.c_char_p, []),
    'weft_isolate_new': (Isolate, [ctypes.c_void_p]),
    'weft_isolate_delete': (None, [Isolate]),
    'weft_collect': (None, [Isolate]),
    'weft_scope_open': (ctypes.c_size_t, [Isolate]),
    'weft_scope_close': (None, [Isolate, ctypes.c_size_t]),
    'weft_ref_new': (Ref, [Isolate, Value]),
    'weft_ref_get': (Value, [Ref]),
    'weft_ref_delete': (None, [Ref]),
    'weft_kind': (ctypes.c_int, [Value]),
    'weft_is_callable': (ctypes.c_bool, [Value]),
    'weft_undefined': (Value, []),
    'weft_null': (Value, []),
    'weft_boolean': (Value, [ctypes.c_bool]),
    'weft_number': (Value, [ctypes.c_double]),
    'weft_string': (Value, [Isolate, ctypes.c_char_p, ctypes.c_size_t]),
    'weft_array': (Value, [Isolate, ctypes.c_size_t, ctypes.POINTER(Value)]),
    'weft_as_number': (ctypes.c_double, [Value]),
    'weft_as_boolean': (ctypes.c_bool, [Value]),
    'weft_to_utf8': (ctypes.c_void_p, [Isolate, Value, ctypes.POINTER(ctypes.c_size_t)]),
    'weft_free': (None, [ctypes.c_void_p]),
    'weft_global': (Value, [Isolate]),
    'weft_eval': (Value, [Isolate, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p]),
    'weft_call': (Value, [Isolate, Value, Value, ctypes.c_size_t, ctypes.POINTER(Value)]),
    'weft_get_named': (Value, [Isolate, Value, ctypes.c_char_p]),
    'weft_get_at': (Value, [Isolate, Value, ctypes.c_uint32]),
    'weft_set_named': (ctypes.c_bool, [Isolate, Value, ctypes.c_char_p, Value]),
    'weft_length': (ctypes.c_bool, [Isolate, Value, ctypes.POINTER(ctypes.c_uint64)]),
    'weft_function': (Value, [Isolate, ctypes.c_char_p, ctypes.c_int, Function, ctypes.c_void_p]),
    'weft_throw_error': (Value, [Isolate, ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p]),
    'weft_exception_take': (Value, [Isolate]),
}


def load(path):
    weft = ctypes.CDLL(path)
    for name, (result, arguments) in PROTOTYPES.items():
        f = getattr(weft, name)
        f.restype, f.argtypes = result, arguments
    return weft


class JavaScriptError(Exception):
    pass


class Scope:
    """with scope: what weft returns inside is kept until the end of the block, and no longer."""

    def __init__(self, engine):
        self.engine = engine

    def __enter__(self):
        self.scope = self.engine.weft.weft_scope_open(self.engine.isolate)

    def __exit__(self, *_):
        self.engine.weft.weft_scope_close(self.engine.isolate, self.scope)


class Object:
    """A JavaScript object that Python holds: a WeftRef with a destructor."""

    def __init__(self, engine, value):
        self.engine = engine
        self.ref = engine.weft.weft_ref_new(engine.isolate, value)

    def __del__(self):
        if self.engine.isolate:
            self.engine.weft.weft_ref_delete(self.ref)

    @property
    def value(self):
        return self.engine.weft.weft_ref_get(self.ref)

    def __getattr__(self, name):
        engine = self.engine
        with Scope(engine):
            return engine.to_python(engine.demand(engine.weft.weft_get_named(engine.isolate, self.value, name.encode())))

    def __call__(self, *arguments):
        engine = self.engine
        with Scope(engine):
            values = engine.handles(arguments)
            return engine.to_python(engine.demand(engine.weft.weft_call(
                engine.isolate, self.value, engine.weft.weft_undefined(), len(arguments), values)))


class Engine:
    def __init__(self, path):
        self.weft = load(path)
        self.isolate = self.weft.weft_isolate_new(None)
        self.functions = []  # ctypes' callbacks live as long as somebody holds them

    def close(self):
        isolate, self.isolate = self.isolate, None
        self.weft.weft_isolate_delete(isolate)

    def demand(self, value):
        if value is not None:  # NULL is None in ctypes
            return value
        exception = self.weft.weft_exception_take(self.isolate)
        raise JavaScriptError(self.text(exception) if exception else 'stopped')

    def text(self, value):
        size = ctypes.c_size_t()
        memory = self.demand(self.weft.weft_to_utf8(self.isolate, value, ctypes.byref(size)))
        text = ctypes.string_at(memory, size.value).decode()
        self.weft.weft_free(memory)
        return text

    def to_python(self, value):
        kind = self.weft.weft_kind(value)
        if kind in (UNDEFINED, NULL):
            return None
        if kind == BOOLEAN:
            return self.weft.weft_as_boolean(value)
        if kind == NUMBER:
            return self.weft.weft_as_number(value)
        if kind in (STRING, BIGINT):
            return self.text(value) if kind == STRING else int(self.text(value))
        if kind == ARRAY:
            length = ctypes.c_uint64()
            if not self.weft.weft_length(self.isolate, value, ctypes.byref(length)):
                self.demand(None)
            return [self.to_python(self.demand(self.weft.weft_get_at(self.isolate, value, i))) for i in range(length.value)]
        return Object(self, value)

    def handles(self, values):
        return (Value * len(values))(*[self.from_python(v) for v in values])

    def from_python(self, v):
        if v is None:
            return self.weft.weft_null()
        if isinstance(v, bool):
            return self.weft.weft_boolean(v)
        if isinstance(v, (int, float)):
            return self.weft.weft_number(v)
        if isinstance(v, str):
            utf8 = v.encode()
            return self.demand(self.weft.weft_string(self.isolate, utf8, len(utf8)))
        if isinstance(v, (list, tuple)):
            return self.demand(self.weft.weft_array(self.isolate, len(v), self.handles(v)))
        if isinstance(v, Object):
            return v.value
        if callable(v):
            return self.function(v)
        raise TypeError(f'{type(v)} has no counterpart in JavaScript')

    def function(self, f):
        def enter(_isolate, call):
            try:
                arguments = [self.to_python(call[0].arguments[i]) for i in range(call[0].count)]
                return self.from_python(f(*arguments))
            except Exception as error:  # no exception of Python's may pass through C
                self.weft.weft_throw_error(self.isolate, 0, b'%s', f'{type(error).__name__}: {error}'.encode())
                return None
        callback = Function(enter)
        self.functions.append(callback)
        name = getattr(f, '__name__', 'python').encode()
        return self.demand(self.weft.weft_function(self.isolate, name, 0, callback, None))

    def eval(self, text, name='eval'):
        with Scope(self):
            utf8 = text.encode()
            return self.to_python(self.demand(self.weft.weft_eval(self.isolate, utf8, len(utf8), name.encode())))

    def set_global(self, name, v):
        with Scope(self):
            if not self.weft.weft_set_named(self.isolate, self.weft.weft_global(self.isolate), name.encode(), self.from_python(v)):
                self.demand(None)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else ctypes.util.find_library('weft')
    if not path:
        print('libweft.so is not installed: ./dev install', file=sys.stderr)
        return 77
    engine = Engine(path)
    print('list:', engine.eval('[1, 2.5, "drei", [true, null]]'))
    engine.set_global('hypot', math.hypot)
    print('Python from JavaScript:', engine.eval('[[3, 4], [5, 12]].map(([a, b]) => hypot(a, b))'))

    # A function that Python holds while much is made and collected.
    counter = engine.eval('let n = 0; ({ next: (by) => n += by, words: new Map([["a", "ä"]]) })')
    for _ in range(20000):
        counter.next(1)
    engine.weft.weft_collect(engine.isolate)
    print('called', counter.next(0), 'times')
    print('JavaScript calls back:', engine.eval('(f, list) => list.sort(f)')(lambda a, b: b - a, [3, 1, 2]))

    try:
        engine.eval('null.x', 'wrong.js')
    except JavaScriptError as error:
        print('caught in Python:', error)

    def fails(text):
        raise ValueError(f'Python does not like {text!r}')
    engine.set_global('fails', fails)
    print(engine.eval('try { fails("this") } catch (e) { `caught in JavaScript: ${e}` }'))
    engine.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())

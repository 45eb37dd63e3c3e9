// SPDX-License-Identifier: MIT
// C++: values as objects that keep themselves, exceptions that cross the border both ways, lambdas as functions of JavaScript.
// Shows: a small header's worth of wrappers (class Value over WeftRef, class Isolate over WeftIsolate) and a program that uses them. Take the
// upper part into your own program.
#include <cmath>
#include <functional>
#include <initializer_list>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "weft/weft.h"

namespace js {

class Isolate;

// A value that may be stored, copied and moved like any other object of C++: on the heap, in containers, in lambdas.
class Value {
public:
  Value() = default;
  Value(Isolate &owner, WeftValue v);
  Value(const Value &other);
  Value(Value &&other) noexcept : owner(std::exchange(other.owner, nullptr)), ref(std::exchange(other.ref, nullptr)) {}
  Value &operator=(Value other) noexcept {
    std::swap(owner, other.owner);
    std::swap(ref, other.ref);
    return *this;
  }
  ~Value() { weft_ref_delete(ref); }

  WeftValue get() const { return ref ? weft_ref_get(ref) : weft_undefined(); }
  Isolate &isolate() const { return *owner; }
  WeftKind kind() const { return weft_kind(get()); }

  double number() const;
  std::string string() const;
  Value operator[](const char *name) const;
  Value operator[](std::uint32_t index) const;
  void set(const char *name, const Value &v) const;
  Value operator()(std::initializer_list<Value> arguments) const { return call(Value(), arguments); }
  Value call(const Value &self, std::initializer_list<Value> arguments) const;

private:
  Isolate *owner = nullptr;
  WeftRef *ref = nullptr;
};

using Function = std::function<Value(Isolate &, const std::vector<Value> &)>;

class Isolate {
public:
  Isolate() : handle(weft_isolate_new(nullptr)) {
    if (!handle) throw std::bad_alloc();
    weft_isolate_set_data(handle, this);
  }
  Isolate(const Isolate &) = delete;
  Isolate &operator=(const Isolate &) = delete;
  ~Isolate() { weft_isolate_delete(handle); }

  operator WeftIsolate *() const { return handle; }
  // What every function of the API returns goes through here: no value becomes a C++ exception.
  Value take(WeftValue v);
  void demand(bool done);

  Value eval(const std::string &text, const char *name = "eval") { return take(weft_eval(handle, text.data(), text.size(), name)); }
  Value global() { return take(weft_global(handle)); }
  Value number(double n) { return take(weft_number(n)); }
  Value string(const std::string &s) { return take(weft_string(handle, s.data(), s.size())); }
  Value object() { return take(weft_object(handle)); }
  Value function(const char *name, int length, Function f) {
    functions.push_back(std::make_unique<Function>(std::move(f))); // lives as long as the isolate
    return take(weft_function(handle, name, length, &Isolate::enter, functions.back().get()));
  }

private:
  static WeftValue enter(WeftIsolate *isolate, const WeftCall *call);
  WeftIsolate *handle;
  std::vector<std::unique_ptr<Function>> functions;
};

// What JavaScript threw, on its way through C++; it may be thrown back into JavaScript as what it was.
class Error : public std::runtime_error {
public:
  Error(const std::string &text, Value v) : std::runtime_error(text), thrown(std::move(v)) {}
  const Value &value() const { return thrown; }

private:
  Value thrown;
};

// The program is being stopped (weft_terminate): nothing to catch, only to leave.
class Terminated : public std::exception {};

inline Value::Value(Isolate &isolate, WeftValue v) : owner(&isolate), ref(weft_ref_new(isolate, v)) {
  if (!ref) throw std::bad_alloc();
}
inline Value::Value(const Value &other) : owner(other.owner), ref(owner ? weft_ref_new(*owner, other.get()) : nullptr) {
  if (owner && !ref) throw std::bad_alloc();
}

inline Value Isolate::take(WeftValue v) {
  if (!v) demand(false);
  return Value(*this, v);
}

inline void Isolate::demand(bool done) {
  if (done) return;
  WeftValue exception = weft_exception_take(handle);
  if (!exception) throw Terminated();
  Value value(*this, exception);
  std::unique_ptr<char, void (*)(void *)> text(weft_to_utf8(handle, exception, nullptr), weft_free);
  if (!text) weft_exception_take(handle);
  throw Error(text ? text.get() : "an exception that cannot be shown", std::move(value));
}

inline double Value::number() const {
  double n;
  owner->demand(weft_to_number(*owner, get(), &n));
  return n;
}

inline std::string Value::string() const {
  std::size_t size;
  std::unique_ptr<char, void (*)(void *)> text(weft_to_utf8(*owner, get(), &size), weft_free);
  owner->demand(text != nullptr);
  return std::string(text.get(), size);
}

inline Value Value::operator[](const char *name) const { return owner->take(weft_get_named(*owner, get(), name)); }
inline Value Value::operator[](std::uint32_t index) const { return owner->take(weft_get_at(*owner, get(), index)); }
inline void Value::set(const char *name, const Value &v) const { owner->demand(weft_set_named(*owner, get(), name, v.get())); }

inline Value Value::call(const Value &self, std::initializer_list<Value> arguments) const {
  // A vector's memory is not the C stack: the collector does not see these, but the Values that they came from keep them.
  std::vector<WeftValue> handles;
  for (const Value &v : arguments) handles.push_back(v.get());
  return owner->take(weft_call(*owner, get(), self.get(), handles.size(), handles.data()));
}

// The border: no C++ exception may pass through C.
inline WeftValue Isolate::enter(WeftIsolate *handle, const WeftCall *call) {
  Isolate &isolate = *static_cast<Isolate *>(weft_isolate_data(handle));
  try {
    std::vector<Value> arguments;
    for (std::size_t i = 0; i < call->count; i++) arguments.emplace_back(isolate, call->arguments[i]);
    return (*static_cast<Function *>(call->data))(isolate, arguments).get();
  } catch (const Error &error) {
    return weft_throw(handle, error.value().get()); // the same object that was thrown
  } catch (const Terminated &) {
    return nullptr;
  } catch (const std::out_of_range &error) {
    return weft_throw_error(handle, WEFT_RANGE_ERROR, "%s", error.what());
  } catch (const std::exception &error) {
    return weft_throw_error(handle, WEFT_ERROR_PLAIN, "%s", error.what());
  }
}

} // namespace js

int main() {
  js::Isolate isolate;
  js::Value global = isolate.global();

  // A lambda with what it captures.
  std::map<std::string, js::Value> store; // values on C++'s heap
  global.set("put", isolate.function("put", 2, [&store](js::Isolate &, const std::vector<js::Value> &arguments) {
    store[arguments.at(0).string()] = arguments.at(1);
    return arguments.at(1);
  }));
  global.set("root", isolate.function("root", 1, [](js::Isolate &i, const std::vector<js::Value> &arguments) {
    double n = arguments.at(0).number();
    if (n < 0) throw std::domain_error("no real root of " + arguments.at(0).string());
    return i.number(std::sqrt(n));
  }));

  isolate.eval("put('point', { x: 3, y: 4 }); put('list', [1, 2, 3]); put('twice', (f, x) => f(f(x)))");
  weft_collect(isolate);
  std::cout << "point: " << store["point"]["x"].number() << ", " << store["point"]["y"].number() << "\n";
  std::cout << "list[2]: " << store["list"][2].number() << "\n";
  std::cout << "twice: " << store["twice"]({global["root"], isolate.number(81)}).number() << "\n";

  // C++ exceptions are JavaScript's ...
  std::cout << isolate.eval("try { root(-1) } catch (e) { `caught in JavaScript: ${e}` }").string() << "\n";
  std::cout << isolate.eval("try { put('a') } catch (e) { `caught in JavaScript: ${e.name}` }").string() << "\n";
  // ... and JavaScript's are C++'s, also when they pass through both.
  try {
    isolate.eval("const mine = new TypeError('of the script'); put('mine', mine); root({ valueOf() { throw mine } })");
  } catch (const js::Error &error) {
    bool same = weft_strict_equals(isolate, error.value().get(), store["mine"].get());
    std::cout << "caught in C++: " << error.what() << (same ? " (the same object)" : " (another object)") << "\n";
  }
  store.clear(); // before the isolate ends
  return 0;
}

// SPDX-License-Identifier: MIT
// Buffer: a Uint8Array with encodings and numbers.
'use strict';

const binding = internalBinding('buffer');
const { codes } = require('internal/errors');

const MAX_LENGTH = 2 ** 53 - 1;
const MAX_STRING_LENGTH = 536870888;

// binding's numbers
const encodingNumbers = {
  __proto__: null,
  'utf8': 0, 'utf-8': 0, 'ucs2': 1, 'ucs-2': 1, 'utf16le': 1, 'utf-16le': 1, 'latin1': 2, 'binary': 2, 'ascii': 3, 'base64': 4, 'hex': 5,
  'base64url': 6,
};

function encodingNumber(encoding) {
  const known = encodingNumbers[encoding];
  return known !== undefined ? known : encodingNumbers[`${encoding}`.toLowerCase()];
}

function getEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 0;
  const number = encodingNumber(encoding);
  if (number === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  return number;
}

class FastBuffer extends Uint8Array {
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

function Buffer(arg, encodingOrOffset, length) {
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}
FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, { configurable: true, enumerable: false, get: () => FastBuffer });
Buffer.poolSize = 8192;

function checkSize(size) {
  require('internal/validators').validateNumber(size, 'size', 0, MAX_LENGTH);
}

Buffer.alloc = function alloc(size, fill, encoding) {
  checkSize(size);
  const buffer = new FastBuffer(size);
  if (fill !== undefined && fill !== 0 && size > 0) fillBuffer(buffer, fill, 0, size, encoding);
  return buffer;
};
Buffer.allocUnsafe = function allocUnsafe(size) {
  checkSize(size);
  return new FastBuffer(size);
};
Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  checkSize(size);
  return new FastBuffer(size);
};
function SlowBuffer(length) {
  return Buffer.allocUnsafeSlow(length);
}

function isAnyArrayBuffer(value) {
  return value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer) ||
    Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf && value.valueOf();
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made) return made;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

function fromString(text, encoding) {
  if (typeof encoding !== 'string' || encoding.length === 0) encoding = 'utf8';
  return new FastBuffer(binding.encode(text, getEncoding(encoding)));
}

function fromArrayBuffer(source, byteOffset, length) {
  if (byteOffset === undefined) byteOffset = 0;
  else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const maxLength = source.byteLength - byteOffset;
  if (maxLength < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length === undefined) return new FastBuffer(source, byteOffset, maxLength);
  length = +length;
  if (length > 0) {
    if (length > maxLength) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS('length');
  } else {
    length = 0;
  }
  return new FastBuffer(source, byteOffset, length);
}

function fromArrayLike(source) {
  const buffer = new FastBuffer(source.length > 0 ? source.length : 0);
  if (ArrayBuffer.isView(source) && source instanceof Uint8Array) buffer.set(source);
  else for (let i = 0; i < buffer.length; i++) buffer[i] = source[i];
  return buffer;
}

function fromObject(source) {
  if (source.length !== undefined || isAnyArrayBuffer(source.buffer)) {
    if (typeof source.length !== 'number') return new FastBuffer(0);
    return fromArrayLike(source);
  }
  if (source.type === 'Buffer' && Array.isArray(source.data)) return fromArrayLike(source.data);
}

Buffer.of = function of(...items) {
  const buffer = new FastBuffer(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
};

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!ArrayBuffer.isView(view) || view instanceof DataView) throw new codes.ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const { validateInteger } = require('internal/validators');
  if (offset !== undefined) validateInteger(offset, 'offset', 0);
  if (length !== undefined) validateInteger(length, 'length', 0);
  const start = offset ?? 0;
  const part = view.subarray(start, length === undefined ? undefined : start + length);
  return Buffer.from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
};

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && encodingNumber(encoding) !== undefined;
};
Buffer[Symbol.for('kIsEncodingSymbol')] = Buffer.isEncoding;

function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new codes.ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  const number = encoding === undefined ? 0 : encodingNumber(encoding) ?? 0;
  if (number === 4 || number === 6) return base64Length(string);
  if (number === 5) return string.length >>> 1;
  return binding.byteLength(string, number);
}
function base64Length(text) {
  let bytes = text.length;
  if (bytes > 0 && text.charCodeAt(bytes - 1) === 0x3D) bytes--;
  if (bytes > 1 && text.charCodeAt(bytes - 1) === 0x3D) bytes--;
  return (bytes * 3) >>> 2;
}
Buffer.byteLength = byteLength;

function checkView(value, name) {
  if (!(value instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
}

Buffer.compare = function compare(a, b) {
  checkView(a, 'buf1');
  checkView(b, 'buf2');
  return a === b ? 0 : binding.compare(a, b);
};

Buffer.concat = function concat(list, length) {
  if (!Array.isArray(list)) throw new codes.ERR_INVALID_ARG_TYPE('list', 'Array', list);
  if (list.length === 0) return new FastBuffer(0);
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) if (list[i].length) length += list[i].length;
  } else {
    require('internal/validators').validateInteger(length, 'length', 0, MAX_LENGTH);
  }
  const buffer = new FastBuffer(length);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (!(item instanceof Uint8Array)) throw new codes.ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], item);
    const count = Math.min(item.length, length - at);
    if (count > 0) binding.copy(item, buffer, at, 0, count);
    at += count;
  }
  return buffer;
};

// ---- Text ----

const proto = Buffer.prototype;

Object.defineProperty(proto, 'parent', {
  enumerable: true,
  get() {
    return this instanceof Buffer ? this.buffer : undefined;
  },
});
Object.defineProperty(proto, 'offset', {
  enumerable: true,
  get() {
    return this instanceof Buffer ? this.byteOffset : undefined;
  },
});

proto.toString = function toString(encoding, start, end) {
  if (arguments.length === 0) return binding.decode(this, 0);
  const length = this.length;
  if (start === undefined || start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;
  if (end === undefined || end >= length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return '';
  return binding.decode(this, getEncoding(encoding), start, end);
};
proto.toLocaleString = proto.toString;

proto.write = function write(string, offset, length, encoding) {
  if (typeof string !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('argument', 'string', string);
  const { validateInteger } = require('internal/validators');
  if (offset === undefined) return binding.write(this, string, 0, this.length, 0);
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = this.length;
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0, this.length);
    const remaining = this.length - offset;
    if (length === undefined) {
      length = remaining;
    } else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateInteger(length, 'length', 0, this.length);
      if (length > remaining) length = remaining;
    }
  }
  return binding.write(this, string, offset, length, getEncoding(encoding));
};

for (const [name, number] of [['utf8', 0], ['ucs2', 1], ['utf16le', 1], ['latin1', 2], ['ascii', 3], ['base64', 4], ['hex', 5], ['base64url', 6]]) {
  proto[`${name}Slice`] = function(start, end) {
    return binding.decode(this, number, start, end);
  };
  proto[`${name}Write`] = function(string, offset, length) {
    return binding.write(this, string, offset, length, number);
  };
}

proto.toJSON = function toJSON() {
  return { type: 'Buffer', data: Array.from(this) };
};

let inspectMax = 50;
proto[Symbol.for('nodejs.util.inspect.custom')] = function inspect(recurseTimes, ctx) {
  const max = inspectMax;
  const shown = Math.min(max, this.length);
  const remaining = this.length - max;
  let text = this.hexSlice(0, shown).replace(/(.{2})/g, '$1 ').trim();
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  if (ctx) {
    const extra = {};
    let any = false;
    const own = ctx.showHidden ? Reflect.ownKeys(this) : Object.keys(this);
    for (const key of own) {
      if (typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key)) continue;
      any = true;
      extra[key] = this[key];
    }
    if (any) {
      if (this.length !== 0) text += ', ';
      text += require('internal/util/inspect').inspect(extra, { ...ctx, breakLength: Infinity, compact: true }).slice(1, -1).trim();
    }
  }
  return `<${this.constructor.name} ${text}>`;
};

// ---- Comparing and searching ----

proto.equals = function equals(other) {
  checkView(other, 'otherBuffer');
  if (this === other) return true;
  return this.byteLength === other.byteLength && binding.compare(this, other) === 0;
};

proto.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  checkView(target, 'target');
  if (arguments.length === 1) return binding.compare(this, target);
  const { validateInteger } = require('internal/validators');
  const bound = (value, name, fallback, max) => {
    if (value === undefined) return fallback;
    validateInteger(value, name, 0, max);
    return value;
  };
  targetStart = bound(targetStart, 'targetStart', 0);
  targetEnd = bound(targetEnd, 'targetEnd', target.length, target.length);
  sourceStart = bound(sourceStart, 'sourceStart', 0);
  sourceEnd = bound(sourceEnd, 'sourceEnd', this.length, this.length);
  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return binding.compare(this.subarray(sourceStart, sourceEnd), target.subarray(targetStart, targetEnd));
};

function search(buffer, value, byteOffset, encoding, forward) {
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  } else if (byteOffset > 0x7fffffff) {
    byteOffset = 0x7fffffff;
  } else if (byteOffset < -0x80000000) {
    byteOffset = -0x80000000;
  }
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = forward ? 0 : buffer.length || buffer.byteLength;
  byteOffset = Math.trunc(byteOffset);
  const length = buffer.length;
  if (byteOffset < 0) byteOffset += length;
  if (typeof value === 'number') {
    const byte = value & 255;
    if (forward) return Uint8Array.prototype.indexOf.call(buffer, byte, Math.max(byteOffset, 0));
    return byteOffset < 0 ? -1 : Uint8Array.prototype.lastIndexOf.call(buffer, byte, byteOffset);
  }
  let step = 1;
  if (typeof value === 'string') {
    const number = encoding === undefined ? 0 : encodingNumber(encoding);
    if (number === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
    if (number === 1) step = 2;
    value = new FastBuffer(binding.encode(value, number));
  } else if (value instanceof Uint8Array) {
    if (encoding !== undefined && encodingNumber(encoding) === 1) step = 2;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  }
  if (byteOffset < 0) {
    if (!forward) return -1;
    byteOffset = 0;
  }
  if (value.length === 0) return Math.min(byteOffset, length);
  if (forward) return byteOffset >= length ? -1 : binding.indexOf(buffer, value, byteOffset, step);
  return binding.lastIndexOf(buffer, value, byteOffset, step);
}

proto.indexOf = function indexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, true);
};
proto.lastIndexOf = function lastIndexOf(value, byteOffset, encoding) {
  return search(this, value, byteOffset, encoding, false);
};
proto.includes = function includes(value, byteOffset, encoding) {
  return this.indexOf(value, byteOffset, encoding) !== -1;
};

// ---- Copying and filling ----

function fillBuffer(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    const number = getEncoding(encoding);
    if (value.length === 0) value = 0;
    else if (value.length === 1 && number === 0 && value.charCodeAt(0) < 128) value = value.charCodeAt(0);
    else {
      const pattern = new FastBuffer(binding.encode(value, number));
      if (pattern.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('value', value);
      value = pattern;
    }
  }
  const { validateNumber } = require('internal/validators');
  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateNumber(offset, 'offset', 0);
    if (end === undefined) {
      end = buffer.length;
    } else {
      validateNumber(end, 'end', 0, buffer.length);
    }
    if (offset >= end) return buffer;
  }
  if (typeof value === 'boolean') value = +value;
  if (value instanceof Uint8Array) {
    if (value.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('value', value);
    binding.fill(buffer, value, offset, end);
  } else if (typeof value === 'object' && value !== null && ArrayBuffer.isView(value)) {
    binding.fill(buffer, value, offset, end);
  } else {
    Uint8Array.prototype.fill.call(buffer, value & 255, offset, end);
  }
  return buffer;
}
proto.fill = function fill(value, offset, end, encoding) {
  return fillBuffer(this, value, offset, end, encoding);
};

proto.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  if (!ArrayBuffer.isView(target)) throw new codes.ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  const integer = (value, name, fallback, max) => {
    if (value === undefined) return fallback;
    value = Math.trunc(+value) || 0;
    if (value < 0) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', value);
    if (max !== undefined && value > max) throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${max}`, value);
    return value;
  };
  targetStart = integer(targetStart, 'targetStart', 0);
  sourceStart = integer(sourceStart, 'sourceStart', 0, this.length);
  sourceEnd = integer(sourceEnd, 'sourceEnd', this.length);
  if (targetStart >= target.byteLength || sourceStart >= sourceEnd) return 0;
  const count = Math.min(sourceEnd - sourceStart, target.byteLength - targetStart, this.length - sourceStart);
  return count > 0 ? binding.copy(this, target, targetStart, sourceStart, count) : 0;
};

function adjust(offset, length) {
  offset = +offset;
  if (offset === 0 || Number.isNaN(offset)) return 0;
  offset = Math.trunc(offset);
  if (offset < 0) return Math.max(offset + length, 0);
  return Math.min(offset, length);
}

proto.subarray = function subarray(start, end) {
  const length = this.length;
  start = adjust(start, length);
  end = end !== undefined ? adjust(end, length) : length;
  return new FastBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
};
proto.slice = function slice(start, end) {
  return this.subarray(start, end);
};

for (const [name, size] of [['swap16', 2], ['swap32', 4], ['swap64', 8]]) {
  proto[name] = { [name]() {
    if (this.length % size !== 0) throw new codes.ERR_INVALID_BUFFER_SIZE(`${size * 8}-bits`);
    for (let i = 0; i < this.length; i += size) {
      for (let a = i, b = i + size - 1; a < b; a++, b--) [this[a], this[b]] = [this[b], this[a]];
    }
    return this;
  } }[name];
}

// ---- Numbers ----

function boundsError(value, length, type) {
  if (Math.floor(value) !== value) {
    require('internal/validators').validateNumber(value, type);
    throw new codes.ERR_OUT_OF_RANGE(type || 'offset', 'an integer', value);
  }
  if (length < 0) throw new codes.ERR_BUFFER_OUT_OF_BOUNDS();
  throw new codes.ERR_OUT_OF_RANGE(type || 'offset', `>= ${type ? 1 : 0} and <= ${length}`, value);
}

function checkOffset(buffer, offset, size) {
  if (typeof offset !== 'number') require('internal/validators').validateNumber(offset, 'offset');
  if (!(offset >= 0 && offset + size <= buffer.length && Math.floor(offset) === offset)) boundsError(offset, buffer.length - size);
}

function viewOf(buffer) {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function checkValue(value, min, max, size) {
  if (value > max || value < min) {
    const n = typeof min === 'bigint' ? 'n' : '';
    let range;
    if (size > 4 || typeof min === 'bigint') {
      if (min === 0 || min === 0n) range = `>= 0${n} and < 2${n} ** ${size * 8}${n}`;
      else range = `>= -(2${n} ** ${size * 8 - 1}${n}) and < 2${n} ** ${size * 8 - 1}${n}`;
    } else {
      range = `>= ${min}${n} and <= ${max}${n}`;
    }
    throw new codes.ERR_OUT_OF_RANGE('value', range, value);
  }
}

function define(names, f) {
  for (const name of names) {
    Object.defineProperty(f, 'name', { value: names[0], configurable: true });
    proto[name] = f;
  }
}

const swapped = { LE: true, BE: false };
proto.readUInt8 = function readUInt8(offset = 0) {
  const value = this[offset];
  if (typeof offset !== 'number' || value === undefined) checkOffset(this, offset, 1);
  return value;
};
proto.readUint8 = proto.readUInt8;
proto.readInt8 = function readInt8(offset = 0) {
  const value = this[offset];
  if (typeof offset !== 'number' || value === undefined) checkOffset(this, offset, 1);
  return value | (value & 128) * 0x1fffffe;
};
proto.writeUInt8 = function writeUInt8(value, offset = 0) {
  value = +value;
  require('internal/validators').validateNumber(offset, 'offset');
  checkValue(value, 0, 255, 1);
  checkOffset(this, offset, 1);
  this[offset] = value;
  return offset + 1;
};
proto.writeUint8 = proto.writeUInt8;
proto.writeInt8 = function writeInt8(value, offset = 0) {
  value = +value;
  require('internal/validators').validateNumber(offset, 'offset');
  checkValue(value, -128, 127, 1);
  checkOffset(this, offset, 1);
  this[offset] = value;
  return offset + 1;
};
for (const order of ['LE', 'BE']) {
  const little = swapped[order];
  const ints = [['UInt16', 'Uint16', 2, 0, 0xffff], ['Int16', 'Int16', 2, -0x8000, 0x7fff], ['UInt32', 'Uint32', 4, 0, 0xffffffff],
    ['Int32', 'Int32', 4, -0x80000000, 0x7fffffff]];
  for (const [name, kind, size, min, max] of ints) {
    define([`read${name}${order}`, `read${kind}${order}`], function(offset = 0) {
      checkOffset(this, offset, size);
      return viewOf(this)[`get${kind}`](offset, little);
    });
    define([`write${name}${order}`, `write${kind}${order}`], function(value, offset = 0) {
      value = +value;
      checkValue(value, min, max, size);
      checkOffset(this, offset, size);
      viewOf(this)[`set${kind}`](offset, value, little);
      return offset + size;
    });
  }
  for (const [name, kind, size] of [['Float', 'Float32', 4], ['Double', 'Float64', 8]]) {
    define([`read${name}${order}`], function(offset = 0) {
      checkOffset(this, offset, size);
      return viewOf(this)[`get${kind}`](offset, little);
    });
    define([`write${name}${order}`], function(value, offset = 0) {
      checkOffset(this, offset, size);
      viewOf(this)[`set${kind}`](offset, +value, little);
      return offset + size;
    });
  }
  for (const [name, kind, min, max] of [['BigInt64', 'BigInt64', -(2n ** 63n), 2n ** 63n - 1n], ['BigUInt64', 'BigUint64', 0n, 2n ** 64n - 1n]]) {
    define([`read${name}${order}`, `read${kind}${order}`], function(offset = 0) {
      checkOffset(this, offset, 8);
      return viewOf(this)[`get${kind}`](offset, little);
    });
    define([`write${name}${order}`, `write${kind}${order}`], function(value, offset = 0) {
      if (typeof value !== 'bigint') throw new codes.ERR_INVALID_ARG_TYPE('value', 'bigint', value);
      checkValue(value, min, max, 8);
      checkOffset(this, offset, 8);
      viewOf(this)[`set${kind}`](offset, value, little);
      return offset + 8;
    });
  }
  // 1 to 6 bytes
  const at = (i, size) => (little ? i : size - 1 - i);
  const checkByteLength = (size) => {
    if (size === undefined) throw new codes.ERR_INVALID_ARG_TYPE('byteLength', 'number', size);
    if (!(size >= 1 && size <= 6 && Math.floor(size) === size)) boundsError(size, 6, 'byteLength');
  };
  define([`readUInt${order}`, `readUint${order}`], function(offset, size) {
    if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
    checkByteLength(size);
    checkOffset(this, offset, size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this[offset + at(i, size)];
    return value;
  });
  define([`readInt${order}`], function(offset, size) {
    const value = this[`readUInt${order}`](offset, size);
    const limit = 2 ** (8 * size - 1);
    return value >= limit ? value - 2 * limit : value;
  });
  const writeInteger = (buffer, value, offset, size, min, max) => {
    checkByteLength(size);
    value = +value;
    checkValue(value, min(size), max(size), size);
    if (offset === undefined) throw new codes.ERR_INVALID_ARG_TYPE('offset', 'number', offset);
    checkOffset(buffer, offset, size);
    if (value < 0) value += 2 ** (8 * size);
    for (let i = 0; i < size; i++) {
      buffer[offset + at(i, size)] = value % 256;
      value = Math.floor(value / 256);
    }
    return offset + size;
  };
  define([`writeUInt${order}`, `writeUint${order}`], function(value, offset, size) {
    return writeInteger(this, value, offset, size, () => 0, (n) => 2 ** (8 * n) - 1);
  });
  define([`writeInt${order}`], function(value, offset, size) {
    return writeInteger(this, value, offset, size, (n) => -(2 ** (8 * n - 1)), (n) => 2 ** (8 * n - 1) - 1);
  });
}

// ---- The rest of the module ----

function refuse(result) {
  const { DOMException } = require('internal/dom_exception');
  const message = result === null ? 'The string to be decoded is not correctly encoded.' : 'Invalid character';
  throw new DOMException(message, 'InvalidCharacterError');
}

function btoa(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  return binding.btoa(input) ?? refuse(undefined);
}

function atob(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const result = binding.atob(input);
  return result ?? refuse(result);
}

function toBytes(input) {
  if (ArrayBuffer.isView(input) || isAnyArrayBuffer(input)) return input;
  throw new codes.ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

function transcode(source, fromEncoding, toEncoding) {
  checkView(source, 'source');
  const from = getEncoding(fromEncoding), to = getEncoding(toEncoding);
  let text = binding.decode(source, from);
  if (to === 2 || to === 3) text = Array.from(text, (c) => (c.codePointAt(0) > (to === 2 ? 255 : 127) ? '?' : c)).join('');
  return new FastBuffer(binding.encode(text, to));
}

const constants = Object.defineProperties({}, {
  MAX_LENGTH: { enumerable: true, value: MAX_LENGTH },
  MAX_STRING_LENGTH: { enumerable: true, value: MAX_STRING_LENGTH },
});

module.exports = {
  Buffer, SlowBuffer, transcode, FastBuffer,
  isUtf8: (input) => binding.isUtf8(toBytes(input)),
  isAscii: (input) => binding.isAscii(toBytes(input)),
  kMaxLength: MAX_LENGTH,
  kStringMaxLength: MAX_STRING_LENGTH,
  btoa, atob,
  resolveObjectURL: (url) => require('internal/blob').resolveObjectURL(url),
};
delete module.exports.FastBuffer;
for (const name of ['Blob', 'File']) {
  Object.defineProperty(module.exports, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = require('internal/blob')[name];
      Object.defineProperty(module.exports, name, { value, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, { value, writable: true });
    },
  });
}
Object.defineProperties(module.exports, {
  constants: { configurable: false, enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
    configurable: true,
    enumerable: true,
    get: () => inspectMax,
    set(value) {
      require('internal/validators').validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMax = value;
    },
  },
});

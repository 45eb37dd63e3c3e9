// SPDX-License-Identifier: MIT
// The classes of v8: what is written by hand, what subclasses decide, and what bad bytes do.
'use strict';
const v8 = require('v8');
const { show } = require('../../threads/clone/lib/show.js');
show.contentsOnly = true;

function attempt(label, f) {
  try {
    const v = f();
    console.log(label, Buffer.isBuffer(v) ? `Buffer ${v.toString('hex')}` : show(v));
  } catch (e) {
    console.log(`${label} ${e.constructor.name} ${e.code}: ${e.message}`);
  }
}
const hex = (text) => Buffer.from(new Uint8Array(Buffer.from(text, 'hex')).buffer);
const reader = (text) => {
  const d = new v8.Deserializer(hex(text));
  d.readHeader();
  return d;
};

// Shape of the classes
for (const name of ['Serializer', 'Deserializer', 'DefaultSerializer', 'DefaultDeserializer']) {
  console.log(name, typeof v8[name], Object.getOwnPropertyNames(v8[name].prototype).sort().join(), Object.getPrototypeOf(v8[name]).name);
}
attempt('without new', () => v8.Serializer());
attempt('without new', () => v8.Deserializer());
for (const v of [undefined, 5, 'a', {}, new ArrayBuffer(1)]) attempt('source', () => new v8.Deserializer(v));
attempt('own', () => [Object.keys(new v8.Serializer()), Object.keys(new v8.Deserializer(hex('ff')))]);

// Writing by hand
const s = new v8.Serializer();
attempt('header and value', () => {
  s.writeHeader();
  s.writeValue({ a: 1 });
  return s.releaseBuffer();
});
attempt('empty', () => s.releaseBuffer());
attempt('parts', () => {
  s.writeUint32(300);
  s.writeUint64(1, 2);
  s.writeUint64(0xffffffff, 0xffffffff);
  s.writeDouble(1.5);
  s.writeRawBytes(new Uint16Array([1, 2]));
  s.writeRawBytes(new DataView(new ArrayBuffer(1)));
  return s.releaseBuffer();
});
attempt('raw number', () => s.writeRawBytes(5));
attempt('conversions', () => {
  s.writeUint32('a');
  s.writeUint32(-1);
  s.writeUint32(1.9);
  s.writeDouble('x');
  s.writeDouble('2');
  return s.releaseBuffer();
});
attempt('results', () => [s.writeHeader(), s.writeValue(1), s.writeUint32(1), s.writeUint64(1, 1), s.writeDouble(1), s.writeRawBytes(Buffer.alloc(0))]);
s.releaseBuffer();
attempt('numbers of objects go on', () => {
  const t = new v8.Serializer(), o = {};
  t.writeValue(o);
  t.writeValue(o);
  const first = t.releaseBuffer();
  t.writeValue([o]);
  return Buffer.concat([first, t.releaseBuffer()]);
});
attempt('views', () => {
  const t = new v8.Serializer(), b = Uint8Array.of(1, 2, 3, 4).buffer;
  t.writeValue([new Uint8Array(b, 1, 2), new Uint16Array(b), new DataView(b), new Float16Array(b), new Uint8Array(new ArrayBuffer(1, { maxByteLength: 2 }))]);
  return t.releaseBuffer();
});
attempt('views as host objects', () => {
  const t = new v8.Serializer();
  t._setTreatArrayBufferViewsAsHostObjects(true);
  t.writeValue(new Uint8Array(1));
});
attempt('transfer', () => {
  const t = new v8.Serializer(), b = Uint8Array.of(1, 2).buffer;
  attempt('not a buffer', () => t.transferArrayBuffer(1, {}));
  t.transferArrayBuffer(3, b);
  t.writeHeader();
  t.writeValue([b, new Uint8Array(b)]);
  const d = new v8.Deserializer(t.releaseBuffer());
  d.readHeader();
  d.transferArrayBuffer(3, b);
  const out = d.readValue();
  return [out, out[0] === b, b.detached];
});
attempt('unknown transfer', () => reader('ff0f7403').readValue());

// Subclasses
attempt('own error', () => {
  class A extends v8.Serializer {
    _getDataCloneError = RangeError;
  }
  new A().writeValue(() => 1);
});
attempt('error function', () => {
  class A extends v8.Serializer {
    _getDataCloneError(message) {
      return new SyntaxError(`mine: ${message}`);
    }
  }
  new A().writeValue(Symbol('x'));
});
attempt('shared', () => {
  class A extends v8.Serializer {
    _getSharedArrayBufferId() {
      return 7;
    }
  }
  const a = new A();
  a.writeValue(new SharedArrayBuffer(1));
  return a.releaseBuffer();
});
attempt('host objects', () => {
  class A extends v8.Serializer {
    _writeHostObject(v) {
      this.writeUint32(v.length);
      this.writeValue({ nested: v.length });
    }
  }
  class B extends v8.Deserializer {
    _readHostObject() {
      return { length: this.readUint32(), nested: this.readValue() };
    }
  }
  const a = new A();
  a._setTreatArrayBufferViewsAsHostObjects(true);
  a.writeHeader();
  const view = new Uint8Array(3);
  a.writeValue([view, view, new Uint8Array(2)]);
  const b = new B(a.releaseBuffer());
  b.readHeader();
  return b.readValue();
});
attempt('host object throws', () => {
  class A extends v8.Serializer {
    _writeHostObject() {
      throw new RangeError('mine');
    }
  }
  const a = new A();
  a._setTreatArrayBufferViewsAsHostObjects(true);
  a.writeValue(new Uint8Array(3));
});
attempt('host object unknown', () => reader('ff0f5c03').readValue());

// Reading by hand
attempt('read', () => {
  const d = reader('ff0f4902ac028280808010000000000000f83f0102035e');
  return [d.getWireFormatVersion(), d.readValue(), d.readUint32(), d.readUint64(), d.readDouble(), d._readRawBytes(1), d.readRawBytes(2).join()];
});
for (const name of ['readUint32', 'readUint64', 'readDouble']) attempt(name, () => new v8.Deserializer(hex('ff'))[name]());
attempt('too few', () => new v8.Deserializer(hex('ff')).readRawBytes(2));
attempt('exactly', () => new v8.Deserializer(hex('ff00')).readRawBytes(2));
attempt('none', () => new v8.Deserializer(hex('ff00')).readRawBytes(0));
attempt('of a wide view', () => {
  const source = new Uint16Array([0x4902, 0x0102]), d = new v8.Deserializer(source);
  return [d.readRawBytes(3), d.buffer === source];
});
attempt('references between values', () => {
  const d = reader('ff0f6f7b005e00');
  return d.readValue() === d.readValue();
});
attempt('version 13', () => {
  const d = reader('ff0d4902');
  return [d.getWireFormatVersion(), d.readValue()];
});
attempt('version 12, view without flags', () => reader('ff0c420201025642000200').readValue());
attempt('undefined is a hole in version 10', () => reader('ff0a41025f4902240002').readValue());

// Bytes that Node never writes
for (const text of ['', 'ff', 'ff0f', 'ff10', 'ff1049', '4902', 'ff0f49', 'ff0f6f', 'ff0f6f4900', 'ff0f6f7b01', 'ff0f6f22016149027b02', 'ff0f41ffffffff0f240000', 'ff0f4102490224',
  'ff0f410149024902490224010', 'ff0f61ffffffff0f40', 'ff0f610540000', 'ff0f6105400005', 'ff0f3b490249043a00', 'ff0f3b4902', 'ff0f27', 'ff0f2749022c05', 'ff0f5e00', 'ff0f5e05',
  'ff0f2205', 'ff0f2202616', 'ff0f6303616161', 'ff0f63046161', 'ff0f4e0000', 'ff0f5a10', 'ff0f5a1000', 'ff0f5a0401020000', 'ff0f44', 'ff0f52', 'ff0f52220161', 'ff0f52220161ff7f',
  'ff0f5222012801', 'ff0f7a', 'ff0f73', 'ff0f734902', 'ff0f42ff', 'ff0f420100', 'ff0f42010056420002', 'ff0f4201005642020000', 'ff0f42020000564201000200', 'ff0f4204000000005657010200',
  'ff0f420200005642000001', 'ff0f7e0402', 'ff0f7e02040000', 'ff0f72', 'ff0f722e', 'ff0f7251', 'ff0f726d22016d', 'ff0f72542e', 'ff0f72636f7b002e', 'ff0f725e002e', 'ff0f726d49022e',
  'ff0f72635e002e', 'ff0f2d', 'ff0f7b00', 'ff0f80', 'ff0f81', 'ff0f8501', 'ff0f8a00', 'ff0f3f004902', 'ff0f3f3f3f3f', 'ff0f0000004902', 'ff0f5302c3a9', 'ff0f5301ff', 'ff0f55ffffffff0f',
  'ff0f6e000000000000f07f', 'ff0f6f4e000000000000f83f49027b01', 'ff0f6f490149027b01', 'ff0f6f6f7b0049027b01', 'ff0f6f22035f5f7049027b01', 'ff0f6f220161490222016149047b02']) {
  attempt(text, () => {
    const out = v8.deserialize(hex(text));
    return ArrayBuffer.isView(out) || out instanceof ArrayBuffer ? out : [out];
  });
}
attempt('deep', () => {
  const levels = 200000, data = Buffer.concat([hex('ff0f'), Buffer.from('A\u0001'.repeat(levels), 'latin1'), hex('5f'), Buffer.from('$\0\u0001'.repeat(levels), 'latin1')]);
  return v8.deserialize(data);
});

// SPDX-License-Identifier: MIT
// Errors with Node's codes: codes.ERR_X is a class; its message is made from the arguments of the constructor.
'use strict';

// Each class is made when it is first asked for: there are many, and few programs meet more than one.
const definitions = new Map(), classes = Object.create(null);
const codes = new Proxy(classes, {
  get(target, code) {
    const known = target[code];
    if (known !== undefined) return known;
    const definition = definitions.get(code);
    return definition && (target[code] = makeClass(code, ...definition));
  },
});

function describe(value) {
  if (value == null) return ` Received ${value}`;
  if (typeof value === 'function') return value.name ? ` Received function ${value.name}` : ' Received function ';
  if (typeof value === 'object') {
    if (value.constructor && value.constructor.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${require('internal/util/inspect').inspect(value, { depth: -1 })}`;
  }
  let text = require('internal/util/inspect').inspect(value, { colors: false });
  if (text.length > 28) text = text.slice(0, 25) + '...';
  return ` Received type ${typeof value} (${text})`;
}

function inspect(value) {
  return require('internal/util/inspect').inspect(value);
}

// The stack shows "TypeError [CODE]: message" while the name stays "TypeError".
function decorate(error, name, code) {
  Object.defineProperty(error, 'name', { value: `${name} [${code}]`, configurable: true, writable: true, enumerable: false });
  error.stack; // formatted now, with that name
  delete error.name;
  error.code = code;
}

function define(code, ...definition) {
  definitions.set(code, definition);
}

function makeClass(code, makeMessage, Base, ...others) {
  function make(Base) {
    return class NodeError extends Base {
      constructor(...args) {
        const message = typeof makeMessage === 'function' ? Reflect.apply(makeMessage, undefined, args) : makeMessage;
        const limit = Error.stackTraceLimit;
        super(message);
        if (limit) Error.captureStackTrace(this, new.target);
        decorate(this, Base.name, code);
      }
      toString() {
        return `${this.name} [${code}]: ${this.message}`;
      }
      get ['constructor']() {
        return Base;
      }
    };
  }
  const Class = make(Base);
  for (const Other of others) Class[Other.name] = make(Other);
  return Class;
}

function oneOf(expected, thing) {
  if (!Array.isArray(expected)) return `of ${thing} ${expected}`;
  const values = expected.map(String);
  if (values.length === 1) return `of ${thing} ${values[0]}`;
  if (values.length === 2) return `one of ${thing} ${values[0]} or ${values[1]}`;
  return `one of ${thing} ${values.slice(0, -1).join(', ')}, or ${values[values.length - 1]}`;
}

function formatList(array, word) {
  switch (array.length) {
    case 0: return '';
    case 1: return `${array[0]}`;
    case 2: return `${array[0]} ${word} ${array[1]}`;
    default: return `${array.slice(0, -1).join(', ')}, ${word} ${array[array.length - 1]}`;
  }
}

const primitives = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];
const classPattern = /^[A-Z][a-zA-Z0-9]*$/;

function invalidArgType(name, expected, actual) {
  if (!Array.isArray(expected)) expected = [expected];
  let message = 'The ';
  if (name.endsWith(' argument')) message += `${name} `;
  else message += `"${name}" ${name.includes('.') ? 'property' : 'argument'} `;
  message += 'must be ';
  const types = [], instances = [], other = [];
  for (const value of expected) {
    if (primitives.includes(value)) types.push(value.toLowerCase());
    else if (classPattern.test(value)) instances.push(value);
    else other.push(value);
  }
  if (instances.length > 0) {
    const at = types.indexOf('object');
    if (at !== -1) {
      types.splice(at, 1);
      instances.push('Object');
    }
  }
  if (types.length > 0) {
    message += `${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`;
    if (instances.length > 0 || other.length > 0) message += ' or ';
  }
  if (instances.length > 0) {
    message += `an instance of ${formatList(instances, 'or')}`;
    if (other.length > 0) message += ' or ';
  }
  if (other.length > 0) {
    if (other.length > 1) message += `one of ${formatList(other, 'or')}`;
    else {
      if (other[0].toLowerCase() !== other[0]) message += 'an ';
      message += `${other[0]}`;
    }
  }
  return message + '.' + describe(actual);
}

function addNumericalSeparator(value) {
  let result = '';
  let i = value.length;
  const start = value[0] === '-' ? 1 : 0;
  for (; i >= start + 4; i -= 3) result = `_${value.slice(i - 3, i)}${result}`;
  return `${value.slice(0, i)}${result}`;
}

function outOfRange(name, range, input, replaceDefault) {
  let message = replaceDefault ? name : `The value of "${name}" is out of range.`;
  let received;
  if (Number.isInteger(input) && Math.abs(input) > 2 ** 32) {
    received = addNumericalSeparator(String(input));
  } else if (typeof input === 'bigint') {
    received = String(input);
    if (input > 2n ** 32n || input < -(2n ** 32n)) received = addNumericalSeparator(received);
    received += 'n';
  } else {
    received = inspect(input);
  }
  return `${message} It must be ${range}. Received ${received}`;
}

function invalidArgValue(name, value, reason = 'is invalid') {
  let text = inspect(value);
  if (text.length > 128) text = `${text.slice(0, 128)}...`;
  const kind = name.includes('.') ? 'property' : 'argument';
  return `The ${kind} '${name}' ${reason}. Received ${text}`;
}

function missingArgs(...args) {
  const wrapped = args.map((a) => (Array.isArray(a) ? a.map((b) => `"${b}"`).join(' or ') : `"${a}"`));
  const length = args.length;
  if (length === 1) return `The ${wrapped[0]} argument must be specified`;
  if (length === 2) return `The ${wrapped[0]} and ${wrapped[1]} arguments must be specified`;
  return `The ${wrapped.slice(0, -1).join(', ')}, and ${wrapped[length - 1]} arguments must be specified`;
}

function invalidPackageTarget(packagePath, key, target, isImport = false, base = undefined) {
  const relative = typeof target === 'string' && !isImport && target.length > 0 && !target.startsWith('./');
  const hint = relative ? '; targets must start with "./"' : '';
  if (key === '.') {
    return `Invalid "exports" main target ${JSON.stringify(target)} defined in the package config ${packagePath}package.json` +
      `${base ? ` imported from ${base}` : ''}${hint}`;
  }
  return `Invalid "${isImport ? 'imports' : 'exports'}" target ${JSON.stringify(target)} defined for '${key}' in the package config ` +
    `${packagePath}package.json${base ? ` imported from ${base}` : ''}${hint}`;
}

function notExported(packagePath, subpath, base) {
  if (subpath === '.') {
    return `No "exports" main defined in ${packagePath}package.json${base ? ` imported from ${base}` : ''}`;
  }
  return `Package subpath '${subpath}' is not defined by "exports" in ${packagePath}package.json${base ? ` imported from ${base}` : ''}`;
}

define('ERR_AMBIGUOUS_ARGUMENT', (name, reason) => `The "${name}" argument is ambiguous. ${reason}`, TypeError);
define('ERR_ASSERTION', (message) => message, Error);
define('ERR_ASYNC_TYPE', (name) => `Invalid name for async "type": ${name}`, TypeError);
define('ERR_ASYNC_CALLBACK', (name) => `${name} must be a function`, TypeError);
define('ERR_BROTLI_INVALID_PARAM', (name) => `${name} is not a valid Brotli parameter`, RangeError);
define('ERR_BUFFER_OUT_OF_BOUNDS', (name) => (name ? `"${name}" is outside of buffer bounds` : 'Attempt to access memory outside buffer bounds'), RangeError);
define('ERR_BUFFER_TOO_LARGE', (size) => `Cannot create a Buffer larger than ${size} bytes`, RangeError);
define('ERR_CHILD_CLOSED_BEFORE_REPLY', 'Child closed before reply received', Error);
define('ERR_CHILD_PROCESS_IPC_REQUIRED', (name) => `Forked processes must have an IPC channel, missing value 'ipc' in ${name}`, Error);
define('ERR_CHILD_PROCESS_STDIO_MAXBUFFER', (name) => `${name} maxBuffer length exceeded`, RangeError);
define('ERR_CLOSED_MESSAGE_PORT', 'Cannot send data on closed MessagePort', Error);
define('ERR_CONSOLE_WRITABLE_STREAM', (name) => `Console expects a writable stream instance for ${name}`, TypeError);
define('ERR_CONSTRUCT_CALL_REQUIRED', (name) => `Class constructor ${name} cannot be invoked without \`new\``, TypeError);
define('ERR_CONTEXT_NOT_INITIALIZED', 'context used is not initialized', Error);
define('ERR_CRYPTO_ECDH_INVALID_FORMAT', (format) => `Invalid ECDH format: ${format}`, TypeError);
define('ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve', Error);
define('ERR_CRYPTO_HASH_FINALIZED', 'Digest already called', Error);
define('ERR_CRYPTO_HASH_UPDATE_FAILED', 'Hash update failed', Error);
define('ERR_CRYPTO_INCOMPATIBLE_KEY', (name, message) => `Incompatible ${name}: ${message}`, Error);
define('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', (encoding, message) => `The selected key encoding ${encoding} ${message}.`, Error);
define('ERR_CRYPTO_INVALID_AUTH_TAG', (message = 'Invalid authentication tag') => message, TypeError);
define('ERR_CRYPTO_INVALID_CURVE', (message = 'Invalid EC curve name') => message, TypeError);
define('ERR_CRYPTO_INVALID_DIGEST', (digest) => `Invalid digest: ${digest}`, TypeError);
define('ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector', TypeError);
define('ERR_CRYPTO_INVALID_JWK', (message = 'Invalid JWK data') => message, TypeError);
define('ERR_CRYPTO_INVALID_KEYLEN', (message = 'Invalid key length') => message, RangeError);
define('ERR_CRYPTO_INVALID_KEYPAIR', 'Invalid key pair', RangeError);
define('ERR_CRYPTO_INVALID_KEYTYPE', (message = 'Invalid key type') => message, RangeError);
define('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', (actual, expected) => `Invalid key object type ${actual}, expected ${expected}.`, TypeError);
define('ERR_CRYPTO_INVALID_MESSAGELEN', 'Invalid message length', RangeError);
define('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', (reason) => (reason ? `Invalid scrypt params: ${reason}` : 'Invalid scrypt params'), RangeError);
define('ERR_CRYPTO_INVALID_STATE', (operation) => (!operation ? 'Invalid state' : operation.includes(' ') ? operation : `Invalid state for operation ${operation}`), Error);
define('ERR_CRYPTO_INVALID_TAG_LENGTH', (message = 'Invalid taglength') => message, RangeError);
define('ERR_CRYPTO_JWK_UNSUPPORTED_CURVE', (curve) => `Unsupported JWK EC curve: ${curve}.`, Error);
define('ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.', Error);
define('ERR_CRYPTO_OPERATION_FAILED', (message = 'Operation failed') => message, Error);
define('ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign', Error);
define('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length', RangeError);
define('ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher', Error);
define('ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group', Error);
define('ERR_CRYPTO_UNSUPPORTED_OPERATION', (message = 'Unsupported crypto operation') => message, Error);
define('ERR_DIR_CLOSED', 'Directory handle was closed', Error);
define('ERR_DNS_SET_SERVERS_FAILED', (why, servers) => `c-ares failed to set servers: "${why}" [${inspect(servers)}]`, Error);
define('ERR_ENCODING_INVALID_ENCODED_DATA', (encoding) => `The encoded data was not valid for encoding ${encoding}`, TypeError);
define('ERR_ENCODING_NOT_SUPPORTED', (encoding) => `The "${encoding}" encoding is not supported`, RangeError);
define('ERR_EVENT_RECURSION', (type) => `The event "${type}" is already being dispatched`, Error);
define('ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value', Error);
define('ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', (name) => `The feature ${name} is unavailable on the current platform, which is being used to run Node.js`, TypeError);
define('ERR_FS_CP_DIR_TO_NON_DIR', 'Cannot overwrite non-directory with directory', Error);
define('ERR_FS_CP_EEXIST', 'Target already exists', Error);
define('ERR_FS_CP_EINVAL', 'Invalid src or dest', Error);
define('ERR_FS_CP_NON_DIR_TO_DIR', 'Cannot overwrite directory with non-directory', Error);
define('ERR_FS_EISDIR', (path) => `Path is a directory: rm returned EISDIR (is a directory) ${path}`, Error);
define('ERR_FS_WATCH_QUEUE_OVERFLOW', (count) => `fs.watch() queued more than ${count} events`, Error);
define('ERR_FS_FILE_TOO_LARGE', (size) => `File size (${size}) is greater than 2 GiB`, RangeError);
define('ERR_HEAP_PROFILE_HAVE_BEEN_STARTED', (text) => text, Error);
define('ERR_HTTP_BODY_NOT_ALLOWED', 'Adding content for this request method or response status is not allowed.', Error);
define('ERR_HTTP_CONTENT_LENGTH_MISMATCH', (bytes, length) => `Response body's content-length of ${bytes} byte(s) does not match the content-length of ${length} byte(s) set in header`, Error);
define('ERR_HTTP_HEADERS_SENT', (what) => `Cannot ${what} headers after they are sent to the client`, Error);
define('ERR_HTTP_INVALID_HEADER_VALUE', (value, name) => `Invalid value "${value}" for header "${name}"`, TypeError);
define('ERR_HTTP_INVALID_STATUS_CODE', (status) => `Invalid status code: ${status}`, RangeError);
define('ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout', Error);
define('ERR_HTTP_SOCKET_ASSIGNED', 'ServerResponse has an already assigned socket', Error);
define('ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding', Error);
define('ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor', TypeError);
define('ERR_IMPORT_ATTRIBUTE_MISSING', (url, name, value) => `Module "${url}" needs an import attribute of "${name}: ${value}"`, TypeError);
define('ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', (url, type) => `Module "${url}" is not of type "${type}"`, TypeError);
define('ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', (name, value, url) => `Import attribute "${name}" with value "${value}" is not supported${url ? ` in ${url}` : ''}`, TypeError);
define('ERR_INCOMPATIBLE_OPTION_PAIR', (a, b) => `Option "${a}" cannot be used in combination with option "${b}"`, TypeError);
define('ERR_INVALID_ADDRESS', 'Invalid socket address', Error);
define('ERR_INVALID_ADDRESS_FAMILY', (family, host, port) => `Invalid address family: ${family} ${host}:${port}`, RangeError);
define('ERR_INTERNAL_ASSERTION', (message) => `${message}\nThis is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n` +
  'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n', Error);
define('ERR_INVALID_ARG_TYPE', invalidArgType, TypeError);
define('ERR_INVALID_ARG_VALUE', invalidArgValue, TypeError, RangeError);
define('ERR_INVALID_BUFFER_SIZE', (size) => `Buffer size must be a multiple of ${size}`, RangeError);
define('ERR_INVALID_CHAR', (name, field) => `Invalid character in ${name}${field === undefined ? '' : ` ["${field}"]`}`, TypeError);
define('ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column', TypeError);
define('ERR_INVALID_FD', (fd) => `"fd" must be a positive integer: ${fd}`, RangeError);
define('ERR_INVALID_FD_TYPE', (type) => `Unsupported fd type: ${type}`, TypeError);
define('ERR_INVALID_FILE_URL_HOST', (platform) => `File URL host must be "localhost" or empty on ${platform}`, TypeError);
define('ERR_INVALID_FILE_URL_PATH', (reason) => `File URL path ${reason}`, TypeError);
define('ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent', TypeError);
define('ERR_INVALID_HTTP_TOKEN', (name, field) => `${name} must be a valid HTTP token ["${field}"]`, TypeError);
define('ERR_INVALID_IP_ADDRESS', (address) => `Invalid IP address: ${address}`, TypeError);
define('ERR_INVALID_MIME_SYNTAX', (production, text, index) =>
  `The MIME syntax for a ${production} in "${text}" is invalid${index !== -1 ? ` at ${index}` : ''}`, TypeError);
define('ERR_INVALID_MODULE_SPECIFIER', (request, reason, base) => `Invalid module "${request}" ${reason}${base ? ` imported from ${base}` : ''}`, TypeError);
define('ERR_INVALID_PACKAGE_CONFIG', (path, base, message) => `Invalid package config ${path}${base ? ` while importing ${base}` : ''}.${message ? ` ${message}` : ''}`, Error);
define('ERR_INVALID_PACKAGE_TARGET', invalidPackageTarget, Error);
define('ERR_INVALID_PROTOCOL', (protocol, expected) => `Protocol "${protocol}" not supported. Expected "${expected}"`, TypeError);
define('ERR_INVALID_RETURN_PROPERTY', (input, name, prop, value) => `Expected a valid ${input} to be returned for the "${prop}" from the "${name}" function but got ${value}.`, TypeError);
define('ERR_INVALID_RETURN_VALUE', (input, name, value) =>
  `Expected ${input} to be returned from the "${name}" function but got ${describe(value).slice(' Received '.length)}.`, TypeError);
define('ERR_INVALID_STATE', (text) => `Invalid state: ${text}`, Error, TypeError, RangeError);
define('ERR_INVALID_SYNC_FORK_INPUT', (value) => `Asynchronous forks do not support Buffer, TypedArray, DataView or string input: ${value}`, TypeError);
define('ERR_INVALID_THIS', (type) => `Value of "this" must be of type ${type}`, TypeError);
define('ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList', TypeError);
define('ERR_INVALID_TUPLE', (name, type) => `${name} must be an iterable ${type} tuple`, TypeError);
define('ERR_INVALID_URI', 'URI malformed', URIError);
define('ERR_INVALID_URL_SCHEME', (expected) => `The URL must be ${oneOf(expected, 'scheme')}`, TypeError);
define('ERR_IP_BLOCKED', (ip) => `IP(${ip}) is blocked by net.BlockList`, Error);
define('ERR_IPC_CHANNEL_CLOSED', 'Channel closed', Error);
define('ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected', Error);
define('ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe', Error);
define('ERR_IPC_SYNC_FORK', 'IPC cannot be used with synchronous forks', Error);
define('ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE', 'This message could not be deserialized in the target vm.Context', Error);
define('ERR_METHOD_NOT_IMPLEMENTED', (name) => `The ${name} method is not implemented`, Error);
define('ERR_MISSING_ARGS', missingArgs, TypeError);
define('ERR_PERFORMANCE_INVALID_TIMESTAMP', (time) => `${time} is not a valid timestamp`, TypeError);
define('ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', (what) => what, TypeError);
define('ERR_MODULE_NOT_FOUND', (path, base, exactUrl) => `Cannot find ${exactUrl ? 'module' : 'package'} '${path}' imported from ${base}`, Error);
define('ERR_MULTIPLE_CALLBACK', 'Callback called multiple times', Error);
define('ERR_NETWORK_IMPORT_DISALLOWED', (specifier, parent, reason) => `import of '${specifier}' by ${parent} is not supported: ${reason}`, Error);
define('ERR_NO_ASYNC_DISPOSE', 'Async dispose is not supported', Error);
define('ERR_OPERATION_FAILED', (reason) => `Operation failed: ${reason}`, Error, TypeError);
define('ERR_OUT_OF_RANGE', outOfRange, RangeError);
define('ERR_PACKAGE_IMPORT_NOT_DEFINED', (specifier, packagePath, base) => `Package import specifier "${specifier}" is not defined${packagePath ? ` in package ${packagePath}package.json` : ''} imported from ${base}`, TypeError);
define('ERR_PACKAGE_PATH_NOT_EXPORTED', notExported, Error);
define('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', (message) => message, TypeError);
define('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', (argument) => `Unexpected argument '${argument}'. This command does not take positional arguments`, TypeError);
define('ERR_PARSE_ARGS_UNKNOWN_OPTION', (option, allowPositionals) => `Unknown option '${option}'${allowPositionals
  ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${option}"` : ''}`, TypeError);
define('ERR_REQUIRE_ASYNC_MODULE', (filename, stack) => {
  let message = 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await comes from, use --experimental-print-required-tla.';
  if (filename) message += `\nRequired module: ${filename}`;
  if (stack && stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
  return message;
}, Error);
define('ERR_REQUIRE_CYCLE_MODULE', (text) => text, Error);
define('ERR_REQUIRE_ESM', (filename) => `require() of ES Module ${filename} not supported.`, Error);
define('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.', Error);
define('ERR_SERVER_NOT_RUNNING', 'Server is not running.', Error);
define('ERR_SCRIPT_EXECUTION_INTERRUPTED', 'Script execution was interrupted by `SIGINT`', Error);
define('ERR_SCRIPT_EXECUTION_TIMEOUT', (timeout) => `Script execution timed out after ${timeout}ms`, Error);
define('ERR_SOCKET_BAD_PORT', (name, port, allowZero = true) => `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536.${describe(port)}.`, RangeError);
define('ERR_SOCKET_CLOSED', 'Socket is closed', Error);
define('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established', Error);
define('ERR_SOCKET_CONNECTION_TIMEOUT', 'Socket connection timeout', Error);
define('ERR_SOCKET_HANDLE_ADOPTED', 'The bound socket has already been adopted by a server or socket', Error);
define('ERR_STREAM_ALREADY_FINISHED', (name) => `Cannot call ${name} after a stream was finished`, Error);
define('ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable', Error);
define('ERR_STREAM_DESTROYED', (name) => `Cannot call ${name} after a stream was destroyed`, Error);
define('ERR_STREAM_ITER_MISSING_FLAG', 'The stream/iter API requires the --experimental-stream-iter flag', TypeError);
define('ERR_STREAM_NULL_VALUES', 'May not write null values to stream', TypeError);
define('ERR_STREAM_PREMATURE_CLOSE', 'Premature close', Error);
define('ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF', Error);
define('ERR_STREAM_UNABLE_TO_PIPE', 'Cannot pipe to a closed or destroyed stream', Error);
define('ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event', Error);
define('ERR_STREAM_WRAP', 'Stream has StringDecoder set or is in objectMode', Error);
define('ERR_STREAM_WRITE_AFTER_END', 'write after end', Error);
define('ERR_UNESCAPED_CHARACTERS', (name) => `${name} contains unescaped characters`, TypeError);
define('ERR_TTY_INIT_FAILED', (context) => `TTY initialization failed: ${context.syscall} returned ${context.code} (${context.message})`, Error);
define('ERR_UNAVAILABLE_DURING_EXIT', 'Cannot call function in process exit handler', Error);
define('ERR_THROTTLED', 'The call was dropped by the throttled function', Error);
define('ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active', Error);
define('ERR_UNHANDLED_ERROR', (err) => (err === undefined ? 'Unhandled error.' : `Unhandled error. (${err})`), Error);
define('ERR_UNKNOWN_BUILTIN_MODULE', (id) => `No such built-in module: ${id}`, Error);
define('ERR_UNKNOWN_CREDENTIAL', (kind, id) => `${kind} identifier does not exist: ${id}`, Error);
define('ERR_UNKNOWN_ENCODING', (encoding) => `Unknown encoding: ${encoding}`, TypeError);
define('ERR_UNKNOWN_FILE_EXTENSION', (ext, path) => `Unknown file extension "${ext}" for ${path}`, TypeError);
define('ERR_UNKNOWN_MODULE_FORMAT', (format, path) => `Unknown module format: ${format} for URL ${path}`, RangeError);
define('ERR_TRAILING_JUNK_AFTER_STREAM_END', 'Trailing junk found after the end of the compressed stream', TypeError);
define('ERR_UNKNOWN_SIGNAL', (signal) => `Unknown signal: ${signal}`, TypeError);
define('ERR_UNSUPPORTED_DIR_IMPORT', (path, base) => `Directory import '${path}' is not supported resolving ES modules imported from ${base}`, Error);
define('ERR_UNSUPPORTED_ESM_URL_SCHEME', (url, supported) => `Only URLs with a scheme in: ${formatList(supported, 'and')} are supported by the default ESM loader. Received protocol '${url.protocol}'`, Error);
define('ERR_UNSUPPORTED_RESOLVE_REQUEST', (request, base) => `Failed to resolve module specifier "${request}" from "${base}": Invalid relative URL or base scheme is not hierarchical.`, TypeError);
define('ERR_USE_AFTER_CLOSE', (name) => `${name} was closed`, Error);
define('ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING', 'A dynamic import callback was not specified.', TypeError);
define('ERR_VM_MODULE_NOT_MODULE', 'Provided module is not an instance of Module', Error);
define('ERR_WORKER_HANDLE_NOT_TRANSFERABLE', (name) => `${name} cannot be transferred in its current state; it must be a freshly created or accepted ` +
  'handle that has not started reading and has no pending writes', Error);
define('ERR_WORKER_INIT_FAILED', (reason) => `Worker initialization failure: ${reason}`, Error);
define('ERR_WORKER_INVALID_EXEC_ARGV', (errors, what = 'execArgv flags') => `Initiated Worker with invalid ${what}: ${errors.join(', ')}`, Error);
define('ERR_WORKER_MESSAGING_ERRORED', 'The destination thread threw an error while processing the message', Error);
define('ERR_WORKER_MESSAGING_FAILED', 'Cannot find the destination thread or listener', Error);
define('ERR_WORKER_MESSAGING_SAME_THREAD', 'Cannot sent a message to the same thread', Error);
define('ERR_WORKER_MESSAGING_TIMEOUT', 'Sending a message to another thread timed out', Error);
define('ERR_WORKER_NOT_RUNNING', 'Worker instance not running', Error);
define('ERR_WORKER_OUT_OF_MEMORY', (reason) => `Worker terminated due to reaching memory limit: ${reason}`, Error);
define('ERR_WORKER_PATH', (filename) => 'The worker script or module filename must be an absolute path or a relative path starting with ' +
  `'./' or '../'.${filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : ''}${
    filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : ''} Received "${filename}"`, TypeError);
define('ERR_WORKER_UNSERIALIZABLE_ERROR', 'Serializing an uncaught exception failed', Error);
define('ERR_ZSTD_INVALID_PARAM', (name) => `${name} is not a valid zstd parameter`, RangeError);
define('ERR_WORKER_UNSUPPORTED_OPERATION', (name) => `${name} is not supported in workers`, TypeError);

class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

let uvErrors;
function uvErrorMap() {
  if (uvErrors) return uvErrors;
  uvErrors = new Map();
  for (const { 0: number, 1: name, 2: message } of internalBinding('process').errorMap()) uvErrors.set(number, [name, message]);
  return uvErrors;
}

// "ENOENT: no such file or directory, open 'x'" with its facts. context: errno, syscall, path, dest.
function uvException(context) {
  const { 0: code, 1: text } = uvErrorMap().get(context.errno) || ['UNKNOWN', 'unknown error'];
  let message = `${code}: ${context.message || text}, ${context.syscall}`;
  if (context.path) message += ` '${context.path}'`;
  if (context.dest) message += ` -> '${context.dest}'`;
  const error = new Error(message);
  for (const name of Object.keys(context)) if (name !== 'message' && context[name] !== undefined) error[name] = context[name];
  error.code = code;
  return error;
}

function errnoException(number, syscall, original) {
  const code = internalBinding('process').errorName(number);
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  error.errno = number;
  error.code = code;
  error.syscall = syscall;
  Error.captureStackTrace(error, errnoException);
  return error;
}

function connResetException(message) {
  const error = new Error(message);
  error.code = 'ECONNRESET';
  return error;
}

function aggregateTwoErrors(inner, outer) {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const error = new AggregateError([outer, inner], outer.message);
    error.code = outer.code;
    return error;
  }
  return inner || outer;
}

function hideStackFrames(f) {
  return f;
}

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.prototype.hasOwnProperty.call(value, 'stack');
}

module.exports = {
  codes, AbortError, aggregateTwoErrors, uvException, errnoException, connResetException, hideStackFrames, isErrorLike, uvErrorMap,
  determineSpecificType: (value) => describe(value).slice(' Received '.length), formatList, addNumericalSeparator,
};
